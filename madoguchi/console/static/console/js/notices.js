// <notice-stack>: short words in the corner. Comes from the server as the htmx event `notice` ({text, kind, href, act}), or
// from a request that got no answer. Bad news stays until it is closed; good news goes by itself.
import { say as word } from "./words.js";

const ICONS = { shu: "warn", lamp: "info", matsu: "done", ai: "info" };

class NoticeStack extends HTMLElement {
  connectedCallback() {
    this.hear = (event) => this.add(event.detail);
    document.addEventListener("notice", this.hear);
  }

  disconnectedCallback() {
    document.removeEventListener("notice", this.hear);
  }

  add({ text, kind = "ai", href = "", act = "", stays = kind === "shu" }) {
    if ([...this.querySelectorAll("p")].some((said) => said.textContent === text)) return;
    const notice = this.querySelector("template").content.firstElementChild.cloneNode(true);
    notice.classList.add(`notice-${kind}`);
    const use = notice.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[kind] ?? "info"}`));
    notice.querySelector("p").textContent = text;
    const link = notice.querySelector("a");
    if (href) Object.assign(link, { href, textContent: act });
    else link.remove();
    this.append(notice);
    if (!stays) setTimeout(() => notice.remove(), 6000);
  }
}

customElements.define("notice-stack", NoticeStack);

function say(detail) {
  document.dispatchEvent(new CustomEvent("notice", { detail }));
}

// A pull that a hint caused is nobody's deed: the connection badge and the next pull speak for it.
const isPull = (event) => event.detail.requestConfig?.triggeringEvent?.type.startsWith("live:");

document.addEventListener("htmx:sendError", (event) => isPull(event) || say({ kind: "shu", text: word("サーバーにつながりません。入力した内容は残っています。つながってから、もう一度お試しください。") }));
document.addEventListener("htmx:responseError", (event) => {
  if (isPull(event)) return;
  const { status } = event.detail.xhr;
  if (status === 404 || status === 403) say({ kind: "lamp", text: word("この内容は、いまは開けません。ほかの人が担当しているか、なくなっています。") });
  else if (status >= 500) say({ kind: "shu", text: word("サーバーで問題が起きました。少し待ってから、もう一度お試しください。") });
});
