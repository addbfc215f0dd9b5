// Marks which message starts a day and which continues the one above (same side, same writer, within five minutes).
const NEAR = 5 * 60 * 1000;

export function markRuns(articles) {
  let above = null;
  for (const article of articles) {
    const { day, side, by, at, set } = article.dataset;
    const startsDay = day !== above?.day;
    const continues = !startsDay && side === above.side && by === above.by && Date.parse(at) - Date.parse(above.at) < NEAR;
    article.classList.toggle("starts-day", startsDay);
    article.classList.toggle("continues", continues && side !== "system");
    article.classList.toggle("in-set", Boolean(set));
    article.classList.toggle("continues-set", Boolean(set) && !startsDay && set === above?.set);
    above = article.dataset;
  }
}
