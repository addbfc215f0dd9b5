// Holds what the reader looks at: at the bottom it stays at the bottom, anywhere else the first visible line does not move.
const NEAR = 48;

export class ScrollHold {
  constructor(scroller, inner) {
    this.scroller = scroller;
    this.inner = inner;
    this.isAtEnd = true;
    scroller.addEventListener("scroll", () => { this.isAtEnd = this.rest() < NEAR; }, { passive: true });
    this.sizes = new ResizeObserver(() => { if (this.isAtEnd) this.toEnd(); });
    this.sizes.observe(inner);
    this.sizes.observe(scroller);
  }

  rest() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  toEnd() {
    this.isAtEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  around(change) {
    const top = this.scroller.getBoundingClientRect().top;
    const held = this.isAtEnd ? null : [...this.inner.children].find((child) => child.getBoundingClientRect().bottom > top && child.id);
    const before = held?.getBoundingClientRect().top;
    change();
    const now = held && (held.isConnected ? held : document.getElementById(held.id));
    if (this.isAtEnd) this.toEnd();
    else if (now) this.scroller.scrollTop += now.getBoundingClientRect().top - before;
  }

  stop() {
    this.sizes.disconnect();
  }
}
