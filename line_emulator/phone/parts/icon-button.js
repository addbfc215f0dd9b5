import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A round button that shows only an icon; `name` is what it is called. */
export function iconButton(name, sign, press, more = {}) {
  return h("button.plain", { type: "button", "aria-label": name, onclick: press, ...more }, icon(sign));
}
