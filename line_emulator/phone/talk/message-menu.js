import { openChoices } from "../parts/sheet.js";
import { attempt, toast } from "../parts/toast.js";
import { act } from "../platform/api.js";

const quotable = new Set(["text", "sticker", "image", "video"]);

async function copy(from, text) {
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  toast(from, copied ? "コピーしました" : "コピーできませんでした");
}

/** What a long press on a message offers. */
export function messageMenu(from, talk, entry, composer) {
  const { message } = entry;
  const choices = [];
  if (message.type === "text")
    choices.push({ label: "コピー", icon: "copy", act: () => copy(from, message.text) });
  if (quotable.has(message.type))
    choices.push({ label: "リプライ", icon: "reply", act: () => composer.answer(entry) });
  if (entry.from === "friend") {
    choices.push({
      label: "送信取消",
      icon: "undo",
      danger: true,
      act: () => attempt(from, () => act(talk.who, "unsend", { messageId: entry.id })),
    });
  }
  if (choices.length) openChoices(from, "メッセージ", choices);
}
