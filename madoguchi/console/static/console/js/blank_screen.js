// Whoever is signed out, by hand in another tab or by an administrator, keeps nothing of a talk on the screen.
document.addEventListener("live-state", (event) => {
  if (event.detail !== "ended") return;
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.querySelectorAll("#main, .shell-notice").forEach((part) => part.replaceChildren());
  document.title = document.title.replace(/^.*｜/, "");
});
