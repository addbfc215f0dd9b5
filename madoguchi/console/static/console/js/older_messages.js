// The pages before the newest: by the button at the top of a talk, and by a link to a message that has not been loaded yet,
// such as the one that raised an alert.
async function load(list, link) {
  const { html } = await list.fetch(link.href);
  if (!html || !list.isConnected) return false;
  const source = document.createElement("template");
  source.innerHTML = html;
  list.hold.isAtEnd = false;
  list.take(html);
  const next = source.content.querySelector("a.stream-older");
  if (next) link.replaceWith(next);
  else link.remove();
  return true;
}

async function reach(list, id) {
  for (let link; !document.getElementById(id) && (link = list.querySelector("a.stream-older"));) {
    if (!await load(list, link)) return;
  }
  const message = document.getElementById(id);
  if (!message) return;
  list.hold.isAtEnd = false;
  message.scrollIntoView({ block: "center" });
  message.classList.add("is-reached");
  setTimeout(() => message.classList.remove("is-reached"), 2500);
}

document.addEventListener("click", (event) => {
  const list = document.getElementById("talk-messages");
  const older = event.target.closest("a.stream-older");
  const link = event.target.closest('a[href^="#message-"]');
  if (!list || !(older || link)) return;
  event.preventDefault();
  if (older) load(list, older);
  else reach(list, link.getAttribute("href").slice(1));
});
