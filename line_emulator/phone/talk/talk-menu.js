import { tell } from "../parts/dom.js";
import { openChoices } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { act } from "../platform/api.js";

/** The menu of a talk: profile, block or unblock. */
export function openTalkMenu(button, talk) {
  const { channelId } = talk.who;
  const screen = button.closest("talk-screen");
  const blocked = talk.thread.state === "blocked";
  openChoices(button, talk.account.name, [
    { label: "プロフィール", icon: "person", act: () => tell(screen, "phone:profile", { channelId }) },
    blocked
      ? { label: "ブロック解除", icon: "person", act: () => attempt(screen, () => act(talk.who, "unblock")) }
      : {
          label: "ブロック",
          icon: "block",
          danger: true,
          act: () => attempt(screen, () => act(talk.who, "block")),
        },
    { label: "開発者のひきだし", icon: "tools", act: () => tell(screen, "phone:developer") },
  ]);
}
