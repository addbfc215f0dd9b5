// <notice-stack>: short words in the corner. Comes from the server as the htmx event `notice` ({text, kind, href, act}), or
// from a request that got no answer. Bad news stays until it is closed, or, when it is about the connection, until the server
// is heard again; good news goes by itself.
import { say as word } from "./words.js";

const ICONS = { shu: "warn", lamp: "info", matsu: "done", ai: "info" };

class NoticeStack extends HTMLElement {
  connectedCallback() {
    this.hear = (event) => this.add(event.detail);
    this.back = ({ type, detail }) => { if (type === "live-state" ? detail === "open" : detail.successful) this.connected(); };
    document.addEventListener("notice", this.hear);
    for (const name of ["live-state", "htmx:afterRequest"]) document.addEventListener(name, this.back);
  }

  disconnectedCallback() {
    document.removeEventListener("notice", this.hear);
    for (const name of ["live-state", "htmx:afterRequest"]) document.removeEventListener(name, this.back);
  }

  connected() {
    const said = this.querySelectorAll("[data-about=connection]");
    said.forEach((notice) => notice.remove());
    if (said.length) this.add({ kind: "matsu", text: word("サーバーにつながりました。") });
  }

  add({ text, kind = "ai", href = "", act = "", about = "", stays = kind === "shu" }) {
    if ([...this.querySelectorAll("p")].some((said) => said.textContent === text)) return;
    const notice = this.querySelector("template").content.firstElementChild.cloneNode(true);
    notice.classList.add(`notice-${kind}`);
    if (about) notice.dataset.about = about;
    const use = notice.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[kind] ?? "info"}`));
    notice.querySelector("p").textContent = text;
    const link = notice.querySelector("a");
    if (href) Object.assign(link, { href, textContent: act });
    else link.remove();
    this.append(notice);
    if (!stays) setTimeout(() => notice.remove(), 6000);
    if (about === "connection") this.ask();
  }

  // A short absence may have left the stream of hints untouched: then nothing else would tell that the server is back.
  ask() {
    setTimeout(async () => {
      if (!this.querySelector("[data-about=connection]")) return;
      const answer = await fetch("/health", { cache: "no-store" }).catch(() => null);
      if (answer?.ok) this.connected();
      else this.ask();
    }, 3000);
  }
}

customElements.define("notice-stack", NoticeStack);

// A pull that a hint caused is nobody's deed: the connection badge and the next pull speak for it.
const isPull = ({ triggeringEvent } = {}) => triggeringEvent?.type.startsWith("live:");

// What to say of a request that failed; null: nothing, because its answer says it or it was nobody's deed.
export function whyFailed({ xhr, requestConfig }) {
  if (isPull(requestConfig)) return null;
  if (!xhr.status) return { kind: "shu", about: "connection", text: word("サーバーにつながりません。入力した内容は残っています。つながってから、もう一度お試しください。") };
  if (xhr.status === 404 || xhr.status === 403) return { kind: "lamp", text: word("この内容は、いまは開けません。ほかの人が担当しているか、なくなっています。") };
  if (xhr.status >= 500) return { kind: "shu", text: word("サーバーで問題が起きました。少し待ってから、もう一度お試しください。") };
  return null;
}

export function say(detail) {
  if (detail) document.dispatchEvent(new CustomEvent("notice", { detail }));
}

for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(failed, ({ detail }) => say(whyFailed(detail)));
