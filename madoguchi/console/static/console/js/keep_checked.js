// What somebody has ticked stays ticked when its part of the page is drawn anew: [data-keeps-checked] around boxes with ids.
let checked = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.target.matches?.("[data-keeps-checked]")) return;
  checked = [...event.detail.target.querySelectorAll("input[id]:checked")].map((box) => box.id);
});

document.addEventListener("htmx:afterSwap", () => {
  checked.forEach((id) => { const box = document.getElementById(id); if (box) box.checked = true; });
  checked = [];
});
