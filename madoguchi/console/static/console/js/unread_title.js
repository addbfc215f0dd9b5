// <unread-title waiting="2">: the tab's title carries how many wait and how much is unread in the own talks, and a bell while a
// grave sign calls, so that a hidden tab tells.
class UnreadTitle extends HTMLElement {
  connectedCallback() {
    this.draw = () => this.show();
    document.addEventListener("htmx:afterSettle", this.draw);
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterSettle", this.draw);
  }

  show() {
    const own = [...document.querySelectorAll("[data-my-talk][data-unread]")].map((talk) => Number(talk.dataset.unread));
    const count = own.reduce((sum, unread) => sum + unread, Number(this.getAttribute("waiting")));
    const title = `${this.hasAttribute("grave") ? "🔔 " : ""}${count ? `(${count}) ` : ""}${document.title.replace(/^(🔔 )?(\(\d+\) )?/u, "")}`;
    if (document.title !== title) document.title = title;
  }
}

customElements.define("unread-title", UnreadTitle);
