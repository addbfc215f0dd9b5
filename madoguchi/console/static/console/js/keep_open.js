// What somebody has folded open stays open when its part of the page is drawn anew.
let open = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  open = [...event.detail.target.querySelectorAll("details[id][open]")].map((details) => details.id);
});

document.addEventListener("htmx:afterSwap", () => {
  open.forEach((id) => { const details = document.getElementById(id); if (details) details.open = true; });
});
