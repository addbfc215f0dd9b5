// A pull that failed is asked once more a little later, until it comes through: a hint is heard only once.
import { announce } from "./live.js";

function again(event) {
  const { elt, xhr } = event.detail;
  const topics = (elt?.dataset?.liveTopic ?? "").split(/\s+/).filter(Boolean);
  if (!topics.length || [404, 422].includes(xhr?.status)) return;
  setTimeout(() => topics.forEach(announce), 1000 + 1000 * Math.random());
}

for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.body.addEventListener(failed, again);
