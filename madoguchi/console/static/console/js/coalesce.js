// Bursts become few calls: per key at most one call each `gap` ms, and the last of a burst is never lost. With `isPatient` the
// first call waits too, each browser for another while, so that not all of them ask at one moment.
export class Coalescer {
  #due = new Map();
  #last = new Map();

  constructor(call, gap = 200, { isPatient = false, now = () => performance.now() } = {}) {
    Object.assign(this, { call, gap, isPatient, now });
  }

  ask(key) {
    if (this.#due.has(key)) return;
    const least = this.isPatient ? Math.random() * this.gap : 0;
    const rest = Math.max(least, (this.#last.get(key) ?? -Infinity) + this.gap - this.now());
    if (rest <= 0) this.#fire(key);
    else this.#due.set(key, setTimeout(() => this.#fire(key), rest));
  }

  #fire(key) {
    this.#due.delete(key);
    this.#last.set(key, this.now());
    this.call(key);
  }
}
