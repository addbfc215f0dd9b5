// A form that must not act twice carries <input type="hidden" name="key" data-once>. The key is made here, stays the same
// until the server has answered with success, and is then made anew: double click, retry and a lost answer are harmless.
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function fill(root) {
  root.querySelectorAll?.("input[data-once]").forEach((input) => { if (!input.value) input.value = freshKey(); });
}

fill(document);
document.addEventListener("htmx:load", (event) => fill(event.detail.elt));
document.addEventListener("htmx:afterRequest", (event) => {
  const input = event.detail.successful && event.target.querySelector?.("input[data-once]");
  if (input) input.value = freshKey();
});
