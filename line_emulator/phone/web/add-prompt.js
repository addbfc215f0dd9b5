import { h } from "../parts/dom.js";
import { avatar } from "../parts/avatar.js";
import { openSheet } from "../parts/sheet.js";
import { world } from "../platform/world.js";

function ask(from, { name, account }) {
  return new Promise((answer) => {
    const box = h("input", { type: "checkbox", role: "switch", checked: true });
    const open = (event) => {
      event.preventDefault();
      answer({ addFriend: box.checked });
      close();
    };
    const close = openSheet(
      from,
      `${name}をひらく`,
      () =>
        h(
          "form",
          { onsubmit: open },
          h(
            "div.add-prompt",
            {},
            avatar({ name: account.name, pictureUrl: account.pictureUrl, seed: account.basicId }),
            h("label.switch", {}, h("span", {}, `${account.name}を友だち追加`), box, h("span.switch-track")),
          ),
          h("p.hint", {}, "このページは、あなたの名前と写真を見られます。"),
          h("button.primary.wide", { type: "submit" }, "許可してひらく"),
        ),
      { closed: () => answer(null) },
    );
  });
}

/**
 * What an app asks before it opens, when it wants its account to be added and that is no friend yet ->
 * {addFriend}, or null when the person would rather not open it.
 */
export async function askToAdd(from, { name, botPrompt, channelId, isFriend }) {
  const account = world.accounts.get(channelId);
  return botPrompt === "none" || isFriend || !account ? {} : ask(from, { name, account });
}
