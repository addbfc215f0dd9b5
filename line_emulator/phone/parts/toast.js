import { h } from "./dom.js";
import { inWords } from "../platform/refusals.js";

/** A line that says what just happened on the phone around `from`, read out and gone after a while. */
export function toast(from, text) {
  const glass = from.closest(".phone-glass") ?? document.querySelector(".phone-glass");
  if (!glass) return;
  glass.querySelector(".toast")?.remove();
  const line = h("p.toast", { role: "status" }, text);
  glass.append(line);
  setTimeout(() => line.remove(), 4000);
}

/** Runs an act of the friend; what the platform refuses is said on the phone, never swallowed. */
export async function attempt(from, act) {
  try {
    return await act();
  } catch (error) {
    toast(from, `うまくいきませんでした：${inWords(error)}`);
    return null;
  }
}
