// What is costly to count is pulled at most every few seconds however many answers arrive; the last hint of a burst is never lost.
import { Coalescer } from "./coalesce.js";

const PAUSE = 3000;
const pulls = new Coalescer((id) => document.getElementById(id)?.dispatchEvent(new CustomEvent("news")), PAUSE);

document.body.addEventListener("live", (event) => {
  document.querySelectorAll(`[data-calm-topic="${CSS.escape(event.detail)}"]`).forEach((element) => pulls.ask(element.id));
});
