import { get } from "./api.js";
import { on } from "./live.js";

const AGAIN_MS = 1000;

/**
 * One friend's talk with one account, kept whole and in order. Tells by events: "change" (messages or read
 * state) and "loading" (`loadingUntil` moved). Live news carries whole messages; a gap in `seq` or a
 * reconnect pulls `/emu/thread` after the last number that is known without a hole.
 */
export class Thread extends EventTarget {
  constructor(userId, channelId) {
    super();
    Object.assign(this, {
      userId,
      channelId,
      bySeq: new Map(),
      readTo: 0,
      friendReadTo: 0,
      loadingUntil: 0,
      state: "none",
    });
  }

  open() {
    const mine = (hear) => (data) => {
      if (data.channelId === this.channelId && data.chatId === this.userId) hear(data);
    };
    this.offs = [
      on("catchup", () => this.catchUp()),
      on(
        "message",
        mine((data) => this.take(data.message)),
      ),
      on(
        "changed",
        mine((data) => this.take(data.message)),
      ),
      on(
        "read",
        mine((data) => this.tellRead(data)),
      ),
      on(
        "loading",
        mine((data) => this.setLoading(data.until)),
      ),
      on("friendship", (data) => {
        if (data.channelId === this.channelId && data.userId === this.userId) this.setState(data.state);
      }),
    ];
    this.catchUp();
  }

  close() {
    this.offs?.forEach((off) => off());
    this.offs = null;
  }

  /** Pulls until it succeeds or the talk is closed. */
  async catchUp() {
    await this.pull(true).catch(() => setTimeout(() => this.offs && this.catchUp(), AGAIN_MS));
  }

  get messages() {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  get wholeTo() {
    let seq = 0;
    while (this.bySeq.has(seq + 1)) seq += 1;
    return seq;
  }

  /** `anew` reads everything: what was unsent while we were away lies before the last number. */
  async pull(anew = false) {
    const said = await get("thread", {
      userId: this.userId,
      channelId: this.channelId,
      after: anew ? 0 : this.wholeTo,
    });
    for (const message of said.messages) this.bySeq.set(message.seq, message);
    Object.assign(this, { readTo: said.readTo, friendReadTo: said.friendReadTo, state: said.state });
    this.setLoading(said.loadingUntil ?? 0);
    this.dispatchEvent(new Event("change"));
  }

  take(message) {
    const hole = message.seq > this.wholeTo + 1;
    this.bySeq.set(message.seq, message);
    if (message.from === "account") this.setLoading(0);
    this.dispatchEvent(new Event("change"));
    if (hole) this.catchUp();
  }

  tellRead({ readTo, friendReadTo }) {
    Object.assign(this, { readTo, friendReadTo });
    for (const entry of this.bySeq.values()) {
      if (entry.from === "friend" && entry.seq <= readTo) entry.read = true;
    }
    this.dispatchEvent(new Event("change"));
  }

  setLoading(until) {
    this.loadingUntil = until ?? 0;
    this.dispatchEvent(new Event("loading"));
  }

  setState(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }

  find(messageId) {
    return this.messages.find((message) => message.id === messageId);
  }
}
