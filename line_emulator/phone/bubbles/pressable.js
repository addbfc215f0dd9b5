import { h } from "../parts/dom.js";
import { isLines, phoneLink } from "./line-link.js";
import { perform } from "./perform.js";

const isWeb = (action) => action.type === "uri" && /^https?:/.test(action.uri ?? "") && !isLines(action.uri);

/**
 * A control that carries out an action object of a message. Web addresses become real links, all else a
 * button. `as`: "tap", or "quickReply" for one that goes with its tap.
 */
export function pressable(spec, action, talk, children, { as = "tap", style = {} } = {}) {
  const name = action.label
    ? {}
    : { "aria-label": action.text ?? action.displayText ?? action.uri ?? "アクション" };
  if (isWeb(action)) {
    const open = (node) => perform(node, action, talk, as);
    return phoneLink(spec.replace(/^\w+/, "a"), action.uri, open, children, { style, ...name });
  }
  return h(
    spec,
    {
      type: "button",
      style,
      ...name,
      data: { action: action.type },
      onclick: async (event) => {
        event.stopPropagation();
        const node = event.currentTarget;
        node.disabled = true;
        await perform(node, action, talk, as);
        node.disabled = false;
      },
    },
    children,
  );
}
