import { meaningOf } from "../send/sticker-packs.js";

const named = {
  image: "写真",
  video: "動画",
  audio: "ボイスメッセージ",
  imagemap: "お知らせ",
  template: "メッセージ",
  flex: "メッセージ",
};

/** One line that says what a message is: for the chat list and for quotes. */
export function gist(message) {
  if (message.type === "text" || message.type === "textV2") return message.text ?? "";
  if (message.type === "note") return message.text;
  if (message.type === "sticker") return `スタンプ：${meaningOf(message) ?? "スタンプ"}`;
  if (message.type === "file") return `ファイル：${message.fileName}`;
  if (message.type === "location") return `位置情報：${message.title ?? message.address ?? "場所"}`;
  return message.altText ?? named[message.type] ?? "メッセージ";
}

/** The same for a message in a thread, with unsent ones named. */
export function gistOf(entry) {
  if (!entry) return "トークをはじめましょう";
  if (entry.unsent) return "メッセージの送信を取り消しました";
  const said = gist(entry.message);
  if (entry.message.type === "image")
    return entry.from === "friend" ? "写真を送信しました" : "写真が届きました";
  return said;
}
