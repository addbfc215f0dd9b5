// A link out of the desk, such as a friend may send, is never followed by one press: the whole address is shown first.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-outside]");
  const dialog = document.getElementById("outside");
  if (!link || !dialog) return;
  event.preventDefault();
  const go = dialog.querySelector("a");
  go.href = link.href;
  dialog.querySelector("code").textContent = link.href;
  dialog.showModal();
});

document.addEventListener("click", (event) => { if (event.target.closest("#outside a")) document.getElementById("outside").close(); });
