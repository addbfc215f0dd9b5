// <elapsed-time since soon late>: ticks 待ち時間 by the server's clock (the page says what time it was there), and changes
// its level when a wait passes `soon` or `late` seconds. One timer serves all of them; elapsed.py says the same words.
const told = document.querySelector('meta[name="server-now"]')?.content;
const ahead = told ? Date.parse(told) - Date.now() : 0;
const all = new Set();

export function inWords(seconds) {
  if (seconds < 60) return "たった今";
  if (seconds < 3600) return `${Math.floor(seconds / 60)}分`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)}時間${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")}分`;
  return `${Math.floor(seconds / 86400)}日`;
}

class ElapsedTime extends HTMLElement {
  connectedCallback() { all.add(this); this.tick(); }
  disconnectedCallback() { all.delete(this); }

  tick() {
    const seconds = Math.max(0, Math.floor((Date.now() + ahead - Date.parse(this.getAttribute("since"))) / 1000));
    const past = (name) => Number(this.getAttribute(name)) > 0 && seconds >= Number(this.getAttribute(name));
    const level = past("late") ? "late" : past("soon") ? "soon" : "";
    if (this.getAttribute("level") !== level && (level || this.hasAttribute("level"))) this.setAttribute("level", level);
    const shown = this.querySelector("time");
    const words = inWords(seconds);
    if (shown && shown.textContent !== words) shown.textContent = words;
  }
}

customElements.define("elapsed-time", ElapsedTime);
setInterval(() => all.forEach((element) => element.tick()), 5000);
