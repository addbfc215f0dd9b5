import { get } from "./api.js";
import { onAll } from "./live.js";

const AGAIN_MS = 1000;
const MOST_TRIES = 5;

/**
 * One friend's talk with one account, kept whole and in order. Tells by events: "change" (messages or read
 * state) and "loading" (`loadingUntil` moved). Live news carries whole messages; a gap in `seq` or a
 * reconnect pulls the talk again.
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
      answeredTo: 0,
      state: "none",
      news: 0,
    });
  }

  open() {
    const mine = (hear) => (data) => {
      if (data.channelId !== this.channelId || (data.chatId ?? data.userId) !== this.userId) return;
      this.news += 1;
      hear(data);
    };
    this.off = onAll({
      catchup: () => this.catchUp(),
      message: mine((data) => this.take(data.message)),
      changed: mine((data) => this.take(data.message)),
      read: mine((data) => this.tellRead(data)),
      loading: mine((data) => this.setLoading(data.until)),
      answered: mine((data) => this.setAnswered(data.seq)),
      friendship: mine((data) => this.setState(data.state)),
    });
    this.catchUp();
  }

  close() {
    this.off?.();
    this.off = null;
  }

  /** Pulls until it succeeds or the talk is closed. */
  async catchUp() {
    await this.pull().catch(() => setTimeout(() => this.off && this.catchUp(), AGAIN_MS));
  }

  get messages() {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  get wholeTo() {
    let seq = 0;
    while (this.bySeq.has(seq + 1)) seq += 1;
    return seq;
  }

  /**
   * Reads the whole talk: what was unsent while we were away lies before the last number. An answer that live
   * news overtook is old (it would bring back what was just unsent) and is asked for again.
   */
  async pull(tries = MOST_TRIES) {
    const { userId, channelId, news } = this;
    const said = await get("thread", { userId, channelId });
    if (news !== this.news && tries > 1) {
      await this.pull(tries - 1);
      return;
    }
    for (const message of said.messages) this.bySeq.set(message.seq, message);
    Object.assign(this, { readTo: said.readTo, friendReadTo: said.friendReadTo, state: said.state });
    this.answeredTo = said.answeredTo ?? 0;
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

  /** Quick replies up to this message have been used, on this phone or another of the same person. */
  setAnswered(seq) {
    this.answeredTo = seq;
    this.dispatchEvent(new Event("change"));
  }

  setState(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }

  find(messageId) {
    return this.messages.find((message) => message.id === messageId);
  }
}
