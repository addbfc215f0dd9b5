// <phone-preview>: an answer as a telephone shows it, sixteen signs wide, and how much of its screen that fills. Measured also
// while it is not shown. [data-previews="<id>"] shows and hides the one in the composer.
const SCREEN_LINES = 22; // of a common telephone, below LINE's head and above its keyboard row

class PhonePreview extends HTMLElement {
  show(text) {
    this.bubble = this.querySelector("[data-bubble]");
    this.bubble.textContent = text;
  }

  get lines() {
    const height = this.bubble?.getBoundingClientRect().height ?? 0;
    const line = this.bubble ? parseFloat(getComputedStyle(this.bubble).lineHeight) : 0;
    return line ? Math.max(1, Math.round(height / line)) : 0;
  }

  get screens() {
    return Math.ceil((this.lines / SCREEN_LINES) * 2) / 2; // to the half
  }
}

customElements.define("phone-preview", PhonePreview);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-previews]");
  const preview = button && document.getElementById(button.dataset.previews);
  if (!preview) return;
  button.closest("details")?.removeAttribute("open");
  preview.classList.toggle("is-measuring");
  button.setAttribute("aria-pressed", String(!preview.classList.contains("is-measuring")));
});
