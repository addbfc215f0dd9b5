// <draft-keeper name="user:conversation"> in a form with a textarea and <input name="key">: keeps the unsent words and the key
// they will be sent with, across reloads and tabs, until the server has accepted them. The same words keep the same key,
// so that a retry is harmless; words edited in a tab get a key of that tab, so that two texts never share one. Words changed
// after a try whose answer never came get a new one, and if the first try turns out to have arrived (its message appears in
// the talk), the writer is told.
import * as drafts from "./drafts.js";
import { freshKey } from "./once_key.js";
import { say } from "./words.js";

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.name = this.getAttribute("name");
    this.form = this.closest("form");
    this.text = this.form.querySelector('textarea[name="text"]');
    this.key = this.form.querySelector('input[name="key"]');
    this.restore(drafts.read(this.name));
    this.text.addEventListener("input", () => this.edited());
    this.form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === this.form) this.trying(); });
    this.form.addEventListener("htmx:afterRequest", (event) => { if (event.target === this.form) this.answered(event.detail); });
    this.arrived = (event) => this.seen(event.detail.key);
    document.addEventListener("message-arrived", this.arrived);
    this.drawn = (event) => this.waits(event.detail.elt);
    document.addEventListener("htmx:load", this.drawn);
    this.waits(document);
    this.deaf = drafts.onChangeElsewhere(this.name, (record, old) => this.mirror(record, old));
  }

  disconnectedCallback() {
    document.removeEventListener("message-arrived", this.arrived);
    document.removeEventListener("htmx:load", this.drawn);
    this.deaf();
  }

  restore(record) {
    this.tried = record?.tried ?? "";
    this.key.value = record?.key || freshKey();
    this.isOurs = !record?.key;
    this.show(record?.text ?? this.text.value);
    this.toggleAttribute("restored", Boolean(record?.text));
  }

  show(text) {
    this.text.value = text;
    this.text.dispatchEvent(new CustomEvent("draft-shown", { bubbles: true }));
  }

  save() {
    if (this.text.value || this.tried) drafts.write(this.name, { text: this.text.value, key: this.key.value, tried: this.tried });
    else drafts.remove(this.name);
  }

  edited() {
    if (!this.isOurs || this.tried === this.key.value) this.newKey();
    this.save();
  }

  newKey() {
    this.key.value = freshKey();
    this.isOurs = true;
  }

  trying() {
    this.tried = this.key.value;
    this.hold(true);
    this.save();
  }

  // What is on its way is emptied when it is accepted: until then nothing is added that would go with it.
  hold(isOnItsWay) {
    this.text.readOnly = isOnItsWay;
    this.form.querySelectorAll("[data-waits]").forEach((part) => { part.inert = isOnItsWay; });
    if (!isOnItsWay && document.activeElement === document.body) this.text.focus();
  }

  // The talk may have shown the message before its answer came: then the words here are already the next ones.
  answered({ successful, xhr }) {
    this.hold(false);
    if (!this.tried || this.isSuperseded) return;
    if (successful) return this.accepted();
    if (xhr.status === 409) this.newKey(); // the key stands for something else that was sent
    if (xhr.status >= 400 && xhr.status < 500) { this.tried = ""; this.save(); }
  }

  // Its talk was left, and words have been written there since: the record is theirs now.
  get isSuperseded() {
    return !this.isConnected && drafts.read(this.name)?.key !== this.key.value;
  }

  accepted() {
    this.hold(false);
    drafts.remove(this.name);
    this.form.reset();
    this.restore({ text: "" });
  }

  // The talk shows what the database has: a message with our key was accepted, whatever became of the answer.
  seen(key) {
    if (!key || key !== this.tried) return;
    if (key === this.key.value) {
      this.accepted();
      window.htmx?.trigger(this.form, "htmx:abort"); // nothing waits for an answer that is already known
      return;
    }
    this.tried = "";
    this.save();
    document.dispatchEvent(new CustomEvent("notice", { detail: { kind: "lamp", text: say("書き直す前の文章は、すでに送信されていました。") } }));
  }

  // What stands in the talk was accepted, also if its answer got lost; and so was an answer that waits beside the talk. That one
  // can be taken back: its words come into an empty box again.
  waits(drawn) {
    const shown = drawn.matches?.("[data-key]") ? [drawn] : drawn.querySelectorAll?.("[data-key]") ?? [];
    shown.forEach((answer) => this.seen(answer.dataset.key));
  }

  // Another tab wrote, or sent and so removed, the same draft. Other words being typed here are left alone, under a new key.
  mirror(record, old) {
    if (!this.isConnected) return;
    const isTyping = this.text === document.activeElement && document.hasFocus();
    if (!isTyping || (!record && old?.text === this.text.value)) this.restore(record ?? { text: "" });
    else if (!record) this.newKey();
  }
}

customElements.define("draft-keeper", DraftKeeper);
