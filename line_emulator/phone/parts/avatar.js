import { h } from "./dom.js";

// A face without a picture: a colour of its own and the first letter, the same on every phone.
function hue(text) {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return sum;
}

function letterFace(name, seed) {
  return h(
    "span.avatar",
    { style: { "--hue": String(hue(seed || name)) }, "aria-hidden": "true" },
    [...name][0] ?? "?",
  );
}

/** The round picture of a friend or an account; decorative, since the name stands beside it. */
export function avatar({ name = "", pictureUrl, seed }) {
  if (!pictureUrl) return letterFace(name, seed);
  const image = h("img.avatar", { src: pictureUrl, alt: "" });
  image.addEventListener("error", () => image.replaceWith(letterFace(name, seed)), { once: true });
  return image;
}
