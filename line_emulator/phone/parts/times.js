// Clock and day words as a phone in Japan shows them.

const zone = { timeZone: "Asia/Tokyo" };
const clock = new Intl.DateTimeFormat("ja-JP", { ...zone, hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat("ja-JP", { ...zone, month: "numeric", day: "numeric", weekday: "short" });
const dayWithYear = new Intl.DateTimeFormat("ja-JP", {
  ...zone,
  year: "numeric",
  month: "numeric",
  day: "numeric",
  weekday: "short",
});
const key = new Intl.DateTimeFormat("sv-SE", zone);
const shortDay = new Intl.DateTimeFormat("ja-JP", { ...zone, month: "numeric", day: "numeric" });

export const clockTime = (ms) => clock.format(ms);
export const dayKey = (ms) => key.format(ms);

/** 今日 / 昨日 / 11月3日(火) / 2025年11月3日(月), for the separator between days. */
export function dayName(ms, now = Date.now()) {
  if (dayKey(ms) === dayKey(now)) return "今日";
  if (dayKey(ms) === dayKey(now - 86_400_000)) return "昨日";
  return dayKey(ms).slice(0, 4) === dayKey(now).slice(0, 4) ? day.format(ms) : dayWithYear.format(ms);
}

/** Beside a line of the chat list: the time of today, 昨日, or the date. */
export function listTime(ms, now = Date.now()) {
  if (dayKey(ms) === dayKey(now)) return clockTime(ms);
  return dayKey(ms) === dayKey(now - 86_400_000) ? "昨日" : shortDay.format(ms);
}

/** 65 000 ms -> "1:05". */
export function length(ms) {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
