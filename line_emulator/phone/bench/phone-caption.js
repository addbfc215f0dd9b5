import { h, tell } from "../parts/dom.js";
import { iconButton } from "../parts/icon-button.js";
import { avatar } from "../parts/avatar.js";

function tool(phone, name, sign, event) {
  return iconButton(name, sign, () => tell(phone, event), { title: name });
}

/** Over the frame: whose phone it is, and the few things that are not part of a phone. */
export function phoneCaption(phone) {
  const { friend } = phone;
  const name = friend?.displayName ?? "新しい電話";
  return [
    avatar({ name, pictureUrl: friend?.pictureUrl, seed: phone.userId }),
    h("h2", {}, name),
    friend ? tool(phone, "開発者のひきだし", "tools", "phone:developer") : null,
    friend ? tool(phone, "持ち主をかえる", "person", "phone:pick") : null,
    tool(phone, "この電話をしまう", "close", "bench:close"),
  ].filter(Boolean);
}
