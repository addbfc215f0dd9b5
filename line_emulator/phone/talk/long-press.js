// A long press with a finger, or the secondary button of a mouse, on a message.

const HOLD_MS = 500;
const STILL_PX = 9;

export function onLongPress(node, act) {
  let timer = null;
  let pressed = false;
  let from = null;
  const stop = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (event) => {
    pressed = false;
    from = event;
    if (event.pointerType !== "touch") return;
    timer = setTimeout(() => {
      pressed = true;
      act();
    }, HOLD_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(end, stop);
  node.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - from?.clientX, event.clientY - from?.clientY) > STILL_PX) stop();
  });
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    if (!pressed) act();
  });
  node.addEventListener(
    "click",
    (event) => {
      if (!pressed) return;
      pressed = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
