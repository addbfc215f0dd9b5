// <copy-text>: a secret to be copied whole. The button is there only where scripts are; without them one press selects all of it.
import { say } from "./words.js";

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

class CopyText extends HTMLElement {
  connectedCallback() {
    this.secret = this.querySelector("[data-secret]");
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
  }

  // The clipboard is closed to pages without TLS: there the selection is copied, as by hand.
  async copy() {
    let done = true;
    try {
      await navigator.clipboard.writeText(this.secret.textContent);
    } catch {
      select(this.secret);
      done = document.execCommand("copy");
    }
    const words = done ? say("コピーしました") : say("コピーできませんでした。文字を選んでコピーしてください。");
    this.querySelector("output").textContent = words;
    this.button.querySelector("span").textContent = words;
  }
}

customElements.define("copy-text", CopyText);
