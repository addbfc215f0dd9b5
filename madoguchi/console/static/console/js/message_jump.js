// A link to a message of the open talk, such as the one that raised an alert, leads to it even if it has not been loaded yet.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#message-"]');
  const list = link && document.getElementById("talk-messages");
  if (!list) return;
  event.preventDefault();
  list.reach(link.getAttribute("href").slice(1));
});
