import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";

function addresses({ message, content, from }) {
  if (from === "friend") {
    const full = content?.url ?? message.contentProvider?.originalContentUrl;
    return { full, small: content?.previewUrl ?? message.contentProvider?.previewImageUrl ?? full };
  }
  return { full: message.originalContentUrl, small: message.previewImageUrl ?? message.originalContentUrl };
}

function enlarge(node, full) {
  openSheet(node, "写真", () => h("img", { src: full, alt: "写真（拡大）" }), { kind: "viewer" });
}

function picture(entry, name) {
  const { full, small } = addresses(entry);
  if (!small) return h("div.no-picture", {}, "写真");
  const image = h("img", { src: small, alt: name, decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(h("span.no-picture", {}, "写真を表示できません")), {
    once: true,
  });
  return h(
    "button.picture",
    { type: "button", "aria-label": `${name}を拡大`, onclick: (event) => enlarge(event.currentTarget, full) },
    image,
  );
}

/** A picture, or the pictures of a set as one mosaic in the order they were chosen. */
export function pictureBubble(entry, talk, entries) {
  if (entries.length === 1) return h("div.bare.pictures", {}, picture(entry, "写真"));
  const order = [...entries].sort(
    (a, b) => (a.message.imageSet.index ?? 0) - (b.message.imageSet.index ?? 0),
  );
  const count = Math.min(order.length, 4);
  return h(
    "div.bare.pictures.set",
    { role: "group", "aria-label": `写真${order.length}枚`, data: { count: String(count) } },
    order.map((each, at) => picture(each, `写真${at + 1}`)),
  );
}
