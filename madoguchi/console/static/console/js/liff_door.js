// Inside LINE: begin LINE's SDK, hand its raw ID token to the server, and go where the server says. Nothing the page could
// make up (a name, an id) is sent.
class LiffDoor extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[data-said]");
    this.querySelector("[data-again] button").addEventListener("click", () => location.reload());
    this.open().catch(() => this.give(this.dataset.broken));
  }

  async open() {
    const { liff } = window;
    if (!liff) throw new Error("no SDK");
    await liff.init({ liffId: this.getAttribute("liff-id") });
    if (!liff.isLoggedIn()) {
      liff.login({ redirectUri: location.href }); // another browser than LINE's own: back to this very survey
      return;
    }
    const token = liff.getIDToken();
    if (!token) throw new Error("no token");
    const from = new URLSearchParams(location.search).get("from") ?? "";
    const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams({ id_token: token, from }) });
    const told = await answer.json();
    if (told.address) location.replace(told.address);
    else this.give(told.sentence);
  }

  give(sentence) {
    this.said.textContent = sentence;
    for (const part of this.querySelectorAll("[data-else], [data-again]")) part.hidden = false;
  }
}

customElements.define("liff-door", LiffDoor);
