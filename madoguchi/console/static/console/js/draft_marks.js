// Which of my talks have words that were begun and not sent: their lines say so. The drafts themselves stay where drafts.js keeps them.
import { say } from "./words.js";

const hasDraft = (talk) => Object.keys(localStorage).some((key) => key.startsWith("draft:") && key.endsWith(`:${talk}`));

function mark() {
  document.querySelectorAll("#lists [data-my-talk]").forEach((row) => {
    const is = hasDraft(row.id.replace("row-", ""));
    const known = row.querySelector(".queue-draft");
    if (is && !known) row.querySelector(".queue-second")?.prepend(Object.assign(document.createElement("span"), { className: "badge queue-draft", textContent: say("書きかけ") }));
    else if (!is) known?.remove();
  });
}

if (document.getElementById("lists")) {
  mark();
  document.addEventListener("htmx:afterSettle", mark);
  document.addEventListener("htmx:afterRequest", () => setTimeout(mark));
  document.addEventListener("input", (event) => { if (event.target.closest?.("message-composer")) setTimeout(mark); });
  window.addEventListener("storage", mark);
}
