import { h, tell } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { toast } from "../parts/toast.js";

// Addresses that a phone answers itself: LINE's own (line://…, https://line.me/R/…) and tel:.

function callSheet(node, number) {
  openSheet(node, "電話をかける", (close) => [
    h("p.big-number", {}, number),
    h("p.hint", {}, "練習用の電話なので、ほんとうにはかかりません。"),
    h(
      "button.primary.wide",
      {
        type: "button",
        onclick: () => {
          close();
          toast(node, `${number} に電話をかけました（練習）`);
        },
      },
      "電話をかける",
    ),
  ]);
}

const inside = [
  [/^nv\/camera(\/|$)/, (node) => tell(node, "talk:camera")],
  [/^nv\/cameraRoll/, (node) => tell(node, "talk:pictures")],
  [/^nv\/location/, (node) => tell(node, "talk:place")],
  [
    /^ti\/p\/(?<id>@?[^/?]+)/,
    (node, { id }) => tell(node, "phone:found", { link: `https://line.me/R/ti/p/${id}` }),
  ],
  [
    /^oaMessage\/(?<id>[^/?]+)\/?\??(?<text>.*)$/,
    (node, { id, text }) =>
      tell(node, "phone:found", {
        link: `https://line.me/R/ti/p/${decodeURIComponent(id)}`,
        text: decodeURIComponent(text),
      }),
  ],
];

/** Opens what a uri action names. True when something happened. */
export function followLink(node, { uri }) {
  if (uri.startsWith("tel:")) {
    callSheet(node, uri.slice(4));
    return true;
  }
  const path = uri.match(/^(?:line:\/\/|https:\/\/line\.me\/R\/)(.*)$/)?.[1];
  for (const [shape, open] of path === undefined ? [] : inside) {
    const found = path.match(shape);
    if (found) {
      open(node, found.groups ?? {});
      return true;
    }
  }
  if (/^https?:/.test(uri)) {
    window.open(uri, "_blank", "noopener,noreferrer");
    return true;
  }
  toast(node, "この電話では開けないリンクです");
  return false;
}
