import { h } from "../parts/dom.js";
import { pressable } from "./pressable.js";

function actionButtons(actions, talk) {
  return h(
    "div.template-actions",
    {},
    actions.map((action) => pressable("button.template-action", action, talk, action.label)),
  );
}

function thumbnail({ thumbnailImageUrl, imageBackgroundColor, defaultAction }, style, talk) {
  if (!thumbnailImageUrl) return null;
  const image = h("img", {
    src: thumbnailImageUrl,
    alt: "",
    style: { "background-color": imageBackgroundColor ?? "#fff" },
  });
  image.addEventListener("error", () => image.replaceWith(h("span.no-picture", {}, "画像を表示できません")), {
    once: true,
  });
  const place = {
    "data-shape": style.imageAspectRatio ?? "rectangle",
    "data-fit": style.imageSize ?? "cover",
  };
  const frame = h("div.template-picture", place, image);
  return defaultAction
    ? pressable("button.template-default", { label: "", ...defaultAction }, talk, frame)
    : frame;
}

function card(column, style, talk) {
  return h(
    "article.template-card",
    {},
    thumbnail(column, style, talk),
    h("div.template-words", {}, column.title ? h("h3", {}, column.title) : null, h("p", {}, column.text)),
    actionButtons(column.actions, talk),
  );
}

function confirm({ text, actions }, talk) {
  return h(
    "div.bare.template.confirm",
    {},
    h(
      "article.template-card",
      {},
      h("div.template-words", {}, h("p", {}, text)),
      actionButtons(actions, talk),
    ),
  );
}

function carousel(template, talk) {
  return h(
    "div.bare.template.carousel",
    { role: "group", "aria-label": `カード${template.columns.length}枚`, tabindex: "0" },
    template.columns.map((column) => card(column, template, talk)),
  );
}

function imageCarousel({ columns }, talk) {
  return h(
    "div.bare.template.carousel",
    { role: "group", "aria-label": `写真のカード${columns.length}枚`, tabindex: "0" },
    columns.map(({ imageUrl, action }) =>
      pressable("button.image-column", action, talk, [
        h("img", { src: imageUrl, alt: "" }),
        action.label ? h("span", {}, action.label) : null,
      ]),
    ),
  );
}

const kinds = {
  confirm,
  carousel,
  image_carousel: imageCarousel,
  buttons: (template, talk) => h("div.bare.template", {}, card(template, template, talk)),
};

/** Buttons, confirm, carousel and image carousel. */
export function templateBubble({ message }, talk) {
  const kind = kinds[message.template?.type];
  return kind
    ? kind(message.template, talk)
    : h("div.bubble.unknown", {}, message.altText ?? "表示できないメッセージ");
}
