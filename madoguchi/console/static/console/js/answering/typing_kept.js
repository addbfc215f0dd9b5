// Words are kept while they are typed: 1.5 s after the last letter, and when the page is left. A page that is behind the
// answers is told so and keeps nothing more.
const PAUSE = 1500;
const running = new WeakMap();

/** A promise while words are being kept, else null. */
export function settled(form) {
  return running.get(form) ?? null;
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const words = form.querySelector("textarea");
  const said = form.querySelector("[data-kept]");
  let kept = words.value;
  let timer = 0;
  let isBehind = false;

  const say = (sentence, isTrouble) => {
    said.textContent = sentence;
    said.toggleAttribute("data-trouble", isTrouble);
  };

  const keep = () => {
    clearTimeout(timer);
    if (isBehind || words.value === kept || running.has(form)) return;
    const sent = words.value;
    const work = fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true })
      .then(async (answer) => {
        const told = await answer.json();
        isBehind = answer.status === 409;
        if (answer.ok) {
          kept = sent;
          form.elements.draft.value = told.draft;
        }
        say(told.sentence, !answer.ok);
      })
      .catch(() => {}) // no connection now: the next letter tries again, and sending says so
      .finally(() => running.delete(form));
    running.set(form, work);
  };

  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
}
