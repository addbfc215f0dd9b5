// <send-guard talk="42" hidden> above a composer: the wrong-window guard. After a switch to another talk the first thing that is
// sent shows to whom it goes, and goes only when it is sent once more (Enter, or the button again). Typing on or Escape takes
// it back. Kept for the tab, so that a reload forgets nothing.
const SHOWN = "guard-shown";
const UNSURE = "guard-unsure";
const SETTLES = 250; // a double click is one press
const LONGEST = 60;

class SendGuard extends HTMLElement {
  connectedCallback() {
    const talk = this.getAttribute("talk");
    const before = sessionStorage.getItem(SHOWN);
    if (before && before !== talk) sessionStorage.setItem(UNSURE, "yes");
    sessionStorage.setItem(SHOWN, talk);
    this.composer = this.parentElement.querySelector("message-composer");
    this.composer.addEventListener("submit", (event) => this.submitted(event), { capture: true });
    this.composer.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    this.composer.addEventListener("input", () => this.hide());
  }

  get isUnsure() {
    return sessionStorage.getItem(UNSURE) === "yes";
  }

  submitted(event) {
    if (!event.target.matches('[hx-post$="/reply/"]') || !this.isUnsure) return;
    if (this.hasAttribute("ready")) { this.pass(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.hidden) this.show(event.target, event.submitter);
  }

  pressed(event) {
    if (this.hidden || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") { event.stopPropagation(); this.hide(); return; }
    if (event.key !== "Enter" || !event.target.matches("textarea")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.hasAttribute("ready") && !event.repeat) this.form.requestSubmit(this.submitter);
  }

  show(form, submitter) {
    Object.assign(this, { form, submitter, hidden: false });
    const said = [...document.querySelectorAll('#talk-messages [data-side="friend"] .bubble')].at(-1)?.textContent.trim().replace(/\s+/g, " ") ?? "";
    this.querySelector("[data-words]").textContent = said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
    this.timer = setTimeout(() => this.toggleAttribute("ready", true), SETTLES);
  }

  hide() {
    clearTimeout(this.timer);
    this.removeAttribute("ready");
    this.hidden = true;
  }

  pass() {
    sessionStorage.setItem(UNSURE, "no");
    this.hide();
  }
}

customElements.define("send-guard", SendGuard);
