import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";

function sizeName(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A file: its name and size, saved by a tap. */
export function fileBubble({ message, content }) {
  const name = message.fileName ?? content?.fileName ?? "ファイル";
  const size = message.fileSize ?? content?.size ?? 0;
  return h(
    "a.bubble.file",
    { href: content?.url, download: name, "aria-label": `ファイル ${name} を保存` },
    h("span.file-sign", {}, icon("file"), h("small", {}, name.split(".").at(-1).slice(0, 4))),
    h("span", {}, h("strong", {}, name), h("small", {}, `サイズ：${sizeName(size)}`)),
  );
}
