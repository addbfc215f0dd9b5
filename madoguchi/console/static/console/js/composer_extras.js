// <composer-extras>: what goes along with an answer, each in a panel that is shown only while it is used: quick replies, a
// button, a file, a moment, the message that is put right. Opened by [data-extra] and by [data-corrects] in the talk.
import { say } from "./words.js";

class ComposerExtras extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.form.querySelector('textarea[name="text"]');
    this.file = this.form.querySelector('input[name="file"]');
    this.pressed = (event) => this.clicked(event);
    this.back = (event) => this.write(event.detail.text);
    document.addEventListener("click", this.pressed);
    document.addEventListener("words-back", this.back);
    this.file.addEventListener("change", () => this.chosen());
    this.form.addEventListener("reset", () => this.querySelectorAll("[data-panel]").forEach((panel) => this.drop(panel)));
    this.form.addEventListener("phrase-taken", () => { this.panel("choices").hidden = false; });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.pressed);
    document.removeEventListener("words-back", this.back);
  }

  panel(name) {
    return this.querySelector(`[data-panel="${name}"]`);
  }

  clicked(event) {
    const drops = event.target.closest("[data-drops]");
    if (drops && this.contains(drops)) { this.drop(drops.closest("[data-panel]")); this.text.focus(); }
    const corrects = event.target.closest("[data-corrects]");
    if (corrects) this.correct(corrects.dataset);
    const opener = event.target.closest("[data-extra]");
    if (opener && this.form.contains(opener)) { opener.closest("details")?.removeAttribute("open"); this.open(opener.dataset); }
  }

  open({ extra, value = "", label = "", words = "" }) {
    const panel = this.fill(extra, value, label);
    if (words && !this.text.value.trim()) this.write(words);
    const field = panel.querySelector("textarea, input:not([type=hidden])");
    (field ?? this.text).focus();
  }

  fill(name, value, label) {
    const panel = this.panel(name);
    panel.hidden = false;
    const kept = panel.querySelector("input[type=hidden]");
    if (kept) kept.value = value;
    const shown = panel.querySelector("[data-shown]");
    if (shown) shown.textContent = label;
    return panel;
  }

  drop(panel) {
    panel.hidden = true;
    panel.querySelectorAll("input, textarea").forEach((field) => { field.value = ""; });
    if (panel.dataset.panel === "file") this.file.value = "";
    this.text.dispatchEvent(new CustomEvent("draft-shown", { bubbles: true }));
  }

  chosen() {
    this.file.closest("details").removeAttribute("open");
    const file = this.file.files[0];
    const tooBig = file && file.size > Number(this.file.dataset.limit);
    if (tooBig) {
      this.file.value = "";
      document.dispatchEvent(new CustomEvent("notice", { detail: { kind: "lamp", text: say("10 MBまでのファイルを選んでください。") } }));
    }
    if (file && !tooBig) this.fill("file", "", `${file.name} (${Math.ceil(file.size / 1024)} KB)`);
    else this.panel("file").hidden = true;
    this.text.dispatchEvent(new CustomEvent("draft-shown", { bubbles: true }));
  }

  // LINE lets an account neither edit nor unsend: what is wrong is put right by words that quote it.
  correct({ corrects, text }) {
    const quoted = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    this.fill("corrects", corrects, quoted);
    this.write(this.getAttribute("correction").replace("{文}", quoted.replace(/\s+/g, " ")));
    this.text.focus();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  // After what is being written already: nothing is lost.
  write(words) {
    const before = this.text.value.trimEnd();
    this.text.value = before ? `${before}\n${words}` : words;
    this.text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

customElements.define("composer-extras", ComposerExtras);
