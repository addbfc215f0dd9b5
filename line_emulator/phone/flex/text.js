import { h } from "../parts/dom.js";
import { colour, said, textSize } from "./sizes.js";

const lines = { underline: "underline", "line-through": "line-through" };

function letters(each) {
  return said({
    "font-size": textSize(each.size),
    "font-weight": each.weight === "bold" ? "700" : undefined,
    "font-style": each.style === "italic" ? "italic" : undefined,
    "text-decoration": lines[each.decoration],
    color: colour(each.color),
  });
}

function clamp(each) {
  if (!each.wrap) return { "white-space": "nowrap", "text-overflow": "ellipsis", overflow: "hidden" };
  if (!each.maxLines) return {};
  return {
    display: "-webkit-box",
    "-webkit-box-orient": "vertical",
    "-webkit-line-clamp": String(each.maxLines),
    overflow: "hidden",
  };
}

/** A text, plain or of spans. Line breaks count only with `wrap`. */
export function flexText(each, place) {
  const leading = parseFloat(each.lineSpacing) ? `calc(1.4em + ${each.lineSpacing})` : undefined;
  const style = {
    ...letters({ size: "md", ...each }),
    ...clamp(each),
    ...said({ "text-align": each.align, "line-height": leading }),
    ...place,
  };
  const spans = each.contents?.map((span) => h("span", { style: letters(span) }, span.text));
  return h("p.flex-text", { style }, spans?.length ? spans : (each.text ?? ""));
}
