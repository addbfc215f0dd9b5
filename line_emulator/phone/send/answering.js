import { h } from "../parts/dom.js";
import { iconButton } from "../parts/icon-button.js";
import { gist } from "../bubbles/gist.js";

/** The line over the composer that shows which message is being answered. */
export function answering(talk, entry, cancel) {
  return h(
    "div.answering",
    {},
    h(
      "div",
      {},
      h("b", {}, `${entry.from === "friend" ? talk.friend.displayName : talk.account.name}へのリプライ`),
      h("span", {}, gist(entry.message)),
    ),
    iconButton("リプライをやめる", "close", cancel),
  );
}
