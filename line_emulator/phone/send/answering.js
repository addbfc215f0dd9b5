import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { gist } from "../bubbles/gist.js";

/** The line over the composer that shows which message is being answered. */
export function answering(talk, entry, cancel) {
  return h("div.answering", {},
    h("div", {}, h("b", {}, `${entry.from === "friend" ? talk.friend.displayName : talk.account.name}へのリプライ`), h("span", {}, gist(entry.message))),
    h("button.plain", { type: "button", "aria-label": "リプライをやめる", onclick: cancel }, icon("close")));
}
