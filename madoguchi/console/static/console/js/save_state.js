// What the builder says about saving: typing has begun, it is saved (the server's own words replace these), or it could not be
// saved. Then it is tried again until it can, and leaving the page asks first.
const AGAIN = 4000;
const builder = document.getElementById("builder");
let unsaved = 0;
let timer = 0;

const mine = (event) => event.target.closest?.("form[data-autosave]");

function tell(state) {
  const place = document.getElementById("saved");
  if (!place) return;
  place.dataset.state = state;
  place.textContent = builder.dataset[state];
}

function retry() {
  const form = document.querySelector("form[data-autosave]");
  if (form) window.htmx.trigger(form, "submit");
}

if (builder) {
  document.addEventListener("input", (event) => {
    if (!mine(event)) return;
    unsaved = Date.now();
    tell("saving");
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (mine(event)) event.detail.xhr.began = Date.now(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!mine(event)) return;
    clearTimeout(timer);
    const { status, began } = event.detail.xhr;
    if (event.detail.successful) { if (unsaved <= began) unsaved = 0; else tell("saving"); return; }
    if (status === 0 || status >= 500) { tell("lost"); timer = setTimeout(retry, AGAIN); }
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "questions" && event.detail.xhr.status < 400) unsaved = 0; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
