// What is costly to count is pulled at most every few seconds however many hints arrive (data-calm-pause in milliseconds); the
// last hint of a burst is never lost.
import { Coalescer } from "./coalesce.js";

const PAUSE = 3000;
const pulls = new Map();

function pullsEvery(pause) {
  if (!pulls.has(pause)) pulls.set(pause, new Coalescer((id) => document.getElementById(id)?.dispatchEvent(new CustomEvent("news")), pause));
  return pulls.get(pause);
}

document.body.addEventListener("live", (event) => {
  document.querySelectorAll(`[data-calm-topic~="${CSS.escape(event.detail)}"]`).forEach((element) => pullsEvery(Number(element.dataset.calmPause) || PAUSE).ask(element.id));
});
