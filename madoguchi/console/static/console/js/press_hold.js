// The lists are not drawn anew under a finger: what was pressed would be gone before it is let go, and the press lost. They are
// pulled once more when the finger is up.
let isDown = false;
let isOwed = false;

document.addEventListener("pointerdown", (event) => { isDown = Boolean(event.target.closest?.("#lists")); });

function up() {
  isDown = false;
  if (!isOwed) return;
  isOwed = false;
  setTimeout(() => window.htmx?.trigger("#lists", "trouble")); // after the click that belongs to the press
}

for (const name of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(name, up);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isDown || event.detail.target.id !== "lists") return;
  event.detail.shouldSwap = false;
  isOwed = true;
});
