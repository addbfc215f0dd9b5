// Which part of the desk's lists a pull asks for. Most hints say only that somebody wrote, in the own talks (`words-`) or in the
// queue (`lines-`): then the lines of that list are enough. Anything else, and what came together, brings all of them.
const PARTS = { words: "mine", lines: "waiting" };
const wanted = new Set();
const lists = () => document.getElementById("lists");

document.body.addEventListener("live", (event) => {
  const followed = lists()?.dataset.liveTopic.split(/\s+/) ?? [];
  if (followed.includes(event.detail)) wanted.add(PARTS[event.detail.split("-")[0]] ?? "");
});

document.body.addEventListener("htmx:configRequest", (event) => {
  const { elt, triggeringEvent, parameters } = event.detail;
  if (elt !== lists() || !triggeringEvent?.type.startsWith("live:")) return;
  const [part, ...others] = wanted;
  wanted.clear();
  if (part && !others.length && document.getElementById(`${part}-lines`)) parameters.part = part;
});

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt === lists() && !detail.successful) wanted.add("");
});
