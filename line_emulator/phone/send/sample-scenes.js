// What the sample pictures show, painted by hand on a canvas: no file, no artwork of anybody.

export const W = 960;
export const H = 720;

function sky(ctx, top, bottom) {
  const paint = ctx.createLinearGradient(0, 0, 0, H);
  paint.addColorStop(0, top);
  paint.addColorStop(1, bottom);
  ctx.fillStyle = paint;
  ctx.fillRect(0, 0, W, H);
}

function hill(ctx, colour, base, height, shift) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(0, H);
  for (let x = 0; x <= W; x += 12)
    ctx.lineTo(x, base - Math.sin((x + shift) / 150) * height - Math.sin((x + shift) / 67) * height * 0.3);
  ctx.lineTo(W, H);
  ctx.fill();
}

function disc(ctx, x, y, r, colour) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.arc(x, y, r, 0, Math.PI * 2);
  ctx.fill();
}

function triangle(ctx, colour, [first, ...rest]) {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(...first);
  for (const point of rest) ctx.lineTo(...point);
  ctx.fill();
}

function write(ctx, text, x, y, size, colour) {
  ctx.fillStyle = colour;
  ctx.font = `${size}px "Hiragino Sans", "Noto Sans CJK JP", sans-serif`;
  ctx.fillText(text, x, y);
}

export const scenes = {
  夕やけ: (ctx) => {
    sky(ctx, "#3d3b78", "#ff9a62");
    disc(ctx, 640, 440, 90, "#ffe0a0");
    hill(ctx, "#6d4a70", 560, 60, 0);
    hill(ctx, "#3a2c4f", 640, 50, 300);
  },
  海と空: (ctx) => {
    sky(ctx, "#5db4f0", "#d9f3ff");
    for (const [x, y, r] of [
      [200, 170, 60],
      [270, 160, 80],
      [350, 180, 55],
      [690, 260, 45],
      [750, 250, 60],
    ])
      disc(ctx, x, y, r, "#ffffffcc");
    ctx.fillStyle = "#1f7fb5";
    ctx.fillRect(0, 430, W, H);
    hill(ctx, "#f3dfae", 640, 22, 120);
  },
  手書きのメモ: (ctx) => {
    sky(ctx, "#cdb892", "#b89f76");
    ctx.rotate(-0.04);
    ctx.fillStyle = "#fffdf3";
    ctx.fillRect(150, 90, 640, 600);
    ctx.fillStyle = "#b9d3ea";
    for (let y = 190; y < 660; y += 72) ctx.fillRect(180, y, 580, 3);
    ["学校に行きたくない。", "朝おなかがいたい。", "友だちに言えない。", "どうしたらいい？"].forEach(
      (text, at) => write(ctx, text, 200, 178 + at * 144, 54, "#33363f"),
    );
  },
  夜の街: (ctx) => {
    sky(ctx, "#0d1533", "#39406e");
    disc(ctx, 780, 140, 56, "#fbf3cf");
    for (let at = 0; at < 9; at += 1) {
      const height = 220 + ((at * 137) % 230);
      ctx.fillStyle = at % 2 ? "#1b2347" : "#141a38";
      ctx.fillRect(at * 110 - 10, H - height, 104, height);
      ctx.fillStyle = "#ffd983";
      for (let light = 0; light < 7; light += 1)
        ctx.fillRect(
          at * 110 + 12 + (light % 3) * 26,
          H - height + 26 + ((light * 71 + at * 40) % (height - 60)),
          14,
          18,
        );
    }
  },
  教室の窓: (ctx) => {
    sky(ctx, "#e9dcc3", "#d4c09b");
    for (const x of [90, 510]) {
      ctx.fillStyle = "#8fcdf2";
      ctx.fillRect(x, 90, 360, 380);
      disc(ctx, x + 190, 470, 120, "#7db36a");
      ctx.fillStyle = "#d4c09b";
      ctx.fillRect(x, 470, 360, 130);
      ctx.strokeStyle = "#8b6a45";
      ctx.lineWidth = 16;
      ctx.strokeRect(x, 90, 360, 380);
      ctx.strokeRect(x, 90, 180, 380);
    }
    ctx.fillStyle = "#8b6a45";
    ctx.fillRect(0, 600, W, 120);
  },
  子ねこ: (ctx) => {
    sky(ctx, "#f7d9d2", "#f2bfb4");
    disc(ctx, 480, 760, 250, "#85828d");
    disc(ctx, 480, 400, 200, "#8f8c97");
    for (const side of [-1, 1]) {
      triangle(ctx, "#8f8c97", [
        [480 + side * 40, 230],
        [480 + side * 190, 130],
        [480 + side * 195, 360],
      ]);
      triangle(ctx, "#e3b3b8", [
        [480 + side * 90, 240],
        [480 + side * 168, 178],
        [480 + side * 172, 300],
      ]);
      disc(ctx, 480 + side * 82, 390, 34, "#f4d35e");
      disc(ctx, 480 + side * 82, 390, 18, "#2b2b33");
      disc(ctx, 480 + side * 82 - 8, 380, 7, "#fff");
    }
    triangle(ctx, "#e08f98", [
      [462, 462],
      [498, 462],
      [480, 484],
    ]);
  },
};
