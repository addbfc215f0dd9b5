import { h } from "../parts/dom.js";
import { avatar } from "../parts/avatar.js";

/** The account is writing: dots until its next message or until the time it asked for is over. */
export function loadingDots(talk) {
  const left = talk.thread.loadingUntil - Date.now();
  if (left <= 0) return null;
  const { name, pictureUrl, basicId } = talk.account;
  const node = h(
    "div.row.theirs.loading",
    { role: "status" },
    avatar({ name, pictureUrl, seed: basicId }),
    h("div.dots", { role: "img", "aria-label": `${name}が入力しています` }, h("i"), h("i"), h("i")),
  );
  setTimeout(() => node.remove(), left);
  return node;
}
