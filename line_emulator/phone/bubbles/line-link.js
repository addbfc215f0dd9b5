import { h, tell } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { toast } from "../parts/toast.js";
import { openLiff, openPage } from "../web/browser-sheet.js";

// Addresses that a phone answers itself: LINE's own (line://…, https://line.me/R/…, https://liff.line.me/…) and
// tel:. All other pages open in the phone's own browser.

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

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no fault of the person who taps
  }
}

const inside = [
  [/^nv\/camera(\/|$)/, (node) => tell(node, "talk:camera")],
  [/^nv\/cameraRoll/, (node) => tell(node, "talk:pictures")],
  [/^nv\/location/, (node) => tell(node, "talk:place")],
  [
    /^ti\/p\/(?<id>[^/?#]+)/,
    (node, { id }) => tell(node, "phone:found", { link: `https://line.me/R/ti/p/${readable(id)}` }),
  ],
  [
    /^oaMessage\/(?<id>[^/?#]+)\/?\??(?<text>.*)$/,
    (node, { id, text }) =>
      tell(node, "phone:found", {
        link: `https://line.me/R/ti/p/${readable(id)}`,
        text: readable(text),
      }),
  ],
];

const LIFF = /^(https:\/\/(liff|miniapp)\.line\.me\/|line:\/\/app\/)/;
const OWN = /^(?:line:\/\/|https:\/\/line\.me\/R\/)(.*)$/;

/** True for addresses that no browser of this computer should be sent to. */
export const isLines = (uri) => LIFF.test(uri) || OWN.test(uri);

/** Opens what a link or a uri action names, for the person `who`. True when something happened. */
export function followLink(from, uri, who) {
  const node = from.closest("talk-screen") ?? from.closest(".phone-screen"); // stays when the link goes
  const again = (next) => followLink(node, next, who);
  if (uri.startsWith("tel:")) {
    callSheet(node, uri.slice(4));
    return true;
  }
  if (LIFF.test(uri)) {
    openLiff(node, uri, who, again);
    return true;
  }
  const path = uri.match(OWN)?.[1];
  for (const [shape, open] of path === undefined ? [] : inside) {
    const found = path.match(shape);
    if (found) {
      open(node, found.groups ?? {});
      return true;
    }
  }
  if (/^https?:\/\//.test(uri) && path === undefined) {
    openPage(node, uri, again);
    return true;
  }
  toast(node, "この電話では開けないリンクです");
  return false;
}

/** A link in a text or on a button: a tap opens it on the phone, a key held down in this computer's browser. */
export function phoneLink(spec, uri, open, children, more = {}) {
  return h(
    spec,
    {
      href: uri,
      target: "_blank",
      rel: "noopener noreferrer",
      ...more,
      onclick: (event) => {
        if (!isLines(uri) && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
        event.preventDefault();
        open(event.currentTarget);
      },
    },
    children,
  );
}
