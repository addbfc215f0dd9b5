// While an act that draws the open talk anew is on its way, the talk's state is not pulled: drawn before the act's answer, it would
// show what a hand begins to work with, and the answer would take that away again. It is pulled after the act, if it still stands.
const acts = new Set(); // requests on their way
let missed = null; // the state that was not pulled

function state() {
  return document.getElementById("talk-state");
}

function ended(request) {
  acts.delete(request);
  if (acts.size) return;
  if (missed?.isConnected) window.htmx.trigger(missed, "stale");
  missed = null;
}

document.body.addEventListener("htmx:beforeSend", ({ detail: { target, xhr, requestConfig } }) => {
  if (requestConfig.verb === "get" || !["talk-pane", "talk-state"].includes(target.id)) return;
  acts.add(xhr);
  xhr.addEventListener("loadend", () => ended(xhr));
  if (state()) window.htmx.trigger(state(), "htmx:abort");
});

for (const name of ["htmx:beforeRequest", "htmx:xhr:abort"]) {
  document.body.addEventListener(name, (event) => {
    if (!acts.size || event.target !== state()) return;
    missed = event.target;
    event.preventDefault();
  });
}
