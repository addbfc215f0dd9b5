import { h } from "../parts/dom.js";
import { avatar } from "../parts/avatar.js";

/** On a narrow window one phone is seen at a time: a button for each. */
export function phoneSwitcher(phones, show) {
  return phones.map((phone) => {
    const name = phone.friend?.displayName ?? "新しい電話";
    return h(
      "button.switch-phone",
      {
        type: "button",
        "aria-current": phone.hasAttribute("data-current") ? "true" : "false",
        onclick: () => show(phone),
      },
      avatar({ name, pictureUrl: phone.friend?.pictureUrl, seed: phone.userId }),
      h("span", {}, name),
    );
  });
}
