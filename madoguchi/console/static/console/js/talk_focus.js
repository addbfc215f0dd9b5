// After another talk is opened, the hands are where they are needed: in the composer, or, where a keyboard would cover the
// screen (touch) or nothing can be written, at the talk's name.
document.addEventListener("htmx:afterSettle", (event) => {
  const pane = document.getElementById("talk-pane");
  if (!pane || document.querySelector("dialog[open]") || event.target.id !== "talk-pane" && event.detail.elt?.id !== "talk-pane") return;
  const field = matchMedia("(hover: hover)").matches && pane.querySelector(".composer textarea");
  const take = pane.querySelector(".take-bar button");
  (field || take || pane.querySelector("h1"))?.focus({ preventScroll: true });
});
