import { h } from "../parts/dom.js";
import { pressable } from "../bubbles/pressable.js";
import { component } from "./component.js";
import { bubbleWidths, colour, said } from "./sizes.js";

const blocks = ["header", "hero", "body", "footer"];

function block(name, bubble, talk) {
  if (!bubble[name]) return [];
  const style = bubble.styles?.[name] ?? {};
  const part = h(
    `div.flex-block.flex-${name}`,
    { style: said({ "background-color": colour(style.backgroundColor) }) },
    component(bubble[name], talk, "vertical", { flex: "1 1 auto" }),
  );
  if (!style.separator) return [part];
  return [
    h("div.flex-separator", {
      data: { layout: "vertical" },
      style: said({ "background-color": colour(style.separatorColor) }),
    }),
    part,
  ];
}

function bubbleOf(bubble, talk) {
  const parts = blocks.map((name) => block(name, bubble, talk));
  const attributes = { dir: bubble.direction ?? "ltr", data: { size: bubble.size ?? "mega" } };
  const style = { "--flex-width": `${bubbleWidths[bubble.size] ?? bubbleWidths.mega}px` };
  if (!bubble.action) return h("article.flex-bubble", { ...attributes, style }, parts);
  const node = pressable("button.flex-bubble.flex-tap", { label: "", ...bubble.action }, talk, parts, {
    style,
  });
  node.dir = attributes.dir;
  return node;
}

/** A Flex message: one bubble, or a carousel that is pushed sideways. What cannot be drawn shows its altText. */
export function flexBubble({ message }, talk) {
  try {
    const { contents, altText } = message;
    if (contents.type === "carousel") {
      return h(
        "div.bare.flex.carousel",
        { role: "group", "aria-label": altText, tabindex: "0" },
        contents.contents.map((bubble) => bubbleOf(bubble, talk)),
      );
    }
    return h("div.bare.flex", { role: "group", "aria-label": altText }, bubbleOf(contents, talk));
  } catch {
    return h("div.bubble.text", {}, message.altText);
  }
}
