import { h } from "../parts/dom.js";
import { quoteOf } from "./quote.js";
import { lineEmoji } from "./line-emoji.js";
import { followLink, phoneLink } from "./line-link.js";

const LINK = /https?:\/\/[^\s<>"'「」『』（）()、。]+/g;

function linked(text, talk) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(
      text.slice(from, found.index),
      phoneLink("a", found[0], (node) => followLink(node, found[0], talk.who), found[0]),
    );
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

// A friend's emoji stand as "(love)" with a length; an account's are one "$" each.
function withEmojis(text, emojis, talk) {
  const parts = [];
  let from = 0;
  for (const emoji of [...emojis].sort((a, b) => a.index - b.index)) {
    const to = emoji.index + (emoji.length ?? 1);
    parts.push(linked(text.slice(from, emoji.index), talk), lineEmoji(emoji, text.slice(emoji.index, to)));
    from = to;
  }
  return [...parts, linked(text.slice(from), talk)];
}

// textV2: {key} stands for a mention or an emoji, {{ and }} for braces.
function substituted(text, substitution, talk) {
  return text.split(/(\{\{|\}\}|\{\w{1,20}\})/).map((part) => {
    if (part === "{{" || part === "}}") return part[0];
    const value = substitution[part.match(/^\{(\w+)\}$/)?.[1]];
    if (!value) return linked(part, talk);
    return value.type === "emoji"
      ? lineEmoji(value, "")
      : h("b.mention", {}, value.mentionee?.type === "all" ? "@All" : "@メンバー");
  });
}

/** A text with its links tappable, its emoji drawn and the message that it answers above it. */
export function textBubble({ message }, talk) {
  const words =
    message.type === "textV2"
      ? substituted(message.text, message.substitution ?? {}, talk)
      : withEmojis(message.text, message.emojis ?? [], talk);
  return h("div.bubble.text", {}, quoteOf(message, talk), h("p", {}, words));
}
