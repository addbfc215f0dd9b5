import { h } from "./dom.js";
import { icon } from "./icons.js";
import { iconButton } from "./icon-button.js";

// A sheet belongs to one phone: the other phones stay usable, so it is no top-layer <dialog>
// but makes only its own screen inert.

function screenOf(node) {
  return node.closest(".phone-glass");
}

/** Opens a sheet over the phone that `from` is on; `fill(close)` gives its content. Returns close(). */
export function openSheet(from, title, fill, { kind = "", beside = [], closed = () => {} } = {}) {
  const glass = screenOf(from);
  const under = [...glass.children].filter((node) => !node.matches(".toast"));
  const hadFocus = document.activeElement;
  const wasInert = under.map((node) => node.inert);
  const close = () => {
    wrap.remove();
    document.removeEventListener("keydown", escape);
    under.forEach((node, index) => {
      node.inert = wasInert[index];
    });
    if (hadFocus?.isConnected) hadFocus.focus({ preventScroll: true });
    closed();
  };
  const panel = h(
    "section.sheet",
    { role: "dialog", "aria-modal": "true", "aria-label": title, tabindex: "-1" },
    h("header.sheet-head", {}, h("h2", {}, title), beside, iconButton("閉じる", "close", close)),
    h("div.sheet-body", {}, fill(close)),
  );
  const wrap = h("div.sheet-wrap", {}, h("div.scrim", { onclick: close }), panel);
  if (kind) panel.classList.add(kind);
  // on the document: a finger that opened the sheet has left the focus on nothing
  const escape = (event) => {
    const here = document.activeElement === document.body || wrap.contains(document.activeElement);
    if (!wrap.isConnected)
      document.removeEventListener("keydown", escape); // its screen has been left
    else if (event.key === "Escape" && here) close();
  };
  document.addEventListener("keydown", escape);
  under.forEach((node) => {
    node.inert = true;
  });
  glass.append(wrap);
  panel.focus({ preventScroll: true });
  return close;
}

/** A sheet of plain choices: [{label, icon, act, danger?}]. */
export function openChoices(from, title, choices) {
  return openSheet(from, title, (close) =>
    h(
      "div.choices",
      {},
      choices.map((choice) =>
        h(
          "button.choice",
          {
            type: "button",
            data: choice.danger ? { danger: "" } : {},
            onclick: () => {
              close();
              choice.act();
            },
          },
          icon(choice.icon),
          h("span", {}, choice.label),
        ),
      ),
    ),
  );
}
