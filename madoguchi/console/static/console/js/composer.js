// <message-composer list="id of the message list">: Enter is a new line, Ctrl or Cmd + Enter sends, and neither fires while
// an input method is composing. Counts UTF-16 units, as LINE does. An accepted message goes straight into the talk.
import "./phone_preview.js"; // the count measures with it
import { say } from "./words.js";

class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form.composer");
    this.text = this.form.querySelector('textarea[name="text"]');
    this.send = this.form.querySelector('button[type="submit"]');
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    for (const name of ["input", "draft-shown", "reset"]) this.form.addEventListener(name, () => setTimeout(() => this.count()));
    this.addEventListener("htmx:beforeSwap", (event) => this.answered(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.count();
  }

  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.count(); // the timer of the last keystroke may still be waiting
    if (!this.send.disabled) this.form.requestSubmit(this.send);
  }

  count() {
    const limit = Number(this.text.dataset.limit);
    const used = this.text.value.length;
    const hasFile = [...this.form.querySelectorAll('input[type="file"]')].some((input) => input.files.length);
    const shown = this.form.querySelector(".composer-count");
    shown.textContent = used > limit * 0.8 ? `${used} / ${limit}` : this.size(used);
    shown.dataset.level = used > limit ? "over" : used > limit * 0.95 ? "near" : "";
    this.send.disabled = used > limit || !(this.text.value.trim() || hasFile);
  }

  // How long the answer is on the friend's telephone, which is what a child has to scroll through.
  size(used) {
    const preview = this.form.querySelector("phone-preview");
    customElements.upgrade(preview); // this element may be connected before those in it
    preview.show(this.text.value);
    if (!used) return "";
    const { lines, screens } = preview;
    return screens > 1 ? say("{n}文字・電話で約{s}画面", { n: used, s: screens }) : say("{n}文字・電話で{l}行", { n: used, l: lines });
  }

  answered(event) {
    if (event.detail.xhr.status >= 300) return;
    event.detail.shouldSwap = false;
    this.querySelectorAll(".composer-errors").forEach((errors) => errors.replaceChildren());
    this.closeTray();
    document.getElementById(this.getAttribute("list"))?.take(event.detail.xhr.responseText, { own: true });
    this.text.focus();
  }

  clicked(event) {
    const button = event.target.closest("button[aria-controls]");
    if (!button) return;
    const tray = document.getElementById(button.getAttribute("aria-controls"));
    tray.hidden = !tray.hidden;
    button.setAttribute("aria-expanded", String(!tray.hidden));
    if (!tray.hidden) tray.querySelector("input:checked, input:not([type=hidden])")?.focus();
  }

  closeTray() {
    this.querySelectorAll('button[aria-controls][aria-expanded="true"]').forEach((button) => button.click());
  }
}

customElements.define("message-composer", MessageComposer);
