import { h, tell } from "../parts/dom.js";
import { avatar } from "../parts/avatar.js";
import { attempt } from "../parts/toast.js";
import { world } from "../platform/world.js";

const names = ["はると", "ゆい", "あおい", "みお", "そうた", "りん", "さくらの母", "けんじ"];

function suggestion() {
  const used = new Set([...world.friends.values()].map((friend) => friend.displayName));
  const others = document.querySelectorAll("pick-screen").length - 1;
  return names.filter((name) => !used.has(name))[Math.max(0, others)] ?? "";
}

/** Whose phone this is: one of the friends, or someone new. */
class PickScreen extends HTMLElement {
  connectedCallback() {
    this.again = () => this.showFriends();
    world.addEventListener("change", this.again);
    this.name = h("input.field", {
      type: "text",
      maxlength: "20",
      required: true,
      value: suggestion(),
      autocomplete: "off",
    });
    this.friends = h("div.listed");
    this.append(
      h("header.screen-head.home-head", {}, h("h1", {}, "だれの電話？")),
      h(
        "div.screen-body.pick",
        {},
        h(
          "form.look-up",
          {
            onsubmit: (event) => {
              event.preventDefault();
              this.create();
            },
          },
          h("label", {}, "新しい人の名前", this.name),
          h("button.primary.wide", { type: "submit" }, "この名前ではじめる"),
        ),
        this.friends,
      ),
    );
    this.showFriends();
    attempt(this, () => world.load());
  }

  disconnectedCallback() {
    world.removeEventListener("change", this.again);
  }

  async create() {
    const friend = await attempt(this, () => world.newFriend(this.name.value.trim()));
    if (friend) tell(this, "phone:own", { userId: friend.userId });
  }

  showFriends() {
    const all = [...world.friends.values()].slice(0, 100);
    if (all.some((friend) => friend.displayName === this.name.value)) this.name.value = suggestion();
    this.friends.replaceChildren(
      ...(all.length ? [h("h2", {}, "いる人からえらぶ")] : []),
      ...all.map((friend) =>
        h(
          "button.chat",
          { type: "button", onclick: () => tell(this, "phone:own", { userId: friend.userId }) },
          avatar({ name: friend.displayName, pictureUrl: friend.pictureUrl, seed: friend.userId }),
          h(
            "span.chat-words",
            {},
            h("strong", {}, friend.displayName),
            h("span.gist", {}, friend.statusMessage ?? ""),
          ),
        ),
      ),
    );
  }
}

customElements.define("pick-screen", PickScreen);
