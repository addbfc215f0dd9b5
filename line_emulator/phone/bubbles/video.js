import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { length } from "../parts/times.js";
import { act } from "../platform/api.js";

function finished(entry, talk) {
  const { trackingId } = entry.message;
  if (trackingId) act(talk.who, "videoPlayComplete", { trackingId }).catch(() => {});
}

function poster(entry) {
  return entry.from === "friend" ? entry.content?.previewUrl : entry.message.previewImageUrl;
}

/** A still picture with a play button; the video itself is only fetched when it is started. */
export function videoBubble(entry, talk) {
  const { message, content, from } = entry;
  const url = from === "friend" ? content?.url : message.originalContentUrl;
  const still = poster(entry);
  const box = h("div.bare.video");
  const start = () => {
    const video = h("video", {
      src: url,
      controls: true,
      playsinline: true,
      "aria-label": "動画",
      onended: () => finished(entry, talk),
    });
    video.addEventListener(
      "error",
      () => video.replaceWith(h("span.no-picture", {}, "動画を再生できません")),
      { once: true },
    );
    box.replaceChildren(video);
    video.play().catch(() => {});
  };
  const image = still && h("img", { src: still, alt: "" });
  image?.addEventListener("error", () => image.remove(), { once: true });
  const duration = message.duration ?? content?.duration;
  box.append(
    h(
      "button.poster",
      { type: "button", "aria-label": "動画を再生", onclick: start },
      image,
      h("span.play", {}, icon("play")),
      duration ? h("span.duration", {}, length(duration)) : null,
    ),
  );
  return box;
}
