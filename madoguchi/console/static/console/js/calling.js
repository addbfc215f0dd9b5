// <waiting-call waiting="3" left="1" grave="0" free>: calls with a sound and, when the tab is hidden, on the desktop, and again
// until somebody has taken who waits. Says how many, never who or what. Whoever is away or full is called for grave signs and
// talks left alone only. One tab of a browser calls for all.
import { say } from "./words.js";

const EVERY = "call-every"; // seconds, chosen in the menu
const USUAL = 60;
const GRAVE = 20;
const KINDS = ["grave", "left", "waiting"];
const SOUND = "call-sound";
const DESKTOP = "call-desktop";
const TONES = { grave: [880, 660, 880], left: [660, 523], waiting: [523, 659] };
const before = { grave: 0, left: 0, waiting: 0 };
const next = { grave: 0, left: 0, waiting: 0 };
let audio = null;

const isOn = (setting) => localStorage.getItem(setting) !== "off";
const chosenPause = () => Number(localStorage.getItem(EVERY)) || USUAL;
const pause = (kind) => (kind === "grave" ? Math.min(GRAVE, chosenPause()) : chosenPause());
const mayNotify = () => "Notification" in window && Notification.permission === "granted" && isOn(DESKTOP);

function play(tones) {
  if (!audio || audio.state !== "running" || !isOn(SOUND)) return;
  tones.forEach((pitch, index) => {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const begin = audio.currentTime + index * 0.22;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, begin);
    loudness.gain.exponentialRampToValueAtTime(0.15, begin + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, begin + 0.2);
    tone.connect(loudness).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.22);
  });
}

const WORDS = {
  grave: () => say("重大なサインが届いています。確かめてください。"),
  left: (n) => say("担当の人が席にいない相談があります（{n}件）", { n }),
  waiting: (n) => say("待っている人がいます（{n}人）", { n }),
};

function call(kind, count) {
  document.dispatchEvent(new CustomEvent("desk-call", { detail: { kind, count } }));
  play(TONES[kind]);
  if (document.visibilityState === "visible" || !mayNotify()) return;
  const notice = new Notification(say("窓口"), { body: WORDS[kind](count), tag: kind, renotify: true, silent: true });
  notice.onclick = () => { window.focus(); notice.close(); };
}

// Held for a moment by the tab that calls, so that three tabs don't call three times.
function alone(act) {
  if (!navigator.locks) { act(); return; }
  navigator.locks.request("desk-call", { ifAvailable: true }, (lock) => lock && new Promise((free) => { act(); setTimeout(free, 1500); }));
}

function look() {
  const element = document.querySelector("waiting-call");
  if (!element) return;
  const isFree = element.hasAttribute("free");
  const due = KINDS.map((kind) => [kind, kind === "waiting" && !isFree ? 0 : Number(element.getAttribute(kind))]).filter(([kind, count]) => {
    const isNew = count > before[kind];
    before[kind] = count;
    return count && (isNew || Date.now() >= next[kind]);
  });
  due.forEach(([kind]) => { next[kind] = Date.now() + pause(kind) * 1000; });
  if (due.length) alone(() => due.forEach(([kind, count]) => call(kind, count)));
}

// Browsers let a page sound only after somebody has touched it.
function touched() {
  audio ??= window.AudioContext ? new AudioContext() : null;
  audio?.resume();
}

if (document.querySelector(".desk")) {
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touched, { passive: true });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "lists") look(); });
  setInterval(look, 1000);
}

// How one is called is each browser's own: sound on or off, and the desktop only after the browser itself was asked.
function shown(box) {
  box.querySelector("[data-call-sound]").checked = isOn(SOUND);
  box.querySelector("[data-call-every]").value = String(chosenPause());
  const button = box.querySelector("[data-call-desktop]");
  const permission = "Notification" in window ? Notification.permission : "denied";
  button.hidden = permission === "denied";
  button.textContent = permission !== "granted" ? say("デスクトップにも知らせる") : isOn(DESKTOP) ? say("デスクトップに知らせるのをやめる") : say("デスクトップにも知らせる");
  box.querySelector("[data-call-refused]").hidden = permission !== "denied";
}

async function chosen(box) {
  if (Notification.permission === "default") await Notification.requestPermission();
  else localStorage.setItem(DESKTOP, isOn(DESKTOP) ? "off" : "on");
  shown(box);
}

document.querySelectorAll("[data-call-settings]").forEach((box) => {
  shown(box);
  box.querySelector("[data-call-sound]").addEventListener("change", (event) => localStorage.setItem(SOUND, event.target.checked ? "on" : "off"));
  box.querySelector("[data-call-every]").addEventListener("change", (event) => localStorage.setItem(EVERY, event.target.value));
  box.querySelector("[data-call-desktop]").addEventListener("click", () => chosen(box));
});
