// What is new in the lists lights up once, without a sound: a person who has just come, a line with more unread than before, a
// call that has just begun or calls again.
const seen = new Map();
const called = new Set();

function lookAtCalls() {
  const calls = [...document.querySelectorAll("#lists [data-call]")];
  calls.filter((call) => !called.has(call.dataset.call)).forEach((call) => call.closest(".calls").classList.add("is-new"));
  called.clear();
  calls.forEach((call) => called.add(call.dataset.call));
}

function look(isFirst) {
  lookAtCalls();
  const rows = [...document.querySelectorAll("#lists .queue-row")];
  rows.forEach((row) => {
    const unread = Number(row.dataset.unread ?? 0);
    if (!isFirst && unread > (seen.get(row.id) ?? -1)) row.classList.add("is-new");
  });
  seen.clear();
  rows.forEach((row) => seen.set(row.id, Number(row.dataset.unread ?? 0)));
}

// An answer in one of my talks came to grief while another talk may be open: its line shows it.
document.body.addEventListener("live", (event) => {
  if (event.detail.startsWith("trouble-")) window.htmx?.trigger("#lists", "trouble");
});

look(true);
document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "lists") look(false); });
