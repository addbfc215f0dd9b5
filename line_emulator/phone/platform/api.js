// The one place that speaks to the stand-in platform's control API.

async function call(method, path, body, headers = {}) {
  let answer;
  try {
    answer = await fetch(path, { method, body, headers, cache: "no-store" });
  } catch {
    throw new Error("電話の回線がつながりません");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(said.error ?? `HTTP ${answer.status}`), { status: answer.status });
  }
  return said;
}

const query = (fields) =>
  new URLSearchParams(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ).toString();

export const get = (path, fields = {}) => call("GET", `/emu/${path}?${query(fields)}`);

const asJson = { "Content-Type": "application/json" };

export const post = (path, body = {}) => call("POST", `/emu/${path}`, JSON.stringify(body), asJson);

export const patch = (path, body) => call("PATCH", `/emu/${path}`, JSON.stringify(body), asJson);

export const remove = (path) => call("DELETE", `/emu/${path}`);

/** A friend's act on the phone: act({userId, channelId}, "text", {text}) -> {messageId?, webhookEventId?}. */
export const act = (who, what, fields = {}) =>
  post("act", { userId: who.userId, channelId: who.channelId, do: what, ...fields });

/** Uploads a file or Blob, for pictures and voices too big for JSON -> {mediaId, contentType, size, fileName}. */
export const upload = (blob, fileName) =>
  call("POST", `/emu/media?${query({ fileName })}`, blob, {
    "Content-Type": (blob.type || "application/octet-stream").split(";")[0],
  });
