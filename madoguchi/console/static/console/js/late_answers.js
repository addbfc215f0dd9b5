// An answer may come when its place has been drawn anew meanwhile: a talk's pane is replaced while one of its parts still asks.
// htmx would swap into what has left the page, and take there with it the parts that are kept (hx-preserve) from the page itself.
// So the answer goes to the element that bears the id now. One that brings further parts (hx-swap-oob) is dropped, because they
// would be looked for in what has gone; after an act the open talk is drawn anew instead, and shows what came of it.
const heard = new WeakSet();

function openTalkAnew() {
  if (!document.getElementById("talk-pane")) return;
  window.htmx.ajax("GET", location.pathname, { target: "#talk-pane", select: "#talk-pane", swap: "outerHTML" });
}

function arrived(event) {
  const { elt, target, xhr, requestConfig } = event.detail;
  if (!elt.isConnected && xhr.responseText.includes("hx-swap-oob")) {
    event.preventDefault();
    if (requestConfig.verb !== "get") openTalkAnew();
  } else if (!target.isConnected) {
    const now = target.id && document.getElementById(target.id);
    if (now) target.addEventListener("htmx:beforeSwap", (swap) => { swap.detail.target = now; }, { once: true });
    else event.preventDefault();
  }
}

document.body.addEventListener("htmx:beforeSend", ({ detail: { elt } }) => {
  if (heard.has(elt)) return;
  heard.add(elt);
  elt.addEventListener("htmx:beforeOnLoad", arrived);
});
