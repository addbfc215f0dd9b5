// <undo-countdown seconds="5">: how long an answer can still be taken back. The server decides; this only counts along.
import { say } from "./words.js";

class UndoCountdown extends HTMLElement {
  connectedCallback() {
    this.left = Number(this.getAttribute("seconds"));
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    this.left -= 1;
    this.textContent = this.left > 0 ? say("{n}秒後に送ります", { n: this.left }) : say("送っています…");
  }
}

customElements.define("undo-countdown", UndoCountdown);
