import { svg } from "../parts/dom.js";

// Two characters, drawn from parts on a 120 × 120 board: body, eyes, mouth, something around, the words.

const line = (d) => svg("path", { d, class: "ink" });
const dot = (cx, cy, r = 3.4) => svg("circle", { cx, cy, r, class: "ink-fill" });
const both = (left, right) => [left, right];

const bodies = {
  mochi: () => [
    svg("path", {
      d: "M60 22c22 0 37 16 38 36 1 19-13 29-38 29S21 77 22 58c1-20 16-36 38-36Z",
      class: "skin mochi",
    }),
    svg("path", { d: "M56 23c-1-7 3-11 8-11-1 4-3 7-4 11", class: "leaf" }),
  ],
  bear: () => [
    svg("circle", { cx: 33, cy: 30, r: 12, class: "skin bear" }),
    svg("circle", { cx: 87, cy: 30, r: 12, class: "skin bear" }),
    svg("circle", { cx: 33, cy: 31, r: 5.5, class: "inner" }),
    svg("circle", { cx: 87, cy: 31, r: 5.5, class: "inner" }),
    svg("path", {
      d: "M60 20c24 0 39 15 39 35 0 21-15 32-39 32S21 76 21 55c0-20 15-35 39-35Z",
      class: "skin bear",
    }),
    svg("ellipse", { cx: 60, cy: 66, rx: 17, ry: 12.5, class: "muzzle" }),
    svg("ellipse", { cx: 60, cy: 60, rx: 4.5, ry: 3.2, class: "ink-fill" }),
  ],
};

const eyes = {
  dot: () => both(dot(45, 52), dot(75, 52)),
  smile: () => both(line("M40 53q5-7 10 0"), line("M70 53q5-7 10 0")),
  sleep: () => both(line("M40 51q5 5 10 0"), line("M70 51q5 5 10 0")),
  wide: () =>
    both(
      svg("circle", { cx: 45, cy: 51, r: 6, class: "white" }),
      svg("circle", { cx: 75, cy: 51, r: 6, class: "white" }),
    ).concat(dot(45, 51, 2.4), dot(75, 51, 2.4)),
  shine: () =>
    both(dot(45, 52, 5), dot(75, 52, 5)).concat(
      svg("circle", { cx: 43.5, cy: 50, r: 1.8, class: "glint" }),
      svg("circle", { cx: 73.5, cy: 50, r: 1.8, class: "glint" }),
    ),
  tear: () =>
    both(dot(45, 51), dot(75, 51)).concat(
      svg("path", { d: "M43 57c-4 6-3 10 1 10s5-4-1-10Z", class: "drop" }),
      svg("path", { d: "M77 57c4 6 3 10-1 10s-5-4 1-10Z", class: "drop" }),
    ),
  tired: () => both(line("M40 52h10M42 56h6"), line("M70 52h10M72 56h6")),
  angry: () => both(dot(46, 54), dot(74, 54)).concat(line("M38 44l11 5"), line("M82 44l-11 5")),
};

const mouths = {
  smile: () => line("M53 67q7 8 14 0"),
  cat: () => line("M50 67q5 6 10 0q5 6 10 0"),
  open: () => svg("path", { d: "M51 66h18q-1 12-9 12t-9-12Z", class: "mouth" }),
  small: () => line("M57 68q3 3 6 0"),
  sad: () => line("M53 73q7-8 14 0"),
  wavy: () => line("M50 70q3.3-5 6.6 0t6.6 0t6.6 0"),
  o: () => svg("ellipse", { cx: 60, cy: 71, rx: 5, ry: 6, class: "mouth" }),
};

const heart = (x, y, size) =>
  svg("path", {
    d: "M0 3c0-4 6-4 6 0 0-4 6-4 6 0 0 4-6 8-6 8S0 7 0 3Z",
    transform: `translate(${x} ${y}) scale(${size})`,
    class: "heart",
  });
const star = (x, y, size) =>
  svg("path", {
    d: "M0-8 2-2 8 0 2 2 0 8-2 2-8 0-2-2Z",
    transform: `translate(${x} ${y}) scale(${size})`,
    class: "star",
  });
const sign = (text, x, y, size) => svg("text", { x, y, "font-size": size, class: "sign" }, text);

const extras = {
  hearts: () => [heart(8, 22, 1.3), heart(98, 14, 1.6), heart(102, 50, 1)],
  sparkle: () => [star(14, 30, 1.1), star(106, 24, 1.3), star(108, 62, 0.8)],
  wave: () => [line("M100 34q8 4 8 12"), line("M104 26q12 6 12 20")],
  check: () => [
    svg("circle", { cx: 102, cy: 26, r: 12, class: "ok" }),
    svg("path", { d: "m96 26 5 5 8-9", class: "ok-mark" }),
  ],
  rain: () => [line("M14 20v10M24 12v8M98 12v8M108 22v10")],
  sweat: () => [svg("path", { d: "M98 22c-7 10-6 16 1 16s7-7-1-16Z", class: "drop" })],
  bang: () => [sign("!", 100, 34, 30), sign("!", 110, 40, 22)],
  zzz: () => [sign("z", 94, 38, 15), sign("z", 103, 26, 19), sign("z", 112, 12, 23)],
  steam: () => [line("M14 28q-6-5 0-10t0-10"), line("M106 28q6-5 0-10t0-10")],
  question: () => [sign("?", 104, 36, 30)],
};

/** The picture of one of our stickers. */
export function stickerArt({ body, eyes: eye, mouth, extra, meaning }) {
  return svg(
    "svg",
    { class: "sticker-art", viewBox: "0 0 120 120", "aria-hidden": "true" },
    bodies[body](),
    svg("ellipse", { cx: 36, cy: 64, rx: 6, ry: 4, class: "cheek" }),
    svg("ellipse", { cx: 84, cy: 64, rx: 6, ry: 4, class: "cheek" }),
    eyes[eye](),
    mouths[mouth](),
    extras[extra](),
    svg("text", { x: 60, y: 111, class: "caption" }, meaning),
  );
}
