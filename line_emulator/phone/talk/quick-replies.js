import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { pressable } from "../bubbles/pressable.js";

const drawn = {
  camera: "camera",
  cameraRoll: "picture",
  location: "pin",
  datetimepicker: "calendar",
  clipboard: "copy",
};

function chip(item, talk) {
  const action = item.action;
  const picture = item.imageUrl
    ? h("img", { src: item.imageUrl, alt: "" })
    : drawn[action.type]
      ? icon(drawn[action.type])
      : null;
  return pressable("button.chip", action, talk, [picture, h("span", {}, action.label)], { as: "quickReply" });
}

// A mouse has no finger to push the row with: its wheel does.
function pushedByWheel(row) {
  row.addEventListener("wheel", (event) => {
    const past = row.scrollWidth - row.clientWidth;
    const to = row.scrollLeft + event.deltaY;
    if (past <= 0 || !event.deltaY || to < 0 || to > past) return;
    event.preventDefault();
    row.scrollLeft = to;
  });
  return row;
}

/** The quick replies of the newest message only; a newer message or a tap takes them away. */
export function quickReplies(talk) {
  const last = talk.thread.messages.findLast((entry) => entry.from !== "system");
  const items = last && last.from === "account" && !last.unsent ? last.message.quickReply?.items : null;
  if (!items?.length || talk.thread.answeredTo >= last.seq) return null;
  return pushedByWheel(
    h(
      "div.quick-replies",
      { role: "group", "aria-label": "返信の候補", data: { seq: last.seq } },
      items.map((item) => chip(item, talk)),
    ),
  );
}
