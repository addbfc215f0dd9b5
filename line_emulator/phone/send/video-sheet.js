import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { sendMedia } from "../platform/media.js";
import { fileChoice, sampleChoice } from "./file-choice.js";

/** Sends a video: the platform's sample (also one that LINE needs time to prepare) or a file. */
export function openVideos(from, talk) {
  openSheet(from, "動画を送る", (close) => {
    const send = (blob, name, more) => {
      close();
      attempt(from, () => sendMedia(talk.who, "video", blob, name, more));
    };
    return h(
      "div.choices",
      {},
      sampleChoice("見本の動画", "すぐに届く", "film", () => send(null, null, {})),
      sampleChoice("見本の大きな動画", "LINE側の準備に5秒かかる", "film", () =>
        send(null, null, { preparingSeconds: 5 }),
      ),
      fileChoice("このパソコンの動画をえらぶ", "video/*", (file) => send(file, file.name, {})),
    );
  });
}
