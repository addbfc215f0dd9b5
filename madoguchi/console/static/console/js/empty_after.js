// A form with data-empties-after is empty again once what was written has been taken; what was refused stays, and so does what was
// written while it was on its way.
const sent = new WeakMap(); // form → its words as they were sent

const words = (form) => [...form.querySelectorAll("textarea")].map((box) => box.value).join("\n");

document.addEventListener("htmx:beforeSend", ({ target }) => {
  if (target.matches?.("form[data-empties-after]")) sent.set(target, words(target));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-empties-after]");
  const isTaken = form && event.detail.successful && event.detail.requestConfig.verb === "post";
  if (isTaken && sent.get(form) === words(form)) form.reset();
});
