import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { attempt } from "../parts/toast.js";
import { sendPictures } from "../platform/media.js";
import { sampleNames, samplePicture, sampleThumbnail } from "./sample-pictures.js";

function fileCell(composer) {
  const field = h("input", {
    type: "file",
    accept: "image/*",
    multiple: true,
    "aria-label": "写真のファイルをえらぶ",
    onchange: () => {
      const pictures = [...field.files].map((file) => ({ blob: file, name: file.name }));
      if (pictures.length) attempt(composer, () => sendPictures(composer.talk.who, pictures));
      composer.openTray(null);
    },
  });
  return h("label.picture-cell.from-file", {}, icon("plus"), "ファイルから", field);
}

/** Sample pictures, chosen by number like in a phone's album; several go out as one image set. */
export function picturesTray(composer) {
  const chosen = [];
  const sendButton = h(
    "button.primary.wide",
    {
      type: "button",
      disabled: true,
      onclick: async () => {
        sendButton.disabled = true;
        const pictures = await Promise.all(chosen.map(samplePicture));
        composer.openTray(null);
        attempt(composer, () => sendPictures(composer.talk.who, pictures));
      },
    },
    "写真をえらんでください",
  );
  const cells = sampleNames.map((name) =>
    h(
      "button.picture-cell",
      {
        type: "button",
        "aria-label": name,
        "aria-pressed": "false",
        data: { name },
        onclick: () => choose(name),
      },
      sampleThumbnail(name),
      h("span.number", { "aria-hidden": "true" }),
    ),
  );
  const choose = (name) => {
    if (chosen.includes(name)) chosen.splice(chosen.indexOf(name), 1);
    else chosen.push(name);
    for (const cell of cells) {
      const at = chosen.indexOf(cell.dataset.name);
      cell.setAttribute("aria-pressed", String(at >= 0));
      cell.querySelector(".number").textContent = at >= 0 ? at + 1 : "";
    }
    sendButton.disabled = !chosen.length;
    sendButton.textContent = chosen.length ? `${chosen.length}枚を送る` : "写真をえらんでください";
  };
  return h(
    "div.pictures-tray",
    { role: "group", "aria-label": "写真をえらぶ" },
    h("div.picture-grid", {}, fileCell(composer), cells),
    sendButton,
  );
}
