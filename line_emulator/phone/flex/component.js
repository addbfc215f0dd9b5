import { h } from "../parts/dom.js";
import { pressable } from "../bubbles/pressable.js";
import { flexBox } from "./box.js";
import { flexText } from "./text.js";
import { border, colour, pictureSize, ratio, said, textSize } from "./sizes.js";

const ends = { start: "flex-start", center: "center", end: "flex-end" };

function tappable(node, action, talk, style) {
  return action ? pressable("button.flex-tap", { label: "", ...action }, talk, node, { style }) : node;
}

function image(each, talk, layout, place) {
  const style = { ...place, "justify-content": ends[each.align] ?? "center" };
  const picture = h("img", {
    src: each.url,
    alt: each.action?.label ?? "",
    style: said({
      width: pictureSize(each.size ?? "md"),
      "aspect-ratio": ratio(each.aspectRatio),
      "background-color": colour(each.backgroundColor),
    }),
  });
  picture.style.objectFit = each.aspectMode === "cover" ? "cover" : "contain";
  const frame = h("div.flex-image", { style: each.action ? {} : style }, picture);
  return tappable(frame, each.action, talk, style);
}

function icon(each, talk, layout, place) {
  const size = textSize(each.size ?? "md");
  return h("img.flex-icon", {
    src: each.url,
    alt: "",
    style: { ...place, height: size, "aspect-ratio": ratio(each.aspectRatio) },
  });
}

function button(each, talk, layout, place) {
  const kind = each.style ?? "link";
  const paint = colour(each.color);
  const style = { ...place, ...said(kind === "link" ? { color: paint } : { "background-color": paint }) };
  const node = pressable("button.flex-button", each.action, talk, each.action.label, { style });
  node.dataset.style = kind;
  node.dataset.height = each.height ?? "md";
  return node;
}

function separator(each, talk, layout, place) {
  return h("div.flex-separator", {
    style: { ...place, ...said({ "background-color": colour(each.color) }) },
    data: { layout },
    role: "presentation",
  });
}

function video(each, talk) {
  return h("video.flex-video", {
    src: each.url,
    poster: each.previewUrl,
    controls: true,
    preload: "none",
    "aria-label": "動画",
    style: { "aspect-ratio": ratio(each.aspectRatio) },
  });
}

const drawn = {
  image,
  icon,
  button,
  separator,
  video,
  box: (each, talk, layout, place) => flexBox(each, talk, place),
  text: (each, talk, layout, place) =>
    tappable(flexText(each, each.action ? {} : place), each.action, talk, place),
  filler: (each, talk, layout, place) => h("span", { style: { ...place, flex: "1 1 0%" } }),
  spacer: (each) => h("span", { style: said({ height: border(each.size) }) }),
};

/** Any component of a box; what is unknown takes no room. */
export function component(each, talk, layout, place) {
  return drawn[each.type]?.(each, talk, layout, place) ?? null;
}
