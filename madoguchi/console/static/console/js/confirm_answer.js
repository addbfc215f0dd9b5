// A form with data-confirms is sent only after its words were looked at once more, as the telephone will show them: the first
// press opens the dialog, the button in it sends.
document.addEventListener("htmx:confirm", (event) => {
  const form = event.target;
  const dialog = form.matches?.("form[data-confirms]") && document.getElementById("confirm-answer");
  if (!dialog) return;
  event.preventDefault();
  const text = form.querySelector('textarea[name="text"]').value;
  const files = [...form.querySelectorAll('input[type="file"]')].flatMap((input) => [...input.files]).map((file) => file.name);
  dialog.querySelector("phone-preview").show([...files, text].filter(Boolean).join("\n"));
  dialog.querySelector("[data-confirmed]").onclick = () => {
    form.querySelector('input[name="confirmed"]').value = "yes";
    dialog.close();
    event.detail.issueRequest(true);
  };
  dialog.onclose = () => setTimeout(() => { form.querySelector('input[name="confirmed"]').value = ""; });
  dialog.showModal();
});
