import { said, space } from "./sizes.js";

// How a component sits in its box: shares of the room, margin, gravity, position and offsets.

const gravities = { top: "flex-start", center: "center", bottom: "flex-end" };

function share(component, layout) {
  const along = layout === "vertical" ? "auto" : "0%";
  const flex =
    component.flex ?? (layout === "vertical" || component.type === "icon" || component.width ? 0 : 1);
  if (component.type === "separator" || component.type === "spacer") return "0 0 auto";
  return flex === 0 ? "0 0 auto" : `${flex} 1 ${along}`;
}

function offsets(component) {
  return said({
    position: component.position,
    top: space(component.offsetTop),
    bottom: space(component.offsetBottom),
    "inset-inline-start": space(component.offsetStart),
    "inset-inline-end": space(component.offsetEnd),
  });
}

/** Styles for a component inside a box of `layout`; `spacing` is the box's own, a margin replaces it. */
export function placeIn(component, layout, spacing, isFirst) {
  const gap = component.margin ?? (isFirst ? undefined : spacing);
  const side = layout === "vertical" ? "margin-block-start" : "margin-inline-start";
  const away = component.position === "absolute";
  const hasOffset = ["offsetTop", "offsetBottom", "offsetStart", "offsetEnd"].some((name) => component[name]);
  return said({
    flex: share(component, layout),
    [side]: away ? undefined : space(gap),
    "align-self": layout === "horizontal" ? gravities[component.gravity] : undefined,
    ...offsets(component),
    position: away ? "absolute" : hasOffset ? "relative" : undefined,
  });
}
