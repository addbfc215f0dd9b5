// <sort-list>: the items of its list are put in another order by dragging their grip, with mouse, pen or finger. Each item has
// data-key. With data-moves the new place is posted (item above which other item); with data-saves the form around it
// is told that it changed. The keyboard has the buttons beside each item.
class SortList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("pointerdown", (event) => this.take(event));
  }

  get items() {
    return [...this.querySelector("ol").children];
  }

  take(event) {
    const grip = event.target.closest("[data-grip]");
    const item = grip?.closest("li[data-key]");
    if (!item || grip.closest("sort-list") !== this || event.button > 0) return;
    event.preventDefault();
    const follow = (move) => this.drag(item, move.clientY);
    const began = this.items.indexOf(item);
    const drop = () => {
      document.removeEventListener("pointermove", follow);
      item.classList.remove("is-dragged");
      if (this.items.indexOf(item) !== began) this.tell(item);
    };
    item.classList.add("is-dragged");
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop, { once: true });
    document.addEventListener("pointercancel", drop, { once: true });
  }

  drag(item, y) {
    if (y < 80) window.scrollBy(0, -12);
    if (y > window.innerHeight - 60) window.scrollBy(0, 12);
    const middle = (other) => { const box = other.getBoundingClientRect(); return box.top + box.height / 2; };
    const below = this.items.find((other) => other !== item && y < middle(other));
    if (below !== item.nextElementSibling || !below) this.querySelector("ol").insertBefore(item, below ?? null);
  }

  tell(item) {
    if (!this.dataset.moves) {
      item.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const values = { do: "before", before: item.nextElementSibling?.dataset.key ?? "", open: document.querySelector('#walk [name="open"]')?.value ?? "" };
    window.htmx.ajax("POST", this.dataset.moves.replace("KEY", item.dataset.key), { source: this, target: "#questions", swap: "outerHTML", values });
  }
}

customElements.define("sort-list", SortList);
