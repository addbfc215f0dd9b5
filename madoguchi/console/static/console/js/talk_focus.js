// After a talk is opened, the hands are where they are needed: in the composer, or, where a keyboard would cover the screen
// (touch) or nothing can be written, at what can be done, or at the talk's name.
function settle(isWhole) {
  const pane = document.getElementById("talk-pane");
  if (!pane || document.querySelector("dialog[open]")) return;
  const field = matchMedia("(hover: hover)").matches && pane.querySelector(".composer textarea[name=text]");
  const other = isWhole ? null : pane.querySelector(".take-bar button") ?? pane.querySelector("h1");
  (field || other)?.focus({ preventScroll: true });
}

if (document.activeElement === document.body && !location.hash) settle(true);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "talk-pane" || event.detail.elt?.id === "talk-pane") settle(false);
});
