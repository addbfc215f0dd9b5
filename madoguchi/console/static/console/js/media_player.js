// <media-player>: a voice or video shows how long it is and waits for a press; its own controls come with the sound, because before
// nothing of it is fetched (opening it stands in the log) and they would say 0:00.
class MediaPlayer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.media = this.querySelector("video, audio");
    this.button.hidden = false;
    this.media.hidden = true;
    this.button.addEventListener("click", () => this.play());
  }

  play() {
    this.button.hidden = true;
    this.media.hidden = false;
    this.media.focus();
    this.media.play().catch(() => {}); // its own controls say why
  }
}

customElements.define("media-player", MediaPlayer);
