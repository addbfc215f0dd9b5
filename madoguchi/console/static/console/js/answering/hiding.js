// "Hide this page": the screen is empty in the same moment, the address is ended behind it, and an ordinary page takes
// this one's place in the history.
for (const form of document.querySelectorAll("form[data-hides]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.title = "…";
    document.body.replaceChildren();
    const ended = fetch(form.action, { method: "POST", keepalive: true }).catch(() => {});
    const patience = new Promise((resolve) => setTimeout(resolve, 400));
    Promise.race([ended, patience]).then(() => location.replace(form.dataset.hides));
  });
}
