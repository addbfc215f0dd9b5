import { h } from "../parts/dom.js";
import { perform } from "./perform.js";

const isWeb = (action) =>
  action.type === "uri" && /^https?:/.test(action.uri ?? "") && !/^https:\/\/line\.me\/R\//.test(action.uri);

/**
 * A control that carries out an action object of a message. Web addresses become real links, all else a
 * button. `as`: "tap", or "quickReply" for one that goes with its tap.
 */
export function pressable(spec, action, talk, children, { as = "tap", style = {} } = {}) {
  const name = action.label
    ? {}
    : { "aria-label": action.text ?? action.displayText ?? action.uri ?? "アクション" };
  if (isWeb(action)) {
    return h(
      spec.replace(/^\w+/, "a"),
      {
        href: action.uri,
        target: "_blank",
        rel: "noopener noreferrer",
        style,
        ...name,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of this computer's own browser
          event.preventDefault();
          perform(event.currentTarget, action, talk, as);
        },
      },
      children,
    );
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
