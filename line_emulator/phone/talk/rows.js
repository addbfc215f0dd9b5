import { dayKey, dayName } from "../parts/times.js";

// From the messages of a thread to the rows that the screen shows: separators between days, notes,
// one row a message, one row for the pictures of a set.

const FIVE_MINUTES = 300_000;

function setOf(entry) {
  return entry.unsent || entry.message.type !== "image" ? null : (entry.message.imageSet?.id ?? null);
}

function speaker(entry) {
  return `${entry.from} ${entry.userId ?? ""} ${entry.message.sender?.name ?? ""}`;
}

function continues(before, entry) {
  return (
    Boolean(before) &&
    !before.unsent &&
    speaker(before) === speaker(entry) &&
    entry.at - before.at < FIVE_MINUTES
  );
}

function noteOf(entry) {
  if (entry.unsent)
    return entry.from === "friend"
      ? "メッセージの送信を取り消しました"
      : "アカウントがメッセージの送信を取り消しました";
  return entry.message.type === "note" ? entry.message.text : null;
}

/** [{key, kind: "day"|"note"|"message", text?, entries?, first?, version}], oldest first. */
export function rowsOf(messages) {
  const rows = [];
  const sets = new Map();
  let before = null;
  let day = null;
  for (const entry of messages) {
    if (day !== dayKey(entry.at)) {
      day = dayKey(entry.at);
      rows.push({
        key: `day ${day} ${entry.seq}`,
        kind: "day",
        text: dayName(entry.at),
        version: dayName(entry.at),
      });
      before = null;
    }
    const note = noteOf(entry);
    const set = setOf(entry);
    if (note) rows.push({ key: `${entry.seq}`, kind: "note", text: note, entry, version: note });
    else if (set && sets.has(set)) sets.get(set).entries.push(entry);
    else {
      const row = {
        key: `${entry.seq}`,
        kind: "message",
        entries: [entry],
        first: !continues(before, entry),
      };
      rows.push(row);
      if (set) sets.set(set, row);
    }
    before = note ? null : entry;
  }
  return rows.map(withVersion);
}

// What a row looks like, except for 既読, which changes in place so that a playing video goes on.
function withVersion(row) {
  if (row.version) return row;
  const looks = row.entries.map(({ id, edited, message, content }) => [
    id,
    edited,
    message,
    content?.preparing,
    content?.url,
  ]);
  return { ...row, version: JSON.stringify([row.first, looks]) };
}
