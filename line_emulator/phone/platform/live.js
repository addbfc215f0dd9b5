// One stream for the phones of this window and no others. What it says is only what happened since it opened:
// every (re)connect is followed by "catchup", on which each screen pulls what it missed.

const kinds = [
  "message",
  "changed",
  "read",
  "loading",
  "answered",
  "friendship",
  "friend",
  "channel",
  "reset",
];
const AGAIN_MS = 800;
const hearers = new Map();
const NOBODY = `U${"0".repeat(32)}`; // without any userId the stream would carry everybody's talks
let wanted = [];
let watched = [NOBODY];
let source = null;
let again = null;

function spread(kind, data) {
  for (const hear of hearers.get(kind) ?? []) hear(data);
}

function connect() {
  clearTimeout(again);
  source?.close();
  source = new EventSource(`/emu/live?${watched.map((userId) => `userId=${userId}`).join("&")}`);
  source.addEventListener("hello", () => {
    document.documentElement.dataset.line = "up";
    spread("catchup", {});
  });
  for (const kind of kinds) source.addEventListener(kind, (event) => spread(kind, JSON.parse(event.data)));
  source.addEventListener("error", () => {
    document.documentElement.dataset.line = "down";
    source.close(); // the browser's own retry waits longer and longer
    again = setTimeout(connect, AGAIN_MS);
  });
}

function change() {
  const before = watched.join();
  watched = wanted.length ? [...wanted].sort() : [NOBODY];
  if (source && watched.join() !== before) connect();
}

/** Whose phones lie on the table now; several calls at once are one change. */
export function watch(userIds) {
  wanted = userIds;
  queueMicrotask(change);
}

/** on("message", hear) -> off(). Kinds: those of /emu/live, and "catchup" after every (re)connect. */
export function on(kind, hear) {
  if (!source) {
    change();
    connect();
  }
  if (!hearers.has(kind)) hearers.set(kind, new Set());
  hearers.get(kind).add(hear);
  return () => hearers.get(kind).delete(hear);
}

/** Several at once: onAll({message: hear, read: hear}) -> off(). */
export function onAll(hears) {
  const offs = Object.entries(hears).map(([kind, hear]) => on(kind, hear));
  return () => offs.forEach((off) => off());
}

addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => {
  if (event.persisted && source) connect();
});
