import { h } from "../parts/dom.js";
import { keep, setting } from "../parts/settings.js";

/** Whether Enter sends (Shift+Enter then breaks the line) or breaks the line (Ctrl+Enter then sends). */
export function enterSwitch() {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    checked: setting("enterSends", true),
    onchange: () => keep("enterSends", box.checked),
  });
  return h("label.switch", {}, box, h("span.switch-track", { "aria-hidden": "true" }), "Enterで送信");
}
