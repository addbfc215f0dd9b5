import { h, tell } from "../parts/dom.js";
import { iconButton } from "../parts/icon-button.js";
import { avatar } from "../parts/avatar.js";
import { attempt } from "../parts/toast.js";
import { tabs } from "../parts/tabs.js";
import { get } from "../platform/api.js";
import { world } from "../platform/world.js";

/** A link, or an id with or without its @, as the platform's look-up wants it. */
function asLink(words) {
  const text = words.trim();
  return /^(https?:|line:)/.test(text) ? text : `https://line.me/R/ti/p/@${text.replace(/^@/, "")}`;
}

/** A poster's or a letter's link that is no account's: it opens in the phone's browser. */
const isPage = (words) => /^https?:\/\//.test(words.trim()) && !/^https?:\/\/line\.me\/R\//.test(words.trim());

function lookUp(node, label, hint, kind) {
  const field = h("input.field", {
    type: "text",
    required: true,
    placeholder: hint,
    inputmode: kind,
    autocomplete: "off",
    spellcheck: "false",
  });
  return h(
    "form.look-up",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        if (isPage(field.value)) return tell(node, "phone:web", { uri: field.value.trim() });
        const found = await attempt(node, () => get("resolve", { link: asLink(field.value) }));
        return found && tell(node, "phone:profile", { channelId: found.channelId });
      },
    },
    h("label", {}, label, field),
    h("button.primary.wide", { type: "submit" }, "さがす"),
  );
}

function qrCard(node, account) {
  return h(
    "button.qr-card",
    {
      type: "button",
      "aria-label": `${account.name}のQRコードを読み取る`,
      onclick: () => tell(node, "phone:profile", { channelId: account.channelId }),
    },
    h("img", { src: `/qr/${encodeURIComponent(account.basicId).replace("%40", "@")}.svg`, alt: "" }),
    h("strong", {}, account.name),
    h("small", {}, account.basicId),
  );
}

function listed(node, account) {
  return h(
    "button.chat",
    { type: "button", onclick: () => tell(node, "phone:profile", { channelId: account.channelId }) },
    avatar({ name: account.name, pictureUrl: account.pictureUrl, seed: account.basicId }),
    h("span.chat-words", {}, h("strong", {}, account.name), h("span.gist", {}, account.basicId)),
  );
}

function withAccounts(draw) {
  const accounts = [...world.accounts.values()];
  return accounts.length
    ? draw(accounts)
    : h("p.hint", {}, "アカウントがまだありません。窓口でLINE公式アカウントをつなぐと、ここに出ます。");
}

/** Adding an account: by QR code, by link, by id, or from the list of all. */
class AddScreen extends HTMLElement {
  connectedCallback() {
    this.append(
      h(
        "header.screen-head",
        {},
        iconButton("もどる", "back", () => tell(this, "phone:home")),
        h("h1", {}, "友だち追加"),
      ),
      h(
        "div.screen-body",
        {},
        tabs("友だち追加の方法", [
          [
            "QRコード",
            () =>
              withAccounts((all) =>
                h(
                  "div.qr-cards",
                  {},
                  all.map((account) => qrCard(this, account)),
                ),
              ),
          ],
          ["リンク", () => lookUp(this, "友だち追加のリンク（ポスターやチラシのリンクもひらけます）", "https://line.me/R/ti/p/@…", "url")],
          ["ID", () => lookUp(this, "アカウントのID", "@madoguchi", "text")],
          [
            "一覧",
            () =>
              withAccounts((all) =>
                h(
                  "div.listed",
                  {},
                  all.map((account) => listed(this, account)),
                ),
              ),
          ],
        ]),
      ),
    );
  }
}

customElements.define("add-screen", AddScreen);
