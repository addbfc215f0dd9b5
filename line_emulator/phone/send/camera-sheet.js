import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { sendPictures } from "../platform/media.js";
import { sampleNames, samplePicture, sampleThumbnail } from "./sample-pictures.js";

let taken = 0;

/** A camera that always sees one of the sample scenes: the shutter sends the picture. */
export function openCamera(from, talk) {
  const name = sampleNames[taken % sampleNames.length];
  openSheet(
    from,
    "カメラ",
    (close) => [
      h("div.viewfinder", {}, sampleThumbnail(name)),
      h("p.hint", {}, "練習用の電話なので、見本の景色が写ります。"),
      h("button.shutter", {
        type: "button",
        "aria-label": "撮って送る",
        onclick: async () => {
          taken += 1;
          const picture = await samplePicture(name);
          close();
          attempt(from, () => sendPictures(talk.who, [picture]));
        },
      }),
    ],
    { kind: "camera" },
  );
}
