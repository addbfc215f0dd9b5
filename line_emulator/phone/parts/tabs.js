import { h } from "./dom.js";

let count = 0;

/** Pages behind tabs: [[name, draw], …]; arrow keys move between them. */
export function tabs(label, pages, opened = 0) {
  const id = `tabs-${(count += 1)}`;
  const page = h("div.tab-page", { role: "tabpanel", id: `${id}-page`, tabindex: "0" });
  const show = (at, focus = false) => {
    buttons.forEach((button, each) => {
      button.setAttribute("aria-selected", String(each === at));
      button.tabIndex = each === at ? 0 : -1;
    });
    page.setAttribute("aria-labelledby", buttons[at].id);
    page.replaceChildren(pages[at][1]());
    if (focus) buttons[at].focus();
  };
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = buttons.indexOf(event.target);
    show((at + step + buttons.length) % buttons.length, true);
  };
  const buttons = pages.map(([name], at) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${id}-${at}`,
        "aria-controls": `${id}-page`,
        onclick: () => show(at),
      },
      name,
    ),
  );
  const node = h(
    "div.tabs",
    {},
    h("div.tab-row", { role: "tablist", "aria-label": label, onkeydown: move }, buttons),
    page,
  );
  show(opened);
  return node;
}
