// A picture opens large in front of the talk (data-views="<dialog's id>"); the arrow keys walk through the talk's pictures.
let shown = null;

function show(link) {
  const dialog = document.getElementById(link.dataset.views);
  const picture = dialog.querySelector("img");
  shown = link;
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  if (!dialog.open) dialog.showModal();
}

function walk(step) {
  const all = [...document.querySelectorAll("a[data-views]")];
  const next = all[all.indexOf(shown) + step];
  if (next) show(next);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-views]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
});

document.addEventListener("keydown", (event) => {
  const step = shown && document.getElementById(shown.dataset.views)?.open && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) walk(step);
});

document.addEventListener("close", (event) => {
  if (event.target.id === shown?.dataset.views) event.target.querySelector("img").removeAttribute("src");
}, true);
