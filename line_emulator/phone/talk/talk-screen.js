import { h, tell } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { iconButton } from "../parts/icon-button.js";
import { act } from "../platform/api.js";
import { Thread } from "../platform/thread.js";
import { world } from "../platform/world.js";
import { messageMenu } from "./message-menu.js";
import { friendshipBar } from "./friendship-bar.js";
import { openTalkMenu } from "./talk-menu.js";
import { openPlaces } from "../send/place-sheet.js";
import { openCamera } from "../send/camera-sheet.js";
import { openVoice } from "../send/voice-sheet.js";
import "./message-list.js";
import "../send/chat-composer.js";

/** One friend's talk with one account. `talk` = {who, friend, account, thread} is what its parts share. */
class TalkScreen extends HTMLElement {
  connectedCallback() {
    const { who } = this;
    this.thread = new Thread(who.userId, who.channelId);
    this.talk = {
      who,
      thread: this.thread,
      friend: world.friends.get(who.userId),
      account: world.accounts.get(who.channelId),
    };
    this.list = h("message-list");
    this.composer = h("chat-composer");
    this.composer.talk = this.talk;
    this.bar = h("div.friendship");
    this.append(this.head(), this.bar, this.list, this.composer);
    this.list.watch(this.talk);
    this.thread.addEventListener("change", () => this.changed());
    this.hear();
    this.thread.open();
  }

  disconnectedCallback() {
    this.thread.close();
    document.removeEventListener("visibilitychange", this.looked);
  }

  head() {
    const { name, channelId, verified } = this.talk.account;
    return h(
      "header.screen-head",
      {},
      iconButton("トーク一覧にもどる", "back", () => tell(this, "phone:home")),
      h(
        "button.talk-name",
        { type: "button", onclick: () => tell(this, "phone:profile", { channelId }) },
        verified === false
          ? null
          : h("span.official", { role: "img", "aria-label": "公式アカウント" }, icon("badge")),
        h("h1", {}, name),
      ),
      iconButton("トークのメニュー", "menu", (event) => openTalkMenu(event.currentTarget, this.talk)),
    );
  }

  changed() {
    this.list.show();
    if (this.thread.state === this.shownState) return;
    this.shownState = this.thread.state;
    this.bar.replaceChildren(...friendshipBar(this.talk));
    this.composer.hidden = this.thread.state === "blocked";
  }

  hear() {
    const hears = {
      "talk:menu": ({ entry }) => messageMenu(this, this.talk, entry, this.composer),
      "talk:fill": ({ text }) => this.composer.fill(text),
      "talk:pictures": () => this.composer.openTray("pictures"),
      "talk:camera": () => openCamera(this, this.talk),
      "talk:voice": () => openVoice(this, this.talk),
      "talk:place": () => openPlaces(this, this.talk),
      "talk:seen": () => this.seen(),
    };
    for (const [name, hear] of Object.entries(hears))
      this.addEventListener(name, (event) => hear(event.detail));
    this.looked = () => this.seen();
    document.addEventListener("visibilitychange", this.looked);
  }

  /** What is on the screen of an open phone counts as opened. */
  seen() {
    const lastTheirs = this.thread.messages.findLast((entry) => entry.from === "account")?.seq ?? 0;
    if (document.hidden || lastTheirs <= this.thread.friendReadTo || lastTheirs === this.toldRead) return;
    this.toldRead = lastTheirs;
    act(this.talk.who, "read").catch(() => {
      this.toldRead = 0;
    });
  }
}

customElements.define("talk-screen", TalkScreen);
