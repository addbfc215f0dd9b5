import { h } from "../parts/dom.js";
import { iconButton } from "../parts/icon-button.js";
import { world } from "../platform/world.js";
import { faultSwitches } from "./fault-switches.js";
import { lastWebhook } from "./last-webhook.js";

function accountsOf(phone) {
  const known = [...world.accounts.values()];
  const met = known.filter((account) => (phone.friend?.accounts?.[account.channelId] ?? "none") !== "none");
  return met.length ? met : known;
}

function choice(phone, show) {
  const field = h(
    "select.field",
    { "aria-label": "アカウント", onchange: () => show(field.value) },
    accountsOf(phone).map((account) => h("option", { value: account.channelId }, account.name)),
  );
  const opened = phone.channelId ?? field.options[0]?.value;
  if (opened) field.value = opened;
  return field;
}

function draw(phone) {
  const body = h("div.drawer-body");
  let watch = null;
  const show = (channelId) => {
    watch?.stop();
    watch = lastWebhook({ userId: phone.userId, channelId });
    body.replaceChildren(watch.node, faultSwitches(channelId));
  };
  const field = choice(phone, show);
  if (field.value) show(field.value);
  else body.append(h("p.hint", {}, "アカウントがまだありません。"));
  const drawer = h(
    "aside.drawer",
    { "aria-label": `開発者のひきだし：${phone.friend?.displayName ?? ""}` },
    h(
      "header.drawer-head",
      {},
      field,
      iconButton("ひきだしを閉じる", "close", () => drawer.shut()),
    ),
    body,
  );
  drawer.shut = () => {
    watch?.stop();
    drawer.remove();
  };
  return drawer;
}

/** Opens or shuts the drawer over the upper part of a phone: the composer stays free to write with. */
export function toggleDrawer(phone) {
  const open = phone.querySelector(".drawer");
  if (open) {
    open.shut();
    return;
  }
  const drawer = draw(phone);
  phone.frame.append(drawer);
  drawer.querySelector("select").focus();
}
