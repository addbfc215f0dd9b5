import { h } from "../parts/dom.js";
import { pressable } from "./pressable.js";

function asAction(action) {
  return { ...action, label: "", uri: action.linkUri };
}

const nameOf = (action) => action.label ?? action.text ?? action.linkUri ?? action.clipboardText ?? "領域";

function area(action, size, talk) {
  const { x, y, width, height } = action.area;
  const percent = (value, whole) => `${(value / whole) * 100}%`;
  const node = pressable("button.area", asAction(action), talk, [], {
    style: {
      left: percent(x, size.width),
      top: percent(y, size.height),
      width: percent(width, size.width),
      height: percent(height, size.height),
    },
  });
  node.setAttribute("aria-label", nameOf(action));
  return node;
}

/** One picture with areas that can be tapped. */
export function imagemapBubble({ message }, talk) {
  const size = message.baseSize;
  const image = h("img", { src: `${message.baseUrl}/700`, alt: message.altText });
  image.addEventListener("error", () => image.replaceWith(h("span.no-picture", {}, message.altText)), {
    once: true,
  });
  return h(
    "div.bare.imagemap",
    { style: { "aspect-ratio": `${size.width} / ${size.height}` } },
    image,
    message.actions.map((action) => area(action, size, talk)),
  );
}
