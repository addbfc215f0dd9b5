// A long press with a finger, or the secondary button of a mouse, on a message.

const HOLD_MS = 500;

export function onLongPress(node, act) {
  let timer = null;
  let pressed = false;
  const stop = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (event) => {
    pressed = false;
    if (event.pointerType !== "touch") return;
    timer = setTimeout(() => { pressed = true; act(); }, HOLD_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) {
    node.addEventListener(end, (event) => { if (event.type !== "pointermove" || event.movementX || event.movementY) stop(); });
  }
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    if (!pressed) act();
  });
  node.addEventListener("click", (event) => {
    if (!pressed) return;
    pressed = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
}
