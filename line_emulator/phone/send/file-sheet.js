import { h } from "../parts/dom.js";
import { openSheet } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { sendMedia } from "../platform/media.js";
import { fileChoice, sampleChoice } from "./file-choice.js";

const samples = [
  [
    "そうだんメモ.txt",
    "text/plain",
    "朝になるとおなかがいたくなります。\nだれに話したらいいかわかりません。\n",
  ],
  ["学校の予定.csv", "text/csv", "日付,予定\n11/24,三者面談\n11/28,音楽会\n"],
];

/** Sends a file: one of this computer, or a small sample. */
export function openFiles(from, talk) {
  openSheet(from, "ファイルを送る", (close) => {
    const send = (blob, name) => {
      close();
      attempt(from, () => sendMedia(talk.who, "file", blob, name));
    };
    return h(
      "div.choices",
      {},
      samples.map(([name, type, text]) =>
        sampleChoice(name, "見本", "file", () => send(new Blob([text], { type }), name)),
      ),
      fileChoice("このパソコンのファイルをえらぶ", "", (file) => send(file, file.name)),
    );
  });
}
