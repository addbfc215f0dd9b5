import { h, tell } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { avatar } from "../parts/avatar.js";
import { clockTime } from "../parts/times.js";
import { draw } from "../bubbles/draw.js";
import { onLongPress } from "./long-press.js";

function face(talk, entry, first) {
  if (!first) return h("span.avatar-space");
  const { name, pictureUrl, basicId, channelId } = talk.account;
  const sender = entry.message.sender ?? {};
  return h(
    "button.face",
    {
      type: "button",
      "aria-label": `${sender.name ?? name}のプロフィール`,
      onclick: (event) => tell(event.target, "phone:profile", { channelId }),
    },
    avatar({ name: sender.name ?? name, pictureUrl: sender.iconUrl ?? pictureUrl, seed: basicId }),
  );
}

function senderName(talk, entry) {
  const sender = entry.message.sender?.name;
  return h(
    "span.speaker",
    {},
    sender ?? talk.account.name,
    sender ? h("small", {}, ` ${talk.account.name}`) : null,
  );
}

function meta(entry, mine) {
  return h(
    "div.meta",
    {},
    mine ? h("span.read", { hidden: !entry.read }, "既読") : null,
    entry.edited ? h("span", {}, "編集済み") : null,
    h("time", { datetime: new Date(entry.at).toISOString() }, clockTime(entry.at)),
  );
}

function menuButton(entry) {
  return h(
    "button.row-menu",
    {
      type: "button",
      "aria-label": "メッセージのメニュー",
      onclick: (event) => tell(event.currentTarget, "talk:menu", { entry }),
    },
    icon("more"),
  );
}

/** The row of one message, or of the pictures of one set, as the phone shows it. */
export function messageRow(row, talk) {
  const entry = row.entries.at(-1);
  const mine = entry.from === "friend";
  const body = draw(row.entries, talk);
  if (row.first) body.classList.add("tail");
  const line = h("div.line", {}, body, h("div.beside", {}, menuButton(entry), meta(entry, mine)));
  onLongPress(line, () => tell(line, "talk:menu", { entry }));
  return h(
    mine ? "li.row.mine" : "li.row.theirs",
    { data: { id: entry.id, type: entry.message.type, first: row.first ? "" : "no" } },
    mine ? null : face(talk, entry, row.first),
    h("div.column", {}, !mine && row.first ? senderName(talk, entry) : null, line),
  );
}

/** A separator between days, or a note such as 送信取消. */
export function noteRow(row) {
  return h(
    row.kind === "day" ? "li.row.day" : "li.row.note",
    { data: row.entry ? { id: row.entry.id, unsent: row.entry.unsent ? "yes" : "no" } : {} },
    h("span", {}, row.text),
  );
}

/** Only 既読 moves after a message stands. */
export function showRead(node, row) {
  const mark = node.querySelector(":scope .beside .read");
  if (mark) mark.hidden = !row.entries.at(-1).read;
}
