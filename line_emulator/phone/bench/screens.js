import { h } from "../parts/dom.js";
import "../home/home-screen.js";
import "../home/add-screen.js";
import "../home/profile-screen.js";
import "../home/pick-screen.js";
import "../talk/talk-screen.js";

function made(tag, fields) {
  return Object.assign(h(tag), fields);
}

const who = (phone, { channelId }) => ({ userId: phone.userId, channelId });

/** What a phone can show: name -> (phone, detail) -> element. */
export const screens = {
  home: (phone) => made("home-screen", { friend: phone.friend }),
  open: (phone, detail) => made("talk-screen", { who: who(phone, detail) }),
  add: () => made("add-screen", {}),
  profile: (phone, detail) => made("profile-screen", { who: who(phone, detail) }),
  pick: () => made("pick-screen", {}),
};
