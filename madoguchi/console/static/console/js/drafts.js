// Where unsent words rest: localStorage, a record for each user and conversation. {text, key, tried, at}. `tried` is a key
// whose answer never came. Records older than a day, and all of a user's at sign-out, are removed: a shared machine keeps nothing.
const PREFIX = "draft:";
const LONGEST = 24 * 60 * 60 * 1000;

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export function write(name, record) {
  localStorage.setItem(PREFIX + name, JSON.stringify({ ...record, at: Date.now() }));
}

export function remove(name) {
  localStorage.removeItem(PREFIX + name);
}

// Returns what ends the listening.
export function onChangeElsewhere(name, call) {
  const hear = (event) => { if (event.key === PREFIX + name) call(JSON.parse(event.newValue), JSON.parse(event.oldValue)); };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

function sweep(isOver) {
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
    const record = read(key.slice(PREFIX.length));
    if (!record || isOver(record)) localStorage.removeItem(key);
  });
}

sweep((record) => Date.now() - record.at > LONGEST);
document.addEventListener("submit", (event) => { if (event.target.matches("form[data-signs-out]")) sweep(() => true); });
