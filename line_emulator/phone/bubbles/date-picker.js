import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";

const inputs = { date: "date", time: "time", datetime: "datetime-local" };
const titles = { date: "日付をえらぶ", time: "時刻をえらぶ", datetime: "日時をえらぶ" };
const native = (text) => text?.replace("t", "T");

/** The clock on the wall as this kind of field writes it. */
function now(mode) {
  const here = new Date();
  const local = new Date(here - here.getTimezoneOffset() * 60_000).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16), datetime: local.slice(0, 16) }[mode];
}

function within(value, min, max) {
  if (min && value < min) return min;
  return max && value > max ? max : value;
}

function readable(mode, text) {
  if (mode === "time") return text;
  const [day, time] = text.split("T");
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日${time ? ` ${time}` : ""}`;
}

/** What the button allows, in words: a native field says it only when one is wrong. */
function limits(mode, min, max) {
  if (!min && !max) return null;
  const from = min ? `${readable(mode, min)}から` : "";
  const to = max ? `${readable(mode, max)}まで` : "";
  return h("p.hint", {}, `${from}${to}えらべます`);
}

/** Asks for the value of a datetimepicker action -> {date} | {time} | {datetime}, or null when closed. */
export function pickDateTime(node, action) {
  return new Promise((answer) => {
    const { mode } = action;
    const [min, max] = [native(action.min), native(action.max)];
    const field = h("input.field", {
      type: inputs[mode],
      value: native(action.initial) ?? within(now(mode), min, max),
      required: true,
      "aria-label": titles[mode],
      min,
      max,
    });
    const submit = (event) => {
      event.preventDefault();
      answer({ [mode]: field.value.slice(0, 16) });
      close();
    };
    const close = openSheet(
      node,
      titles[mode],
      () =>
        h(
          "form",
          { onsubmit: submit },
          field,
          limits(mode, min, max),
          h("button.primary.wide", { type: "submit" }, "送信"),
        ),
      { kind: "picker", closed: () => answer(null) },
    );
    field.focus();
  });
}
