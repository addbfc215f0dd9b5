import { h, tell } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { rowsOf } from "./rows.js";
import { messageRow, noteRow, showRead } from "./message-row.js";
import { loadingDots } from "./loading-dots.js";
import { quickReplies } from "./quick-replies.js";

const NEAR_END = 90;

/** The scrolled part of a talk. `list.watch(talk)` keeps it equal to the thread, touching only rows that changed. */
class MessageList extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.list = h("ol.rows");
    this.end = h("div.list-end");
    this.newer = h(
      "button.newer",
      { type: "button", hidden: true, onclick: () => this.toEnd() },
      icon("down"),
      "新しいメッセージ",
    );
    this.scroller = h(
      "div.scroller",
      { tabindex: "0", role: "region", "aria-label": "トーク", onscroll: () => this.scrolled() },
      h("div", { role: "log", "aria-label": "メッセージ" }, this.list),
      this.end,
    );
    this.append(this.scroller, this.newer);
    this.shown = new Map();
    // pictures arrive after their row: stay at the end while they push it down
    this.growth = new ResizeObserver(() => {
      if (this.atEnd) this.toEnd();
    });
    for (const part of [this.list, this.end, this.scroller]) this.growth.observe(part);
  }

  disconnectedCallback() {
    this.growth?.disconnect();
  }

  watch(talk) {
    this.talk = talk;
    this.atEnd = true;
    talk.thread.addEventListener("change", () => this.show());
    talk.thread.addEventListener("loading", () => this.showEnd());
  }

  show() {
    const rows = rowsOf(this.talk.thread.messages);
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, { node }] of this.shown) {
      if (!wanted.has(key)) {
        node.remove();
        this.shown.delete(key);
      }
    }
    let place = this.list.firstChild;
    for (const row of rows) {
      const stood = this.shown.get(row.key)?.node;
      const node = this.nodeFor(row);
      if (stood && stood === place) place = node; // drawn anew in the same place
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
    }
    this.showEnd();
  }

  nodeFor(row) {
    const before = this.shown.get(row.key);
    if (before?.version === row.version) {
      if (row.kind === "message") showRead(before.node, row);
      return before.node;
    }
    const node = row.kind === "message" ? messageRow(row, this.talk) : noteRow(row);
    before?.node.replaceWith(node);
    this.shown.set(row.key, { version: row.version, node });
    return node;
  }

  showEnd() {
    this.end.querySelector(".loading")?.remove();
    this.showReplies();
    const dots = loadingDots(this.talk);
    if (dots) this.end.prepend(dots);
    const last = this.talk.thread.messages.at(-1);
    const isNew = last && last.seq !== this.lastSeq;
    this.lastSeq = last?.seq;
    if (this.atEnd || (isNew && last.from === "friend")) this.toEnd();
    else if (isNew) this.newer.hidden = false;
    if (isNew) tell(this, "talk:seen");
  }

  // The same ones stay as they are: drawn anew under a finger, they would lose its press.
  showReplies() {
    const wanted = quickReplies(this.talk);
    const stand = this.end.querySelector(".quick-replies");
    if (wanted && stand?.dataset.seq === wanted.dataset.seq) return;
    stand?.remove();
    if (wanted) this.end.append(wanted);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.atEnd = true;
    this.newer.hidden = true;
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.atEnd) this.newer.hidden = true;
  }
}

customElements.define("message-list", MessageList);
