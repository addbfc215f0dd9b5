import { h, tell } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { iconButton } from "../parts/icon-button.js";
import { avatar } from "../parts/avatar.js";
import { attempt } from "../parts/toast.js";
import { listTime } from "../parts/times.js";
import { gistOf } from "../bubbles/gist.js";
import { get } from "../platform/api.js";
import { onAll } from "../platform/live.js";
import { openPhoneMenu } from "./phone-menu.js";

function line(chat, node) {
  const blocked = chat.state === "blocked" ? h("span.state", {}, "ブロック中") : null;
  const unread = chat.unread
    ? h(
        "span.unread",
        { role: "img", "aria-label": `未読${chat.unread}件` },
        chat.unread > 99 ? "99+" : String(chat.unread),
      )
    : null;
  return h(
    "li",
    {},
    h(
      "button.chat",
      { type: "button", onclick: () => tell(node, "phone:open", { channelId: chat.channelId }) },
      avatar({ name: chat.name, pictureUrl: chat.pictureUrl, seed: chat.basicId }),
      h("span.chat-words", {}, h("strong", {}, chat.name), h("span.gist", {}, gistOf(chat.last))),
      h("span.chat-side", {}, chat.last ? h("time", {}, listTime(chat.last.at)) : null, unread, blocked),
    ),
  );
}

function empty(node) {
  return h(
    "div.empty",
    {},
    h("span.empty-sign", {}, icon("addFriend")),
    h("p", {}, "まだトークがありません。", h("br"), "窓口のアカウントを友だちに追加しましょう。"),
    h("button.primary", { type: "button", onclick: () => tell(node, "phone:add") }, "友だちを追加"),
  );
}

/** The list of talks of one friend, newest first. */
class HomeScreen extends HTMLElement {
  connectedCallback() {
    this.body = h("div.screen-body", { "aria-busy": "true" });
    this.append(
      h(
        "header.screen-head.home-head",
        {},
        h("h1", {}, "トーク"),
        iconButton("この電話のメニュー", "more", (event) => openPhoneMenu(event.currentTarget)),
        iconButton("友だちを追加", "addFriend", () => tell(this, "phone:add")),
      ),
      this.body,
    );
    const again = () => this.show();
    this.off = onAll({
      catchup: again,
      message: (data) => data.chatId === this.friend.userId && again(),
      changed: again,
      read: again,
      friendship: (data) => data.userId === this.friend.userId && again(),
      channel: again,
    });
    this.show();
  }

  disconnectedCallback() {
    this.off();
  }

  async show() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const said = await attempt(this, () => get("chats", { userId: this.friend.userId }));
    if (!said || turn !== this.turn) return; // a later look has begun
    this.body.setAttribute("aria-busy", "false");
    this.body.replaceChildren(
      said.chats.length
        ? h(
            "ul.chats",
            { "aria-label": "トーク一覧" },
            said.chats.map((chat) => line(chat, this)),
          )
        : empty(this),
    );
  }
}

customElements.define("home-screen", HomeScreen);
