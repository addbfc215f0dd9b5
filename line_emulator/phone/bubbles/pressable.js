import { h } from "../parts/dom.js";
import { perform } from "./perform.js";

const isWeb = (action) =>
  action.type === "uri" && /^https?:/.test(action.uri ?? "") && !/^https:\/\/line\.me\/R\//.test(action.uri);

/**
 * A control that carries out an action object of a message. Web addresses become real links, all else a
 * button. `done(node)` runs after the act.
 */
export function pressable(spec, action, talk, children, { done = () => {}, style = {} } = {}) {
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
        onclick: (event) => done(event.currentTarget),
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
        if (await perform(node, action, talk)) done(node);
        node.disabled = false;
      },
    },
    children,
  );
}
