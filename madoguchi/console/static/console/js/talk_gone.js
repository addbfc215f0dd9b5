// A talk that this person may no longer see leaves the screen at once: when the pull of its state is answered as absent, the
// pane is drawn again as the desk without a talk.
import { say } from "./words.js";

document.addEventListener("htmx:responseError", (event) => {
  const pane = event.detail.elt.id === "talk-state" && event.detail.xhr.status === 404 && document.getElementById("talk-pane");
  if (!pane) return;
  const home = pane.dataset.deskUrl;
  pane.replaceChildren();
  history.replaceState(null, "", home);
  window.htmx.ajax("GET", home, { target: "#talk-pane", select: "#talk-pane", swap: "outerHTML" });
  document.dispatchEvent(new CustomEvent("notice", { detail: { kind: "lamp", text: say("このトークは、いまはほかの人が受け持っています。") } }));
});
