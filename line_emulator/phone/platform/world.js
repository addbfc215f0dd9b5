import { get, post } from "./api.js";
import { on } from "./live.js";

/** The accounts and the friends that the platform knows. Tells "change". */
class World extends EventTarget {
  accounts = new Map();
  friends = new Map();

  async load() {
    const [{ channels }, { friends }] = await Promise.all([get("channels"), get("friends")]);
    this.accounts = new Map(channels.map((each) => [each.channelId, each]));
    this.friends = new Map(friends.map((each) => [each.userId, each]));
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  follow() {
    on("catchup", () => this.load().catch(() => {}));
    on("reset", () => this.load().catch(() => {}));
    on("friend", (friend) => { this.friends.set(friend.userId, { ...this.friends.get(friend.userId), ...friend }); this.tell(); });
    on("channel", (account) => { this.accounts.set(account.channelId, { ...this.accounts.get(account.channelId), ...account }); this.tell(); });
    on("friendship", ({ userId, channelId, state }) => {
      const friend = this.friends.get(userId);
      if (friend) friend.accounts = { ...friend.accounts, [channelId]: state };
      this.tell();
    });
  }

  async newFriend(displayName) {
    const friend = await post("friends", { displayName });
    this.friends.set(friend.userId, friend);
    this.tell();
    return friend;
  }

  stateOf(userId, channelId) {
    return this.friends.get(userId)?.accounts?.[channelId] ?? "none";
  }
}

export const world = new World();
