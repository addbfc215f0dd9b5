import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";

const inputs = { date: "date", time: "time", datetime: "datetime-local" };
const titles = { date: "日付をえらぶ", time: "時刻をえらぶ", datetime: "日時をえらぶ" };
const native = (text) => text?.replace("t", "T");

/** Asks for the value of a datetimepicker action -> {date} | {time} | {datetime}, or null when closed. */
export function pickDateTime(node, action) {
  return new Promise((answer) => {
    const title = titles[action.mode];
    const field = h("input.field", {
      type: inputs[action.mode],
      value: native(action.initial) ?? "",
      required: true,
      "aria-label": title,
      min: native(action.min),
      max: native(action.max),
    });
    const close = openSheet(
      node,
      title,
      () =>
        h(
          "form",
          {
            onsubmit: (event) => {
              event.preventDefault();
              answer({ [action.mode]: field.value.slice(0, 16) });
              close();
            },
          },
          field,
          h("button.primary.wide", { type: "submit" }, "送信"),
        ),
      { kind: "picker", closed: () => answer(null) },
    );
    field.focus();
  });
}
