import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { attempt } from "../parts/toast.js";
import { act } from "../platform/api.js";

function button(name, sign, talk, what) {
  return h(
    "button",
    { type: "button", onclick: (event) => attempt(event.currentTarget, () => act(talk.who, what)) },
    icon(sign),
    name,
  );
}

/** Over the talk: what can be done while the account is no friend yet, or is blocked. */
export function friendshipBar(talk) {
  if (talk.thread.state === "blocked") {
    return [
      h("p", {}, "このアカウントをブロックしています。"),
      button("ブロック解除", "person", talk, "unblock"),
    ];
  }
  if (talk.thread.state === "friend") return [];
  return [
    h("p", {}, "友だちに追加されていません。"),
    button("追加", "addFriend", talk, "follow"),
    button("ブロック", "block", talk, "block"),
  ];
}
