// <elapsed-time since soon late>: ticks 待ち時間 by the server's clock (the page says what time it was there), and changes
// its level when a wait passes `soon` or `late` seconds. One timer serves all of them; elapsed.py says the same words.
import { say } from "./words.js";

const told = document.querySelector('meta[name="server-now"]')?.content;
const ahead = told ? Date.parse(told) - Date.now() : 0;
const all = new Set();

export function inWords(seconds) {
  if (seconds < 60) return say("たった今");
  if (seconds < 3600) return say("{n}分", { n: Math.floor(seconds / 60) });
  if (seconds < 86400) return say("{h}時間{m}分", { h: Math.floor(seconds / 3600), m: String(Math.floor((seconds % 3600) / 60)).padStart(2, "0") });
  return say("{n}日", { n: Math.floor(seconds / 86400) });
}

class ElapsedTime extends HTMLElement {
  connectedCallback() { all.add(this); this.tick(); }
  disconnectedCallback() { all.delete(this); }

  // With `until` instead of `since` it counts down, and says by how much the moment has passed.
  left() {
    const seconds = Math.floor((Date.parse(this.getAttribute("until")) - Date.now() - ahead) / 1000);
    const t = inWords(Math.abs(seconds));
    const near = seconds >= 0 ? say("まもなく期限です") : say("期限を過ぎました");
    const far = seconds > 0 ? say("あと{t}", { t }) : say("期限を{t}過ぎています", { t });
    const words = Math.abs(seconds) < 60 ? near : far;
    this.show(seconds < 0 ? "late" : seconds < Number(this.getAttribute("soon")) ? "soon" : "", words);
  }

  tick() {
    if (this.hasAttribute("until")) { this.left(); return; }
    const seconds = Math.max(0, Math.floor((Date.now() + ahead - Date.parse(this.getAttribute("since"))) / 1000));
    const past = (name) => Number(this.getAttribute(name)) > 0 && seconds >= Number(this.getAttribute(name));
    const level = past("late") ? "late" : past("soon") ? "soon" : "";
    this.show(level, inWords(seconds));
  }

  show(level, words) {
    if (this.getAttribute("level") !== level && (level || this.hasAttribute("level"))) this.setAttribute("level", level);
    const shown = this.querySelector("time");
    if (shown && shown.textContent !== words) shown.textContent = words;
  }
}

customElements.define("elapsed-time", ElapsedTime);
setInterval(() => all.forEach((element) => element.tick()), 5000);
