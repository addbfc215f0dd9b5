import { h } from "../parts/dom.js";
import { textBubble } from "./text.js";
import { stickerBubble } from "./sticker.js";
import { pictureBubble } from "./picture.js";
import { videoBubble } from "./video.js";
import { audioBubble } from "./audio.js";
import { fileBubble } from "./file.js";
import { placeBubble } from "./place.js";
import { templateBubble } from "./template.js";
import { imagemapBubble } from "./imagemap.js";
import { flexBubble } from "../flex/flex.js";

const kinds = {
  text: textBubble,
  textV2: textBubble,
  sticker: stickerBubble,
  image: pictureBubble,
  video: videoBubble,
  audio: audioBubble,
  file: fileBubble,
  location: placeBubble,
  template: templateBubble,
  imagemap: imagemapBubble,
  flex: flexBubble,
};

/** What the phone draws for a message (or for the pictures of one set): an element with class "bubble" or "bare". */
export function draw(entries, talk) {
  const { type } = entries[0].message;
  if (!Object.hasOwn(kinds, type))
    return h("div.bubble.unknown", {}, `この電話では表示できない種類です（${type}）`);
  return kinds[type](entries.at(-1), talk, entries);
}
