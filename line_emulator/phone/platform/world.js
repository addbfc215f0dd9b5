import { get, post } from "./api.js";
import { on, watch } from "./live.js";

const FIRST = 100;

// A friend whom the platform has forgotten is nobody; any other failure is no answer at all.
function gone(error) {
  if (error.status === 404 || error.status === 400) return null;
  throw error;
}

/** The accounts and the friends that the platform knows. Tells "change". */
class World extends EventTarget {
  accounts = new Map();
  friends = new Map();
  owners = [];
  turn = 0;

  /** Reads the accounts, the first friends, and `owners` by name: there may be a million friends. */
  async load(owners = this.owners) {
    this.owners = owners;
    const turn = (this.turn += 1);
    const known = new Set([...this.friends.keys(), ...this.accounts.keys()]);
    const one = (userId) => get(`friends/${encodeURIComponent(userId)}`).catch(gone);
    const [{ channels }, { friends }, ...own] = await Promise.all([
      get("channels"),
      get("friends", { limit: FIRST }),
      ...owners.map(one),
    ]);
    if (turn !== this.turn) return; // a later look has begun, and knows more
    const made = (all, id) => [...all.values()].filter((each) => !known.has(each[id])); // while this was under way
    const listed = (all, id) => new Map(all.map((each) => [each[id], each]));
    this.accounts = listed([...made(this.accounts, "channelId"), ...channels], "channelId");
    this.friends = listed([...made(this.friends, "userId"), ...friends, ...own.filter(Boolean)], "userId");
    this.tell();
  }

  /** Whose phones are shown: theirs is what the live stream carries. */
  own(userIds) {
    this.owners = userIds;
    watch(userIds);
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }

  follow() {
    on("catchup", () => this.load().catch(() => {}));
    on("reset", () => {
      this.friends.clear();
      this.load().catch(() => {});
    });
    on("friend", (friend) => {
      this.friends.set(friend.userId, { ...this.friends.get(friend.userId), ...friend });
      this.tell();
    });
    on("channel", (account) => {
      this.accounts.set(account.channelId, { ...this.accounts.get(account.channelId), ...account });
      this.tell();
    });
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
