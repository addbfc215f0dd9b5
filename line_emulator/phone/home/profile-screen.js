import { h, tell } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { iconButton } from "../parts/icon-button.js";
import { avatar } from "../parts/avatar.js";
import { attempt } from "../parts/toast.js";
import { act } from "../platform/api.js";
import { world } from "../platform/world.js";

/** The page of an account, with what the friend can do: add, talk, block, unblock. */
class ProfileScreen extends HTMLElement {
  connectedCallback() {
    this.again = () => this.show();
    world.addEventListener("change", this.again);
    this.show();
  }

  disconnectedCallback() {
    world.removeEventListener("change", this.again);
  }

  buttons(state) {
    const { channelId } = this.who;
    const does = (name, sign, what, after = () => {}, kind = "") =>
      h(
        `button.profile-act${kind}`,
        {
          type: "button",
          onclick: async () => {
            if (await attempt(this, () => act(this.who, what))) after();
          },
        },
        icon(sign),
        name,
      );
    const open = () => tell(this, "phone:open", { channelId });
    const talk = h("button.profile-act", { type: "button", onclick: open }, icon("talk"), "トーク");
    if (state === "friend") return [talk, does("ブロック", "block", "block", undefined, ".danger")];
    if (state === "blocked") return [does("ブロック解除", "person", "unblock")];
    return [does("追加", "addFriend", "follow", open, ".main"), talk];
  }

  show() {
    const account = world.accounts.get(this.who.channelId);
    const state = world.stateOf(this.who.userId, this.who.channelId);
    const words = { friend: "友だちです", blocked: "ブロックしています", none: "まだ友だちではありません" };
    this.replaceChildren(
      h(
        "header.screen-head.over",
        {},
        iconButton("もどる", "back", () => tell(this, "phone:home")),
      ),
      h(
        "div.screen-body.profile",
        {},
        h("div.profile-cover", { "aria-hidden": "true" }),
        avatar({ name: account.name, pictureUrl: account.pictureUrl, seed: account.basicId }),
        h("h1", {}, account.name),
        h("p.basic-id", {}, account.basicId),
        h("p.hint", { role: "status" }, words[state]),
        h("div.profile-acts", {}, this.buttons(state)),
      ),
    );
  }
}

customElements.define("profile-screen", ProfileScreen);
