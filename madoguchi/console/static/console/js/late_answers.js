// An answer may come when its place has been drawn anew meanwhile: a talk's pane is replaced while one of its parts still asks.
// htmx would swap into what has left the page, and take there with it the parts that are kept (hx-preserve) from the page itself.
// So the answer goes to the element that bears the id now. One that brings further parts (hx-swap-oob) is dropped, because they
// would be looked for in what has gone; after an act the open talk is drawn anew instead, and shows what came of it.
// What was asked within one talk is never shown in another: of that only why an act failed is said, with whose talk it was. Nor
// does an act that was begun in a list take away a talk that was opened after it.
import * as drafts from "./drafts.js";
import { say, whyFailed } from "./notices.js";
import { freshKey } from "./once_key.js";
import { say as word } from "./words.js";

const askers = new WeakMap(); // element → the talk that it belongs to; null: to none, as a line that opens one

const isAct = ({ requestConfig }) => requestConfig.verb !== "get";

function openTalk() {
  return document.getElementById("talk-pane")?.dataset.conversation ?? "";
}

function talkOf(detail) {
  const pane = detail.elt.closest("#talk-pane");
  if (pane) return { ...pane.dataset, draft: pane.querySelector("draft-keeper")?.getAttribute("name") };
  return isAct(detail) && detail.target.id === "talk-pane" ? { conversation: openTalk() } : null;
}

// The pane itself asks, so that the answer belongs to its talk.
function openTalkAnew() {
  if (openTalk()) window.htmx.ajax("GET", location.pathname, { source: "#talk-pane", target: "#talk-pane", select: "#talk-pane", swap: "outerHTML" });
}

function sayOf({ conversation, handle, deskUrl }, notice) {
  const where = handle && { text: `${handle}：${notice?.text}`, href: `${deskUrl}${conversation}/`, act: word("開く") };
  say(notice && { ...notice, ...where });
}

function refusal({ xhr }) {
  if (![409, 422].includes(xhr.status)) return null;
  const text = new DOMParser().parseFromString(xhr.responseText, "text/html").body.textContent.trim();
  return text ? { kind: "shu", text } : null;
}

function putBack(name, text) {
  if (name && text) drafts.write(name, { text: [drafts.read(name)?.text, text].filter(Boolean).join("\n"), key: freshKey(), tried: "" });
}

// htmx tells the asker alone what came of it; from one that has left the page nobody would hear it.
function tell(detail, elsewhere) {
  const { notice, "words-back": words, ...rest } = JSON.parse(detail.xhr.getResponseHeader("HX-Trigger") ?? "{}");
  for (const [name, value] of Object.entries(rest)) window.htmx.trigger(document.body, name, value);
  if (!elsewhere) {
    say(notice ?? whyFailed(detail));
    if (words) window.htmx.trigger(document.body, "words-back", words);
  } else if (isAct(detail)) {
    sayOf(elsewhere, notice ?? refusal(detail) ?? whyFailed(detail));
    putBack(elsewhere.draft, words?.text);
  }
}

function arrived(event) {
  const { elt, target, xhr } = event.detail;
  if (elt !== event.currentTarget || (elt.isConnected && target.isConnected)) return;
  const talk = askers.get(elt);
  const isElsewhere = talk && talk.conversation !== openTalk();
  const bringsParts = !elt.isConnected && xhr.responseText.includes('hx-swap-oob="');
  if (!elt.isConnected) tell(event.detail, isElsewhere && talk);
  if (bringsParts && !isElsewhere && isAct(event.detail)) openTalkAnew();
  if (!elt.isConnected && xhr.getResponseHeader("HX-Retarget")) { // htmx would look for it where the asker is now
    event.preventDefault();
    if (!isElsewhere) openTalkAnew();
    return;
  }
  const now = target.isConnected ? target : target.id && document.getElementById(target.id);
  target.addEventListener("htmx:beforeSwap", (swap) => {
    if (isElsewhere) swap.stopPropagation(); // what belongs to that talk, and is still around it, must not hear it
    if (isElsewhere || bringsParts || !now) swap.detail.shouldSwap = false;
    else swap.detail.target = now;
  }, { once: true });
}

function failed({ currentTarget, detail }) {
  const talk = askers.get(currentTarget);
  if (detail.elt !== currentTarget || currentTarget.isConnected || !isAct(detail)) return;
  if (talk && talk.conversation !== openTalk()) sayOf(talk, whyFailed(detail));
  else say(whyFailed(detail));
}

document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
  const { elt, target } = detail;
  if (!askers.has(elt)) {
    elt.addEventListener("htmx:beforeOnLoad", arrived);
    for (const name of ["htmx:sendError", "htmx:timeout"]) elt.addEventListener(name, failed);
  }
  askers.set(elt, talkOf(detail));
  // The last press wins: a talk that was to be opened before it is not.
  if (isAct(detail) && target.id === "talk-pane" && !elt.closest("#talk-pane")) window.htmx.trigger(document.querySelector(".desk"), "htmx:abort");
});
