// While somebody writes in a field with data-dots, the friend's telephone may show that an answer is being written: at most
// one call a quarter of a minute, whatever becomes of it.
import { token } from "./csrf.js";

const PAUSE = 15000;
const told = new Map();

document.addEventListener("input", (event) => {
  const address = event.target.dataset?.dots;
  if (!address || !event.target.value.trim() || !event.isTrusted) return;
  const now = Date.now();
  if (now - (told.get(address) ?? 0) < PAUSE) return;
  told.set(address, now);
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" } }).catch(() => {});
});
