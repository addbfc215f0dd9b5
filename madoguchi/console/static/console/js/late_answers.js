// An answer may come when its place has been drawn anew meanwhile: a talk's pane is replaced while one of its parts still asks.
// htmx would swap into what has left the page, and take there with it the parts that are kept (hx-preserve) from the page itself.
// So the answer goes to the element that bears the id now. One that brings further parts (hx-swap-oob) is dropped, because they
// would be looked for in what has gone; after an act the open talk is drawn anew instead, and shows what came of it.
// What was asked within one talk is never shown in another: of that only the notice is said, with whose talk it is about. Nor does
// an act that was begun in a list take away a talk that was opened after it.
import * as drafts from "./drafts.js";
import { freshKey } from "./once_key.js";
import { say as word } from "./words.js";

const askers = new WeakMap(); // element → the talk that it belongs to; null: to none, as a line that opens one

function openTalk() {
  return document.getElementById("talk-pane")?.dataset.conversation ?? "";
}

function talkOf({ elt, target, requestConfig }) {
  const pane = elt.closest("#talk-pane");
  if (pane) return { ...pane.dataset, draft: pane.querySelector("draft-keeper")?.getAttribute("name") };
  const isAct = requestConfig.verb !== "get" && target.id === "talk-pane";
  return isAct ? { conversation: openTalk() } : null;
}

function openTalkAnew() {
  if (openTalk()) window.htmx.ajax("GET", location.pathname, { target: "#talk-pane", select: "#talk-pane", swap: "outerHTML" });
}

// htmx tells the asker alone what came of it; from one that has left the page nobody would hear it.
function tell(detail, elsewhere) {
  const { notice, "words-back": words, ...rest } = JSON.parse(detail.xhr.getResponseHeader("HX-Trigger") ?? "{}");
  for (const [name, value] of Object.entries(rest)) window.htmx.trigger(document.body, name, value);
  if (!notice && detail.xhr.status >= 400) window.htmx.trigger(document.body, "htmx:responseError", detail);
  if (!elsewhere) {
    if (notice) window.htmx.trigger(document.body, "notice", notice);
    if (words) window.htmx.trigger(document.body, "words-back", words);
    return;
  }
  const { conversation, handle, deskUrl, draft } = elsewhere;
  const where = handle && { text: `${handle}：${notice?.text}`, href: `${deskUrl}${conversation}/`, act: word("開く") };
  if (notice) window.htmx.trigger(document.body, "notice", { ...notice, ...where });
  if (words && draft) drafts.write(draft, { text: [drafts.read(draft)?.text, words.text].filter(Boolean).join("\n"), key: freshKey(), tried: "" });
}

function arrived({ currentTarget, detail }) {
  const { elt, target, xhr, requestConfig } = detail;
  if (elt !== currentTarget || (elt.isConnected && target.isConnected)) return;
  const talk = askers.get(elt);
  const isElsewhere = talk && talk.conversation !== openTalk();
  const bringsParts = !elt.isConnected && xhr.responseText.includes("hx-swap-oob");
  if (!elt.isConnected) tell(detail, isElsewhere && talk);
  if (bringsParts && !isElsewhere && requestConfig.verb !== "get") openTalkAnew();
  const now = target.isConnected ? target : target.id && document.getElementById(target.id);
  target.addEventListener("htmx:beforeSwap", ({ detail: swap }) => {
    if (isElsewhere || bringsParts) swap.shouldSwap = false;
    else if (swap.target === target && now) swap.target = now;
    else if (swap.target === target) swap.shouldSwap = false;
  }, { once: true });
}

document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (!askers.has(detail.elt)) detail.elt.addEventListener("htmx:beforeOnLoad", arrived);
  askers.set(detail.elt, talkOf(detail));
});
