// <message-list url="…" seen-url="…" data-live-topic="conversation-42">: pulls `url?after=<highest revision known>` on a hint and
// takes the messages it gets by id: a new one goes to its place in the order, a known one is drawn again where it stands.
import { token } from "./csrf.js";
import { markRuns } from "./message_runs.js";
import { ScrollHold } from "./scroll_hold.js";

const PAGE = 100;
const CERTAIN_WITHIN = 4000; // what is on its way is looked at again so often: after a minute the server says 不明, hint or no hint

class MessageList extends HTMLElement {
  connectedCallback() {
    this.stream = this.querySelector(".stream");
    this.inner = this.querySelector(".stream-inner");
    this.pill = this.querySelector(".stream-new");
    this.hold = new ScrollHold(this.stream, this.inner);
    this.topics = (this.dataset.liveTopic ?? "").split(/\s+/).filter(Boolean);
    this.hint = () => this.pull(); // hints only say that there is news
    this.look = () => this.markSeen();
    this.topics.forEach((topic) => document.body.addEventListener(`live:${topic}`, this.hint));
    document.addEventListener("visibilitychange", this.look);
    this.pill.addEventListener("click", () => { this.hold.toEnd(); this.stream.focus(); });
    this.stream.addEventListener("scroll", () => { if (this.hold.isAtEnd) { this.pill.hidden = true; this.markSeen(); } }, { passive: true });
    this.after = Number(this.getAttribute("after") ?? 0); // moved by pulls alone: an own reply or an older page may overtake news
    this.drawn();
    this.hold.toEnd();
    this.check = setInterval(() => this.queued.length && this.pull(Math.min(...this.queued) - 1), CERTAIN_WITHIN);
  }

  disconnectedCallback() {
    clearInterval(this.check);
    this.topics.forEach((topic) => document.body.removeEventListener(`live:${topic}`, this.hint));
    document.removeEventListener("visibilitychange", this.look);
    this.hold.stop();
  }

  get articles() {
    return [...this.inner.querySelectorAll(":scope > [data-order]")];
  }

  get queued() {
    return this.articles.filter((article) => article.dataset.state === "queued").map((article) => Number(article.dataset.revision));
  }

  // One pull at a time; a hint meanwhile means one more, so that the last hint is never lost.
  async pull(from = Infinity) {
    this.wanted = true;
    if (this.isPulling) return;
    this.isPulling = true;
    while (this.wanted && this.isConnected) {
      this.wanted = false;
      const { html, revision, state } = await this.fetch(`${this.getAttribute("url")}?after=${Math.min(from, this.after)}`);
      if (!this.isConnected) break;
      from = Infinity;
      if (html && this.take(html) >= PAGE) this.wanted = true;
      this.after = Math.max(this.after, revision);
      if (state !== undefined && state !== document.querySelector("#talk-state [name=version]")?.value) this.tellState(); // see views.talk.standing
    }
    this.isPulling = false;
  }

  async fetch(address) {
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "error" });
      const state = decodeURIComponent(answer.headers.get("X-State") ?? "");
      if (answer.ok) return { html: await answer.text(), revision: Number(answer.headers.get("X-Revision") ?? 0), state };
      if (answer.status === 404) this.gone();
      if (answer.status >= 500) setTimeout(() => this.pull(), 2000);
    } catch {
      if (document.documentElement.dataset.live === "open") setTimeout(() => this.pull(), 2000);
    }
    return { html: "", revision: 0 };
  }

  tellState() {
    const state = document.getElementById("talk-state");
    if (state) window.htmx?.trigger(state, "stale");
  }

  // Not this person's to read any more: nothing of it stays on the screen, and the state of the talk says why.
  gone() {
    this.inner.replaceChildren();
    this.tellState();
    this.remove();
  }

  // Numbers begin anew in each thread: what is known is looked for in this list alone, and only while it is on the page.
  take(html, { own = false } = {}) {
    if (!this.isConnected) return 0;
    const source = document.createElement("template");
    source.innerHTML = html;
    const taken = [...source.content.querySelectorAll("[data-order]")];
    const fresh = taken.filter((article) => !this.known(article));
    this.hold.around(() => { taken.forEach((article) => this.place(article)); markRuns(this.articles); });
    this.drawn(taken);
    if (own) this.hold.toEnd();
    else if (!this.hold.isAtEnd && fresh.some((article) => article === this.articles.at(-1))) this.pill.hidden = false;
    return taken.length;
  }

  known(article) {
    return this.inner.querySelector(`#${CSS.escape(article.id)}`);
  }

  place(article) {
    const known = this.known(article);
    const above = known ? null : this.articles.findLast((other) => other.dataset.order <= article.dataset.order);
    if (known) known.replaceWith(article);
    else if (above) above.after(article);
    else if (this.articles.length) this.articles[0].before(article);
    else this.inner.append(article);
    article.classList.toggle("is-fresh", !known);
    window.htmx?.process(article);
  }

  drawn(taken = []) {
    markRuns(this.articles);
    this.querySelector(".stream-empty")?.toggleAttribute("hidden", this.articles.length > 0);
    taken.filter((article) => article.dataset.key).forEach((article) => {
      document.dispatchEvent(new CustomEvent("message-arrived", { detail: { key: article.dataset.key } }));
    });
    this.markSeen();
  }

  // Read means that a person had it before the eyes: the tab in front and the stream at its end.
  markSeen() {
    const address = this.getAttribute("seen-url");
    if (!address || document.visibilityState !== "visible" || !this.hold.isAtEnd) return;
    const through = Math.max(0, ...this.articles.filter((article) => article.dataset.side === "friend").map((article) => Number(article.dataset.number)));
    if (through <= (this.seen ?? Number(this.getAttribute("seen") ?? 0))) return;
    this.seen = through;
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), "HX-Request": "true" }, body: new URLSearchParams({ number: through }) })
      .catch(() => { this.seen = undefined; });
  }
}

customElements.define("message-list", MessageList);
