// <unread-title count="2">: the tab's title carries how many messages wait to be read, so that a hidden tab tells.
class UnreadTitle extends HTMLElement {
  connectedCallback() {
    const plain = document.title.replace(/^\(\d+\) /, "");
    const count = Number(this.getAttribute("count"));
    document.title = count ? `(${count}) ${plain}` : plain;
  }
}

customElements.define("unread-title", UnreadTitle);
