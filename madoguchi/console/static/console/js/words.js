// say("{n}分", { n: 3 }): the scripts' words in the page's language. The page carries a table unless it is Japanese.
const known = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function say(words, values = {}) {
  return (known[words] ?? words).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
