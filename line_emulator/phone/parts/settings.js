// What the person at the phones prefers, kept in this browser.

const NAME = "practice-phone";

function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

export function setting(key, otherwise) {
  return read()[key] ?? otherwise;
}

export function keep(key, value) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...read(), [key]: value }));
  } catch {
    // private window: the preference lasts as long as the page
  }
}
