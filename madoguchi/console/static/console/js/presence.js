// Whether somebody is here. A page that nobody touches for the time the server names locks itself, in every tab at once, and
// the server is told while somebody is: with each request, or by a word of its own while there is only typing or reading.
import { token } from "./csrf.js";

const meta = document.querySelector('meta[name="idle-seconds"]');
const SHARED = "acted-at"; // all tabs of a browser have one session and so one person
const TELL_EVERY = 60_000;
const LOOK_EVERY = 5_000;
const ACTS = ["pointerdown", "keydown", "wheel", "touchmove", "input"];

let acted = false; // since the server was last told
let toldAt = Date.now();

function lastAct() {
  return Number(localStorage.getItem(SHARED)) || 0;
}

function told() {
  acted = false;
  toldAt = Date.now();
}

function act() {
  acted = true;
  localStorage.setItem(SHARED, Date.now());
  if (Date.now() - toldAt > TELL_EVERY) tell();
}

function tell() {
  told();
  fetch(meta.dataset.acted, { method: "POST", headers: { "X-Acted": "1", "X-CSRFToken": token() }, redirect: "manual" })
    .then((answer) => { if (answer.type === "opaqueredirect") lock(); })
    .catch(() => {}); // away: the next act tells
}

// A form that is sent, so that the whole page goes and nothing of it stays behind.
function lock() {
  const form = Object.assign(document.createElement("form"), { method: "post", action: meta.dataset.lock, hidden: true });
  form.append(field("csrfmiddlewaretoken", token()), field("next", location.pathname + location.search));
  document.body.append(form);
  form.submit();
}

function field(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function look() {
  const quiet = Date.now() - lastAct();
  if (quiet > Number(meta.content) * 1000) lock();
  else if (acted && Date.now() - toldAt > TELL_EVERY) tell();
}

if (meta) {
  localStorage.setItem(SHARED, Date.now());
  ACTS.forEach((kind) => document.addEventListener(kind, act, { capture: true, passive: true }));
  document.addEventListener("htmx:configRequest", (event) => {
    if (!acted) return;
    event.detail.headers["X-Acted"] = "1";
    told();
  });
  document.addEventListener("visibilitychange", look); // a machine that slept has missed its timers
  document.addEventListener("live-locked", lock);
  setInterval(look, LOOK_EVERY);
}
