import { h } from "../parts/dom.js";
import { attempt } from "../parts/toast.js";
import { tabs } from "../parts/tabs.js";
import { act } from "../platform/api.js";
import { lineEmojis } from "../bubbles/line-emoji.js";
import { packs } from "./sticker-packs.js";
import { stickerArt } from "./sticker-art.js";

const emoji =
  "😀😁😂🥲😊😍😘😋😌😔😢😭😤😡😨😱🥺😴🤔🙄🤒🤗🙏👍👎👌✌️👏🙌💪🫶❤️💔✨🎵💤💦❗❓🌸🍀🌈☀️🌙⭐🍙🍰🐶🐱🐻🏫🏠📖✏️⚽🎮";

function sendSticker(composer, { packageId, stickerId, keywords }) {
  return attempt(composer, () =>
    act(composer.talk.who, "sticker", {
      packageId,
      stickerId,
      keywords,
      stickerResourceType: "STATIC",
      ...composer.takeAnswered(),
    }),
  );
}

function stickers(pack, composer) {
  return h(
    "div.sticker-grid",
    {},
    pack.stickers.map((sticker) =>
      h(
        "button.sticker-cell",
        {
          type: "button",
          "aria-label": `スタンプ「${sticker.meaning}」を送る`,
          onclick: () => sendSticker(composer, sticker),
        },
        stickerArt(sticker),
      ),
    ),
  );
}

function emojiGrid(composer) {
  const signs = [...new Intl.Segmenter("ja").segment(emoji)].map(({ segment }) => [segment, segment]);
  const own = lineEmojis.map(({ words, sign }) => [words, sign]);
  const cell = ([text, sign]) =>
    h(
      "button",
      {
        type: "button",
        "aria-label": `絵文字 ${text}`,
        // with a mouse the next Enter is meant for the message; with the keys several may be picked
        onclick: (event) => composer.insert(text, event.pointerType === "mouse"),
      },
      sign,
    );
  return h(
    "div.emoji-tray",
    {},
    h("div.emoji-grid", {}, signs.map(cell)),
    h("h3", {}, "LINE絵文字（文中では (happy) のように送られます）"),
    h("div.emoji-grid", {}, own.map(cell)),
  );
}

/** Stickers, a tab a pack, and emoji. */
export function facesTray(composer) {
  const pages = packs.map((pack) => [pack.name, () => stickers(pack, composer)]);
  return tabs("スタンプと絵文字", [...pages, ["絵文字", () => emojiGrid(composer)]]);
}
