import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";

/** A row of a sheet that takes a file from this computer. */
export function fileChoice(label, accept, take) {
  const field = h("input", {
    type: "file",
    accept,
    "aria-label": label,
    onchange: () => field.files[0] && take(field.files[0]),
  });
  return h("label.choice", {}, icon("plus"), h("span", {}, label), field);
}

/** A row of a sheet that is a sample. */
export function sampleChoice(label, note, sign, take) {
  return h(
    "button.choice",
    { type: "button", onclick: take },
    icon(sign),
    h("span", {}, label, note ? h("small", {}, note) : null),
  );
}
