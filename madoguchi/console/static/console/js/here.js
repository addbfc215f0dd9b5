// Says that this desk is open, which talk is before the eyes, and, while a colleague looks at the same talk, that somebody is
// writing in it. A hint only: nothing that was written goes along.
import { token } from "./csrf.js";

const EVERY = 30_000;
const WRITING_EVERY = 4_000;
const desk = document.querySelector(".desk[data-here]");
let shown = "";
let wroteAt = 0;
let toldWriting = 0;

// The talk that the pane shows, when a person can see it.
function open() {
  const number = document.getElementById("talk-state")?.getAttribute("hx-get")?.match(/\/(\d+)\//)?.[1] ?? "";
  return document.visibilityState === "visible" ? number : "";
}

function tell(extra = {}, now = open()) {
  const said = { ...(now && { open: now }), ...(shown && shown !== now && { left: shown }), ...extra };
  shown = now;
  fetch(desk.dataset.here, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token(), "HX-Request": "true" }, body: new URLSearchParams(said) })
    .catch(() => {}); // away: the next one tells
}

function writes() {
  wroteAt = Date.now();
  if (!document.querySelector("#talk-looking .badge") || Date.now() - toldWriting < WRITING_EVERY) return;
  toldWriting = Date.now();
  tell({ writing: "yes" });
}

if (desk) {
  tell();
  setInterval(() => tell(Date.now() - wroteAt < WRITING_EVERY * 2 ? { writing: "yes" } : {}), EVERY);
  document.addEventListener("input", (event) => { if (event.target.closest?.("message-composer")) writes(); });
  document.addEventListener("htmx:afterSettle", () => { if (open() !== shown) tell(); });
  document.addEventListener("visibilitychange", () => { if (open() !== shown) tell(); });
  window.addEventListener("pagehide", () => { if (shown) tell({ gone: "yes" }, ""); });
}
