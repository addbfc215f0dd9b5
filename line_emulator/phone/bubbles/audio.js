import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { length } from "../parts/times.js";

const BARS = 22;

function bars(seed) {
  const text = String(seed);
  return Array.from({ length: BARS }, (_, at) => {
    const level = 30 + ((text.charCodeAt(at % text.length) * 37 + at * 53) % 70);
    return h("i", { style: { height: `${level}%` } });
  });
}

/** A voice with its own small player: play, a wave that fills, the length. */
export function audioBubble({ id, message, content, from }) {
  const duration = message.duration ?? content?.duration ?? 0;
  const sound = new Audio();
  sound.preload = "none";
  sound.src = from === "friend" ? (content?.url ?? "") : message.originalContentUrl;
  const wave = h("span.wave", { "aria-hidden": "true" }, bars(id));
  const button = h("button.round", { type: "button" });
  const showState = () => {
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
    button.setAttribute(
      "aria-label",
      `ボイスメッセージ ${length(duration)} を${sound.paused ? "再生" : "一時停止"}`,
    );
  };
  button.addEventListener("click", () =>
    sound.paused
      ? sound.play().catch(() => {
          time.textContent = "再生不可";
        })
      : sound.pause(),
  );
  for (const change of ["play", "pause", "ended"]) sound.addEventListener(change, showState);
  sound.addEventListener("timeupdate", () => {
    const part = sound.currentTime / (sound.duration || duration / 1000 || 1);
    [...wave.children].forEach((bar, at) => bar.classList.toggle("past", at < part * BARS && !sound.ended));
  });
  const time = h("span.duration", {}, length(duration));
  showState();
  return h("div.bubble.voice", {}, button, wave, time);
}
