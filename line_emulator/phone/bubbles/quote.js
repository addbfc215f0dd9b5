import { h } from "../parts/dom.js";
import { gist } from "./gist.js";

function quoted(message, talk) {
  if (message.quotedMessageId) return talk.thread.find(message.quotedMessageId);
  if (!message.quoteToken) return null;
  const own = (entry) => entry.message.quoteToken === message.quoteToken && entry.message !== message;
  return talk.thread.messages.find((entry) => entry.from === "friend" && own(entry));
}

/** The lines of the message that this one answers, or nothing. */
export function quoteOf(message, talk) {
  const entry = quoted(message, talk);
  if (!entry) return null;
  return h(
    "blockquote.quote",
    {},
    h("cite", {}, entry.from === "friend" ? talk.friend.displayName : talk.account.name),
    h("span", {}, entry.unsent ? "取り消されたメッセージ" : gist(entry.message)),
  );
}
