import { h, svg } from "../parts/dom.js";
import { clockTime } from "../parts/times.js";

const clocks = new Set();

function tick() {
  for (const clock of clocks) {
    if (!clock.isConnected) clocks.delete(clock);
    else clock.textContent = clockTime(Date.now());
  }
}

setInterval(tick, 5000);

function battery() {
  return svg(
    "svg",
    { class: "battery", viewBox: "0 0 26 12", "aria-hidden": "true" },
    svg("rect", { x: 0.5, y: 0.5, width: 21, height: 11, rx: 3, class: "shell" }),
    svg("rect", { x: 2, y: 2, width: 15, height: 8, rx: 1.6, class: "charge" }),
    svg("path", { d: "M23.5 4v4c1.5-.4 2-1.2 2-2s-.5-1.6-2-2Z", class: "charge" }),
  );
}

function signal() {
  return svg(
    "svg",
    { class: "signal", viewBox: "0 0 18 12", "aria-hidden": "true" },
    [3, 5.5, 8.5, 12].map((height, at) =>
      svg("rect", { x: at * 4.8, y: 12 - height, width: 3.2, height, rx: 1, class: "charge" }),
    ),
  );
}

/** The clock, the island, and the word that says that this network is no network. */
export function statusBar() {
  const clock = h("time", {}, clockTime(Date.now()));
  setTimeout(() => clocks.add(clock));
  return h(
    "div.status-bar",
    {},
    clock,
    h("span.island", { "aria-hidden": "true" }),
    h(
      "span.carrier",
      {},
      h("span.carrier-up", {}, "練習用"),
      h("span.carrier-down", {}, "圏外"),
      signal(),
      battery(),
    ),
  );
}
