import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { stickerArt } from "../send/sticker-art.js";
import { meaningOf, stickerOf } from "../send/sticker-packs.js";
import { quoteOf } from "./quote.js";

function placeholder(message, meaning) {
  return h(
    "div.sticker-placeholder",
    { role: "img", "aria-label": `スタンプ：${meaning ?? "意味は不明"}` },
    icon("sticker"),
    h("strong", {}, meaning ?? "スタンプ"),
    h("small", {}, `${message.packageId} / ${message.stickerId}`),
  );
}

/** Our own stickers are drawn; any other is a card with its meaning (when known) and its ids. */
export function stickerBubble({ message }, talk) {
  const sticker = stickerOf(message);
  const meaning = meaningOf(message);
  const quote = quoteOf(message, talk);
  return h(
    "div.bare.sticker",
    {},
    quote ? h("div.bubble.text", {}, quote) : null,
    sticker
      ? h("div.sticker-drawn", { role: "img", "aria-label": `スタンプ：${meaning}` }, stickerArt(sticker))
      : placeholder(message, meaning),
  );
}
