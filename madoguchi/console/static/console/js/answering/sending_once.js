// A second press while the first is on its way does nothing; coming back by the browser's button, the form works again.
// Words that are being kept at this moment are waited for, so that the page does not run ahead of itself.
import { settled } from "./typing_kept.js";

for (const form of document.querySelectorAll("form.question, .sheet-acts")) {
  if (form.tagName !== "FORM") continue;
  let isOnItsWay = false;
  form.addEventListener("submit", (event) => {
    if (isOnItsWay) {
      event.preventDefault();
      return;
    }
    isOnItsWay = true;
    form.setAttribute("aria-busy", "true");
    const waiting = settled(form);
    if (!waiting) return;
    event.preventDefault();
    const { submitter } = event;
    waiting.then(() => {
      isOnItsWay = false;
      form.requestSubmit(submitter);
    });
  });
  addEventListener("pageshow", () => {
    isOnItsWay = false;
    form.removeAttribute("aria-busy");
  });
}
