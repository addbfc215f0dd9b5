// Light, dark, or as the system: chosen in the menu, kept in a cookie so that the next page comes in it at once.
document.addEventListener("submit", (event) => {
  const next = event.target.matches("form.language") && event.target.elements.next;
  if (next) next.value = location.pathname + location.search; // a talk may have been opened since the page came
});

document.addEventListener("change", (event) => {
  if (!event.target.matches('input[name="look"]')) return;
  const { value } = event.target;
  document.cookie = `look=${value}; path=/; max-age=31536000; samesite=lax`;
  if (value) document.documentElement.dataset.theme = value;
  else delete document.documentElement.dataset.theme;
});
