import { h } from "../parts/dom.js";
import { pressable } from "../bubbles/pressable.js";
import { component } from "./component.js";
import { placeIn } from "./place.js";
import { border, colour, radius, said, space } from "./sizes.js";

function gradient(background) {
  if (background?.type !== "linearGradient") return undefined;
  const { angle, startColor, centerColor, endColor, centerPosition = "50%" } = background;
  const middle = colour(centerColor) ? `${centerColor} ${centerPosition}, ` : "";
  return `linear-gradient(${angle}, ${colour(startColor)}, ${middle}${colour(endColor)})`;
}

function boxStyle(box) {
  return said({
    "flex-direction": box.layout === "vertical" ? "column" : "row",
    "align-items": box.alignItems ?? (box.layout === "baseline" ? "baseline" : undefined),
    "justify-content": box.justifyContent,
    padding: space(box.paddingAll),
    "padding-top": space(box.paddingTop),
    "padding-bottom": space(box.paddingBottom),
    "padding-inline-start": space(box.paddingStart),
    "padding-inline-end": space(box.paddingEnd),
    width: space(box.width),
    "max-width": space(box.maxWidth),
    height: space(box.height),
    "max-height": space(box.maxHeight),
    "background-color": colour(box.backgroundColor),
    "background-image": gradient(box.background),
    "border-width": border(box.borderWidth),
    "border-color": colour(box.borderColor),
    "border-style": box.borderWidth ? "solid" : undefined,
    "border-radius": radius(box.cornerRadius),
    overflow: box.cornerRadius ? "hidden" : undefined,
  });
}

/** A box with its components; with an action the whole box is a control. */
export function flexBox(box, talk, style = {}) {
  const contents = (box.contents ?? []).filter((each) => each.type !== "filler" || box.contents.length > 1);
  const children = contents.map((each, at) =>
    component(each, talk, box.layout, placeIn(each, box.layout, box.spacing, at === 0)),
  );
  const looks = { ...boxStyle(box), ...style };
  if (box.action)
    return pressable("button.flex-box.flex-tap", { label: "", ...box.action }, talk, children, {
      style: looks,
    });
  return h("div.flex-box", { style: looks, data: { layout: box.layout } }, children);
}
