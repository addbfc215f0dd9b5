// A long press with a finger, or the secondary button of a mouse, on a message.

const HOLD_MS = 500;
const STILL_PX = 9;

// The click that ends a long press would land on what the press has opened. A browser that shows a menu of its own cancels
// the pointer instead and sends no click: then the next press must be heard.
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const ends = new AbortController();
  const once = { capture: true, signal: ends.signal };
  addEventListener("click", swallow, once);
  addEventListener("pointerup", () => setTimeout(() => ends.abort(), 100), once);
  for (const over of ["pointercancel", "pointerdown"]) addEventListener(over, () => ends.abort(), once);
}

export function onLongPress(node, act) {
  let timer = null;
  let held = false;
  let from = null;
  const stop = () => clearTimeout(timer);
  const hold = () => {
    held = true;
    swallowClick();
    act();
  };
  node.addEventListener("pointerdown", (event) => {
    held = false;
    from = event;
    if (event.pointerType === "touch") timer = setTimeout(hold, HOLD_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(end, stop);
  node.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - from?.clientX, event.clientY - from?.clientY) > STILL_PX) stop();
  });
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault(); // a finger's comes too, about when our own time is over
    stop();
    if (!held) act();
    held = event.pointerType === "touch";
  });
}
