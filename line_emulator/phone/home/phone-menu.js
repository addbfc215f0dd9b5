import { tell } from "../parts/dom.js";
import { openChoices } from "../parts/sheet.js";

/** What can be done with the phone itself. */
export function openPhoneMenu(button) {
  const phone = button.closest("line-phone");
  const choice = (label, icon, event) => ({ label, icon, act: () => tell(phone, event) });
  openChoices(button, "この電話", [
    choice("持ち主をかえる", "person", "phone:pick"),
    choice("開発者のひきだし", "tools", "phone:developer"),
    choice("この電話をしまう", "close", "bench:close"),
  ]);
}
