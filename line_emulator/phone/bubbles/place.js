import { h, svg } from "../parts/dom.js";
import { icon } from "../parts/icons.js";

// No map is fetched from anywhere: a drawing that differs by place stands for it.
function drawnMap({ latitude, longitude }) {
  const turn = Math.round(((latitude * 1000 + longitude * 700) % 70) - 35);
  const road = (d, width) => svg("path", { d, "stroke-width": width, fill: "none", class: "road" });
  return svg(
    "svg",
    { class: "map", viewBox: "0 0 220 110", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("rect", { width: 220, height: 110, class: "land" }),
    svg(
      "g",
      { transform: `rotate(${turn} 110 55)` },
      svg("rect", { x: 128, y: -10, width: 60, height: 46, rx: 6, class: "park" }),
      svg("rect", { x: 30, y: 66, width: 44, height: 30, rx: 3, class: "house" }),
      svg("rect", { x: 84, y: 70, width: 26, height: 22, rx: 3, class: "house" }),
      svg("rect", { x: 40, y: 8, width: 52, height: 26, rx: 3, class: "house" }),
      svg("path", { d: "M-40 130C40 96 150 122 270 84v60H-40z", class: "water" }),
      road("M-60 52h340", 11),
      road("M116 -80v300", 9),
      road("M-60 18 60 52M176 52l60 60", 5),
    ),
  );
}

function coordinates({ latitude, longitude }) {
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

/** A card with the name, the address and a drawn map. */
export function placeBubble({ message }) {
  return h(
    "div.bare.place",
    { role: "group", "aria-label": `位置情報：${message.title ?? message.address ?? coordinates(message)}` },
    h("div.map-frame", {}, drawnMap(message), h("span.map-pin", {}, icon("pin"))),
    h(
      "div.place-words",
      {},
      h("strong", {}, message.title ?? "位置情報"),
      message.address ? h("span", {}, message.address) : null,
      h("small", {}, coordinates(message)),
    ),
  );
}
