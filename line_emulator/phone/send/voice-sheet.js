import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { attempt, toast } from "../parts/toast.js";
import { sendMedia } from "../platform/media.js";
import { fileChoice, sampleChoice } from "./file-choice.js";
import { startRecording } from "./recording.js";

function recorder(send, from) {
  let recording = null;
  const button = h("button.record", {
    type: "button",
    "aria-pressed": "false",
    "aria-label": "録音する",
    onclick: press,
  });
  const words = h("p.hint", { role: "status" }, "押すと録音、もう一度押すと送信します。");
  async function press() {
    if (recording) {
      const { blob, duration } = await recording.stop();
      send(blob, "voice.m4a", { duration });
      return;
    }
    recording = await startRecording().catch(() => null);
    if (!recording) {
      toast(from, "マイクが使えません。見本の声を送れます。");
      return;
    }
    button.setAttribute("aria-pressed", "true");
    button.setAttribute("aria-label", "録音をやめて送る");
    words.textContent = "録音しています…";
  }
  return { nodes: [button, words], stop: () => recording?.stop() };
}

/** Sends a voice: recorded here, a sample, or a file. */
export function openVoice(from, talk) {
  let recording = null;
  openSheet(
    from,
    "ボイスメッセージ",
    (close) => {
      const send = (blob, name, more) => {
        close();
        attempt(from, () => sendMedia(talk.who, "audio", blob, name, more));
      };
      recording = recorder(send, from);
      return [
        h("div.recorder", {}, recording.nodes),
        h(
          "div.choices",
          {},
          sampleChoice("見本の声", "4秒", "mic", () => send(null, null, { duration: 4000 })),
          fileChoice("このパソコンの音声をえらぶ", "audio/*", (file) => send(file, file.name, {})),
        ),
      ];
    },
    { closed: () => recording?.stop() },
  );
}
