import { H, W, scenes } from "./sample-scenes.js";

// Pictures to send when none is at hand.

function paint(name) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: W, height: H });
  scenes[name](canvas.getContext("2d"));
  return canvas;
}

export const sampleNames = Object.keys(scenes);

/** A sample as JPEG -> {blob, name}. */
export function samplePicture(name) {
  return new Promise((done) =>
    paint(name).toBlob((blob) => done({ blob, name: `${name}.jpg` }), "image/jpeg", 0.86),
  );
}

/** A sample as a canvas to show in the tray. */
export const sampleThumbnail = paint;
