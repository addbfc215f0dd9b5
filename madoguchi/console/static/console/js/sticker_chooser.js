// <sticker-chooser>: the first press chooses and shows the sticker large with its meaning, the second, on the button, sends.
class StickerChooser extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.addEventListener("change", () => this.show());
    this.form.addEventListener("reset", () => setTimeout(() => this.show()));
    this.form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful && event.target === this.form) this.form.reset();
    });
  }

  show() {
    const chosen = this.querySelector("input:checked")?.closest("label");
    const parts = chosen ? [...chosen.querySelectorAll("svg, span")].map((part) => part.cloneNode(true)) : [];
    this.querySelector("output").replaceChildren(...parts);
    this.querySelector("button[type=submit]").disabled = !chosen;
    this.toggleAttribute("chosen", Boolean(chosen));
  }
}

customElements.define("sticker-chooser", StickerChooser);
