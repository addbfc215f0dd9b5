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
const stays = new Set(["camera", "cameraRoll", "location", "clipboard", "uri"]);

function chip(item, talk, seq) {
  const action = item.action;
  const picture = item.imageUrl
    ? h("img", { src: item.imageUrl, alt: "" })
    : drawn[action.type]
      ? icon(drawn[action.type])
      : null;
  return pressable("button.chip", action, talk, [picture, action.label], {
    done: (node) => {
      if (stays.has(action.type)) return;
      talk.answeredSeq = seq;
      node.closest(".quick-replies")?.remove();
    },
  });
}

/** The quick replies of the last message only; the friend's next message or a tap takes them away. */
export function quickReplies(talk) {
  const last = talk.thread.messages.findLast((entry) => entry.from !== "system");
  const items = last && last.from === "account" && !last.unsent ? last.message.quickReply?.items : null;
  if (!items?.length || talk.answeredSeq === last.seq) return null;
  return h(
    "div.quick-replies",
    { role: "group", "aria-label": "返信の候補" },
    items.map((item) => chip(item, talk, last.seq)),
  );
}
