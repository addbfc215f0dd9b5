import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { openPlaces } from "./place-sheet.js";
import { openCamera } from "./camera-sheet.js";
import { openVoice } from "./voice-sheet.js";
import { openFiles } from "./file-sheet.js";
import { openVideos } from "./video-sheet.js";

/** The tray behind ＋. */
export function plusTray(composer) {
  const { talk } = composer;
  const over = (open) => () => {
    composer.openTray(null);
    open(composer, talk);
  };
  const tools = [
    ["写真", "picture", () => composer.openTray("pictures")],
    ["動画", "film", over(openVideos)],
    ["カメラ", "camera", over(openCamera)],
    ["ボイス", "mic", over(openVoice)],
    ["ファイル", "file", over(openFiles)],
    ["位置情報", "pin", over(openPlaces)],
    ["スタンプ", "sticker", () => composer.openTray("faces")],
  ];
  return h(
    "div.plus-tray",
    { role: "group", "aria-label": "送るもの" },
    tools.map(([name, sign, press]) =>
      h("button.plus-tool", { type: "button", onclick: press }, h("span", {}, icon(sign)), name),
    ),
  );
}
