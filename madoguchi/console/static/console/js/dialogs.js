// Dialogs are native: data-opens="<id>" opens one, data-closes or a press on the veil closes it. A dialog swapped away while
// open gives the focus back to who opened it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    opener.closest("details.menu")?.removeAttribute("open");
    const dialog = document.getElementById(opener.dataset.opens);
    dialog?.showModal();
    dialog?.dispatchEvent(new CustomEvent("opened")); // what is in it may be asked for only now (ui/fetched.html)
    return;
  }
  if (event.target.closest("[data-closes]") || event.target.matches("dialog[open]")) event.target.closest("dialog")?.close();
  const removes = event.target.closest("[data-removes]");
  if (removes) removes.closest(removes.dataset.removes)?.remove();
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-closes-after]")) event.target.closest("dialog")?.close();
});
