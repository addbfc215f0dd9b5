// <picture-chooser>: shows what will be sent before it is sent, and lets it be taken back. LINE takes JPEG and PNG up to 10 MB.
import { say } from "./words.js";

class PictureChooser extends HTMLElement {
  connectedCallback() {
    this.input = this.closest("form").querySelector('input[type="file"]');
    this.input.addEventListener("change", () => this.show());
    this.closest("form").addEventListener("reset", () => setTimeout(() => this.show()));
    this.closest("form").addEventListener("paste", (event) => this.take(event.clipboardData?.files, event));
    this.querySelector("button").addEventListener("click", () => { this.input.value = ""; this.show(); this.input.focus(); });
  }

  take(files, event) {
    if (!files?.length || !files[0].type.startsWith("image/")) return;
    event.preventDefault();
    this.input.files = files;
    this.show();
  }

  show() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
    const file = this.input.files[0];
    this.hidden = !file;
    if (!file) return;
    const tooBig = file.size > Number(this.input.dataset.limit);
    this.address = tooBig ? "" : URL.createObjectURL(file);
    this.querySelector("img").src = this.address;
    this.querySelector("span").textContent = tooBig ? say("画像が大きすぎます(10 MBまで)。小さくして選び直してください。") : say("この画像を送ります({n} KB)", { n: Math.ceil(file.size / 1024) });
    this.input.setCustomValidity(tooBig ? say("10 MBまでの画像を選んでください。") : "");
    this.dispatchEvent(new CustomEvent("input", { bubbles: true }));
  }

  disconnectedCallback() {
    if (this.address) URL.revokeObjectURL(this.address);
  }
}

customElements.define("picture-chooser", PictureChooser);
