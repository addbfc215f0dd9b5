// Ending a talk says up to which message it was read: what comes while the dialog is open is not yet read, and the server
// then refuses to end. The dialog closes, so that it can be read.
document.addEventListener("click", (event) => {
  if (!event.target.closest('[data-opens="close-talk"]')) return;
  const numbers = [...document.querySelectorAll("#talk-messages [data-number]")].map((article) => Number(article.dataset.number));
  const through = document.querySelector('#close-talk input[name="through"]');
  if (through && numbers.length) through.value = Math.max(...numbers);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr.status === 422) event.target.closest?.("dialog[open]")?.close();
});
