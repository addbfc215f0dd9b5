import { h } from "../parts/dom.js";

// The pictures of LINE emoji are not ours to show: what we know by its words gets a plain stand-in,
// everything else a smiling chip that keeps its ids in its name.

export const PRODUCT = "9000000000000000000e0001";

export const lineEmojis = [
  ["001", "(happy)", "😊"],
  ["002", "(love)", "🥰"],
  ["003", "(sad)", "😢"],
  ["004", "(sleepy)", "😴"],
  ["005", "(angry)", "😠"],
  ["006", "(surprised)", "😲"],
  ["007", "(thanks)", "🙏"],
  ["008", "(ok)", "👌"],
  ["009", "(heart)", "💚"],
  ["010", "(shine)", "✨"],
  ["011", "(school)", "🏫"],
  ["012", "(home)", "🏠"],
].map(([emojiId, words, sign]) => ({ emojiId, words, sign, productId: PRODUCT }));

/** Where the known words stand in a text that the friend wrote: the `emojis` of its message, or undefined. */
export function emojisIn(text) {
  const found = lineEmojis.flatMap(({ words, productId, emojiId }) =>
    [...text.matchAll(words.replace(/[()]/g, "\\$&"))].map(({ index }) => ({
      index,
      length: words.length,
      productId,
      emojiId,
    })),
  );
  return found.length ? found.sort((a, b) => a.index - b.index).slice(0, 20) : undefined;
}

/** The stand-in for one emoji; `words` is its text as the friend's phone sent it. */
export function lineEmoji({ productId, emojiId }, words) {
  const known = lineEmojis.find((emoji) => emoji.productId === productId && emoji.emojiId === emojiId);
  const name = known?.words ?? (words.startsWith("(") ? words : `LINE絵文字 ${productId}/${emojiId}`);
  return h(
    known ? "span.line-emoji" : "span.line-emoji.unknown",
    { role: "img", "aria-label": name, title: name },
    known?.sign ?? "☻",
  );
}
