// <waiting-call grave="0" overdue="1" asked="0" left="1" waiting="3" free>: calls with a sound and, when nobody looks, on the
// desktop, and again until somebody has come. A page may carry several: they add up. Says how many, never who or what, and so
// it calls from a locked screen too. Whoever is away or full is not called for those who only wait. One tab calls for all.
import { say } from "./words.js";

const EVERY = "call-every"; // seconds, chosen in the menu
const USUAL = 60;
const GRAVE = 20;
const KINDS = ["grave", "overdue", "asked", "left", "waiting"];
const SOUND = "call-sound";
const DESKTOP = "call-desktop";
const TONES = { grave: [880, 660, 880], overdue: [660, 660, 523], asked: [587, 784], left: [660, 523], waiting: [523, 659] };
const RHYTHM = "call-rhythm"; // of this tab: a page that is left for another does not call anew
const isLocked = Boolean(document.querySelector("[data-locked-calls]"));
const { before, next } = kept();
let audio = null;

const isOn = (setting) => localStorage.getItem(setting) !== "off";
const chosenPause = () => Number(localStorage.getItem(EVERY)) || USUAL;
const pause = (kind) => (kind === "grave" ? Math.min(GRAVE, chosenPause()) : chosenPause());
const mayNotify = () => "Notification" in window && Notification.permission === "granted" && isOn(DESKTOP);

function kept() {
  const none = () => Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  const said = JSON.parse(sessionStorage.getItem(RHYTHM) ?? "{}");
  return { before: { ...none(), ...said.before }, next: { ...none(), ...said.next } };
}

const canSound = () => audio?.state === "running";

function play(tones) {
  if (!canSound() || !isOn(SOUND)) return;
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
  overdue: (n) => say("待たせている相談か、過ぎた期限があります（{n}件）", { n }),
  asked: (n) => say("ほかの人から呼ばれています（{n}件）", { n }),
  left: (n) => say("担当の人が席にいない相談があります（{n}件）", { n }),
  waiting: (n) => say("待っている人がいます（{n}人）", { n }),
};

function call(kind, count) {
  document.dispatchEvent(new CustomEvent("desk-call", { detail: { kind, count } }));
  play(TONES[kind]);
  if ((document.visibilityState === "visible" && !isLocked) || !mayNotify()) return;
  const silent = canSound() || !isOn(SOUND); // what the page can't sound, the desktop may
  const notice = new Notification(say("窓口"), { body: WORDS[kind](count), tag: kind, renotify: true, silent });
  notice.onclick = () => { window.focus(); notice.close(); };
}

// Held for a moment by the tab that calls, so that three tabs don't call three times.
function alone(act) {
  if (!navigator.locks) { act(); return; }
  navigator.locks.request("desk-call", { ifAvailable: true }, (lock) => lock && new Promise((free) => { act(); setTimeout(free, 1500); }));
}

// How many call, by kind: of all the page's parts together.
function counts(elements) {
  const isFree = elements.some((element) => element.hasAttribute("free"));
  const sum = (kind) => elements.reduce((total, element) => total + Number(element.getAttribute(kind)), 0);
  return KINDS.map((kind) => [kind, kind === "waiting" && !isFree ? 0 : sum(kind)]);
}

function look() {
  const elements = [...document.querySelectorAll("waiting-call")];
  if (!elements.length) return;
  const due = counts(elements).filter(([kind, count]) => {
    const isNew = count > before[kind];
    before[kind] = count;
    return count && (isNew || Date.now() >= next[kind]);
  });
  due.forEach(([kind]) => { next[kind] = Date.now() + pause(kind) * 1000; });
  sessionStorage.setItem(RHYTHM, JSON.stringify({ before, next }));
  if (due.length) alone(() => due.forEach(([kind, count]) => call(kind, count)));
}

// Browsers let a page sound only after somebody has touched it, or the page before it, from which it locked itself.
function touched() {
  audio ??= window.AudioContext ? new AudioContext() : null;
  audio?.resume();
}

// A locked screen that can't sound says so: one press mends it.
function sayWhetherMute() {
  document.querySelectorAll("[data-call-mute]").forEach((words) => { words.hidden = canSound() || !isOn(SOUND); });
}

for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, touched, { passive: true });
document.addEventListener("htmx:afterSettle", look);
setInterval(look, 1000);
if (isLocked) {
  touched();
  setInterval(sayWhetherMute, 1000);
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
