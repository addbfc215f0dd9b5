// <connection-badge>: says in the header whether this tab hears its colleagues. Losing the line for a breath stays unsaid.
import { say } from "./words.js";

const WORDS = { open: say("接続中"), lost: say("再接続中…"), ended: say("サインアウトしました") };

class ConnectionBadge extends HTMLElement {
  connectedCallback() {
    this.hear = (event) => this.show(event.detail);
    document.addEventListener("live-state", this.hear);
    if (document.documentElement.dataset.live) this.show(document.documentElement.dataset.live);
  }

  disconnectedCallback() {
    document.removeEventListener("live-state", this.hear);
  }

  show(state) {
    clearTimeout(this.soon);
    const draw = () => {
      this.hidden = false;
      this.setAttribute("state", state);
      this.textContent = WORDS[state];
      if (state === "ended") this.sayEnded();
    };
    if (state === "lost") this.soon = setTimeout(draw, 600);
    else draw();
  }

  sayEnded() {
    const back = `${this.getAttribute("sign-in") ?? "/"}?next=${encodeURIComponent(location.pathname)}`;
    document.dispatchEvent(new CustomEvent("notice", { detail: {
      kind: "lamp", stays: true, text: say("サインアウトしたため、内容をこの画面から消しました。書きかけの文章は、この端末に残っています。"), href: back, act: say("もう一度サインインする") } }));
  }
}

customElements.define("connection-badge", ConnectionBadge);
