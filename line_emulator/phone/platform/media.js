import { act, upload } from "./api.js";

function newSetId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

/** Sends one picture, video, voice or file: `blob` with its name, or null for the platform's own sample. */
export async function sendMedia(who, kind, blob, fileName, more = {}) {
  if (!blob) return act(who, kind, more);
  const { mediaId, contentType } = await upload(blob, fileName);
  return act(who, kind, { mediaId, contentType, fileName, ...more });
}

/** Several pictures chosen at once arrive as one image set, in the order they were chosen. */
export async function sendPictures(who, pictures) {
  if (pictures.length === 1) return sendMedia(who, "image", pictures[0].blob, pictures[0].name);
  const id = newSetId();
  for (const [at, { blob, name }] of pictures.entries()) {
    await sendMedia(who, "image", blob, name, { imageSet: { id, index: at + 1, total: pictures.length } });
  }
  return null;
}
