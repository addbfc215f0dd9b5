// What a hand has done to a part of the page stays when that part is drawn anew: what is folded open, the boxes that are ticked
// (within [data-keeps-checked]), and how far a list is scrolled ([data-keeps-scroll]); all of them by their ids.
const KEPT = [
  ["details[id][open]", () => (details) => { details.open = true; }],
  ["[data-keeps-checked] input[id]:checked", () => (box) => { box.checked = true; }],
  ["[data-keeps-scroll][id]", ({ scrollTop }) => (list) => { list.scrollTop = scrollTop; }],
];
let kept = []; // [id, what to do to the element that bears it then]

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  kept = KEPT.flatMap(([which, keep]) => [...target.querySelectorAll(which)].map((element) => [element.id, keep(element)]));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, restore] of kept) {
    const element = document.getElementById(id);
    if (element) restore(element);
  }
  kept = [];
});
