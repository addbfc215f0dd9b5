// Which part of the desk's lists a pull asks for. Most hints say only that somebody wrote, in the own talks (`words-`) or in the
// queue (`lines-`): then the lines of that list are enough. Anything else brings all of them. The queue's lines are patient:
// they let everybody else's requests pass, and are given up for now when something else of this tab is to be asked for.
import { announce } from "./live.js";

const PATIENT = "waiting";
const PARTS = { words: "mine", lines: PATIENT };
const wanted = new Set();
let asked = null;
const lists = () => document.getElementById("lists");
const topics = () => lists()?.dataset.liveTopic.split(/\s+/) ?? [];
const later = () => announce(topics().find((topic) => topic.startsWith("lines-")));

function want(part) {
  wanted.add(part);
  if (part !== PATIENT && asked === PATIENT) window.htmx.trigger(lists(), "htmx:abort");
}

// What becomes of an own answer (`trouble-`) is told to the lists themselves: a pull that queued on one of their parts would be
// dropped when they are drawn anew.
document.body.addEventListener("live", ({ detail: topic }) => {
  if (topics().includes(topic)) want(PARTS[topic.split("-")[0]] ?? "");
  else if (lists()?.querySelector(`[data-live-topic="${topic}"]`)) {
    want("");
    window.htmx.trigger(lists(), "trouble");
  }
});

document.body.addEventListener("htmx:configRequest", (event) => {
  const { elt, triggeringEvent, parameters, headers } = event.detail;
  if (elt !== lists()) return;
  const parts = [...wanted];
  wanted.clear();
  asked = "";
  const isWhole = !triggeringEvent?.type.startsWith("live:") || parts.some((part) => !document.getElementById(`${part}-lines`));
  if (isWhole || !parts.length) return;
  asked = parts.find((part) => part !== PATIENT) ?? PATIENT;
  parameters.part = asked;
  if (asked === PATIENT) headers.Priority = "u=5";
  else if (parts.length > 1) later();
});

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt !== lists()) return;
  if (!detail.successful && asked === PATIENT) later();
  else if (!detail.successful) wanted.add("");
  asked = null;
});
