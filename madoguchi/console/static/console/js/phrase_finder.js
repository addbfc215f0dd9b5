// <phrase-finder url="…"> in the composer: a "/" typed at the start of an empty answer, or the button [data-phrases], opens a
// list of phrases that is searched while typing. Arrows choose, Enter or a press puts the phrase into the answer, to be
// edited; Escape closes, and gives the "/" back. Nothing here sends anything.
class PhraseFinder extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.form.querySelector('textarea[name="text"]');
    this.button = this.form.querySelector("[data-phrases]");
    this.search = this.querySelector("input");
    this.list = this.querySelector('[role="listbox"]');
    this.text.addEventListener("input", (event) => this.typed(event));
    this.text.addEventListener("compositionend", () => this.typed({}));
    this.button.addEventListener("click", () => (this.hidden ? this.open("") : this.close("")));
    this.search.addEventListener("input", () => this.look());
    this.search.addEventListener("keydown", (event) => this.pressed(event));
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[data-text]")));
    this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget) && event.relatedTarget) this.hide(); });
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-text]")];
  }

  typed(event) {
    if (this.isGivenBack || event.isComposing || !/^[/／]$/.test(this.text.value)) return;
    const slash = this.text.value;
    this.write("");
    this.open(slash);
  }

  open(slash) {
    this.slash = slash;
    this.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.search.value = "";
    this.search.focus();
    this.look();
  }

  hide() {
    this.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  close(back) {
    this.hide();
    this.isGivenBack = true; // the slash that is given back opens nothing
    if (back && !this.text.value) this.write(back);
    this.isGivenBack = false;
    this.text.focus();
  }

  async look() {
    const query = this.search.value;
    const answer = await fetch(`${this.getAttribute("url")}?${new URLSearchParams({ q: query })}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || query !== this.search.value) return;
    const source = document.createElement("template");
    source.innerHTML = await answer.text();
    this.list.replaceChildren(...source.content.children);
    this.choose(this.rows[0]);
  }

  choose(row) {
    this.rows.forEach((one) => one.setAttribute("aria-selected", String(one === row)));
    if (row) this.search.setAttribute("aria-activedescendant", row.id);
    else this.search.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const here = this.rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.rows.length) this.choose(this.rows[(here + step + this.rows.length) % this.rows.length]);
    else if (event.key === "Enter") this.take(this.rows[here]);
    else if (event.key === "Escape") this.close(this.slash);
    else return;
    event.preventDefault();
    event.stopPropagation(); // neither sends the answer nor leaves the field
  }

  take(row) {
    if (!row) return;
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const text = row.dataset.text;
    this.close("");
    this.write(value.slice(0, from) + text + value.slice(to));
    this.text.setSelectionRange(from + text.length, from + text.length);
    const choices = this.form.querySelector('textarea[name="choices"]');
    if (choices && row.dataset.choices) {
      choices.value = row.dataset.choices.trim();
      choices.dispatchEvent(new CustomEvent("phrase-taken", { bubbles: true }));
    }
  }

  write(text) {
    this.text.value = text;
    this.text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

customElements.define("phrase-finder", PhraseFinder);
