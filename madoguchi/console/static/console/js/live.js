// One stream of hints a tab. A hint only names a topic; whoever shows that topic pulls what is new. After every (re)connect
// all topics are announced once, so a tab that was away pulls and misses nothing. A change of topics opens the new stream
// before the old one is closed, so that there is no moment without ears.
import { Coalescer } from "./coalesce.js";

const LONGEST_WAIT = 2000; // a tab that was cut off has caught up within 3 s of the server's return
const SILENCE = 30000;
const tell = (topic) => {
  document.body.dispatchEvent(new CustomEvent("live", { detail: topic })); // first: who counts topics knows of it before the pull
  document.body.dispatchEvent(new CustomEvent(`live:${topic}`));
};
const atOnce = new Coalescer(tell);
const inTime = new Coalescer(tell, 3000, { isPatient: true });
export const announce = (topic) => (topic.startsWith("lines-") ? inTime : atOnce).ask(topic);

let current = null;
let retry = 0;
let timer = 0;
let ended = false;

export function topics() {
  const named = document.querySelectorAll("[data-live-topic]");
  return [...new Set([...named].flatMap((element) => element.dataset.liveTopic.split(/\s+/).filter(Boolean)))].sort();
}

function show(state) {
  document.documentElement.dataset.live = state;
  document.dispatchEvent(new CustomEvent("live-state", { detail: state }));
}

class Stream {
  constructor(names) {
    this.names = names;
    this.address = `/live?${new URLSearchParams(names.map((name) => ["topic", name]))}`;
    this.source = new EventSource(this.address);
    this.source.addEventListener("ready", () => this.ready());
    this.source.addEventListener("hint", (event) => { this.alive(); announce(JSON.parse(event.data).topic); });
    this.source.addEventListener("ping", () => this.alive(true));
    this.source.addEventListener("signed-out", () => end());
    this.source.addEventListener("locked", () => document.dispatchEvent(new Event("live-locked")));
    this.source.addEventListener("error", () => this.lost());
  }

  ready() {
    retry = 0;
    this.isReady = true;
    if (current !== this) current?.close();
    current = this;
    show("open");
    this.names.forEach((name) => announce(name));
  }

  // A half-open connection never errs: once the server is known to ping, silence means it is gone.
  alive(pings = this.pings) {
    this.pings = pings;
    clearTimeout(this.watch);
    if (pings) this.watch = setTimeout(() => this.lost(), SILENCE);
  }

  lost() {
    this.close();
    if (current === this) current = null;
    if (ended || opening !== this) return;
    opening = null;
    show("lost");
    retry += 1;
    if (retry % 3 === 0 && !this.isReady) askWhy(this.address);
    const wait = Math.min(LONGEST_WAIT, 250 * 2 ** retry) * (0.5 + Math.random() / 2);
    clearTimeout(timer);
    timer = setTimeout(follow, wait);
  }

  close() {
    clearTimeout(this.watch);
    this.source.close();
  }
}

let opening = null;

// EventSource hides the status of a refusal; a plain request tells a signed-out tab from a server that is away.
async function askWhy(address) {
  const leave = new AbortController();
  try {
    const answer = await fetch(address, { signal: leave.signal, headers: { Accept: "text/event-stream" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) end();
  } catch { /* away: the next try tells */ } finally { leave.abort(); }
}

function end() {
  ended = true;
  clearTimeout(timer);
  current?.close();
  opening?.close();
  show("ended");
}

export function follow() {
  const names = topics();
  if (ended) return;
  if (!names.length) { current?.close(); opening?.close(); current = opening = null; return; }
  if (opening && String(opening.names) === String(names)) return;
  if (opening && opening !== current) opening.close();
  opening = new Stream(names);
}

// Back from sleep, from the network's absence or from the page cache: don't wait for the timer.
function wake() {
  if (document.visibilityState !== "visible" || ended) return;
  if (!current) { clearTimeout(timer); opening?.close(); opening = null; follow(); }
}

export function start() {
  follow();
  document.addEventListener("htmx:afterSettle", follow);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { opening = current = null; follow(); } });
  window.addEventListener("pagehide", () => { current?.close(); opening?.close(); });
}
