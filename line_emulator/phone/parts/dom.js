// Builds elements without markup strings: nothing a message says can become HTML.

const asProperty = new Set([
  "value",
  "checked",
  "disabled",
  "inert",
  "hidden",
  "muted",
  "files",
  "scrollTop",
]);

function set(node, key, value) {
  if (value === null || value === undefined) return;
  if (typeof value === "function") node.addEventListener(key.slice(2), value);
  else if (key === "style")
    for (const [name, text] of Object.entries(value)) node.style.setProperty(name, text);
  else if (key === "data") Object.assign(node.dataset, value);
  else if (asProperty.has(key)) node[key] = value;
  else if (value === true) node.setAttribute(key, "");
  else if (value !== false) node.setAttribute(key, value);
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/** h("button.round", { onclick, "aria-label": "閉じる" }, child, …) -> HTMLElement. */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.classList.add(...classes);
  for (const [key, value] of Object.entries(props ?? {})) set(node, key, value);
  node.append(...children.flat(4).filter(isShown));
  return node;
}

/** The same for SVG: every value is an attribute. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.flat(4).filter(isShown));
  return node;
}

/** A bubbling event that the phone around an element answers, so that screens need not know each other. */
export function tell(node, name, detail = {}) {
  node.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}
