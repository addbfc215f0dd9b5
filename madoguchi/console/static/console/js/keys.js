// The keyboard map is in the page: an element with data-shortcut="n" is pressed by that key; a field is focused, and so is what
// decides something grave (data-decides), which Enter presses then. What a folded menu holds is in reach too. Single
// characters never fire where someone writes, and can be turned off (WCAG 2.1.4); with Alt they work everywhere, the
// composer included. Alt + up and down walk through my talks, u goes to the next one with something unread.
const OFF = "keys-off";

const writes = (element) => element.closest?.('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]');
const isShown = (element) => element.getClientRects().length > 0 && !element.closest("[inert]");
const isInReach = (element) => element.dataset.opens || isShown(element.closest("details.menu:not([open])")?.querySelector("summary") ?? element);
const isOff = () => localStorage.getItem(OFF) === "yes";

function press(key) {
  const element = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]`)].find(isInReach);
  if (!element || element.disabled) return false;
  if (element.matches("input, textarea")) element.select();
  else if (!element.matches("[data-decides]")) element.click();
  if (element.matches("input, textarea, summary, [data-decides]")) element.focus();
  return true;
}

function walk(step) {
  const mine = [...document.querySelectorAll("[data-my-talk]")].filter(isShown);
  if (!mine.length) return false;
  const here = mine.findIndex((talk) => talk.hasAttribute("aria-current"));
  mine[here < 0 ? 0 : (here + step + mine.length) % mine.length].click();
  return true;
}

// The next of my talks that has something unread, after the one that is open.
function nextUnread() {
  const mine = [...document.querySelectorAll("[data-my-talk]")].filter(isShown);
  const here = mine.findIndex((talk) => talk.hasAttribute("aria-current"));
  const found = [...mine.slice(here + 1), ...mine.slice(0, here + 1)].find((talk) => talk.dataset.unread && !talk.hasAttribute("aria-current"));
  found?.click();
  return Boolean(found);
}

function keyOf(event) {
  if (!event.altKey) return event.key;
  return /^(Key|Digit)(.)$/.exec(event.code)?.[2].toLowerCase() ?? event.key;
}

function isPlain(event) {
  return !event.altKey && !event.ctrlKey && !event.metaKey && event.key.length === 1 && !isOff() && !writes(event.target);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && writes(event.target)) { event.target.blur(); return; }
  if (!event.altKey && !isPlain(event)) return;
  const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const key = keyOf(event);
  if (step ? walk(step) : key === "u" ? nextUnread() : press(key)) event.preventDefault();
});

// The talk now open is the one whose address the browser shows: marked here, so that a click needs no new list.
function markCurrent() {
  document.querySelectorAll("[data-talk]").forEach((talk) => {
    if (new URL(talk.href).pathname === location.pathname) talk.setAttribute("aria-current", "page");
    else talk.removeAttribute("aria-current");
  });
}

document.addEventListener("htmx:pushedIntoHistory", markCurrent);
document.addEventListener("htmx:afterSettle", markCurrent);
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-single-keys]")) localStorage.setItem(OFF, event.target.checked ? "no" : "yes");
});
document.querySelectorAll("[data-single-keys]").forEach((box) => { box.checked = !isOff(); });
