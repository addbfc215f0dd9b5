// A form with data-empties-after is empty again once what was written has been taken; what was refused stays.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-empties-after]");
  if (form && event.detail.successful && event.detail.requestConfig.verb === "post") form.reset();
});
