// The phone's own place, only when its button is pressed; it goes along with the answer and nowhere else.
class PlaceFinder extends HTMLElement {
  connectedCallback() {
    if (!("geolocation" in navigator)) return;
    this.hidden = false;
    const [find, forget] = this.querySelectorAll("button");
    const said = this.querySelector("[data-said]");
    const { latitude, longitude } = this.closest("form").elements;
    const set = (north, east, sentence) => {
      [latitude.value, longitude.value] = [north, east];
      forget.hidden = !north && north !== 0;
      said.textContent = sentence;
    };
    forget.hidden = latitude.value === "";
    forget.addEventListener("click", () => set("", "", ""));
    find.addEventListener("click", () => {
      said.textContent = said.dataset.asking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => set(coords.latitude, coords.longitude, said.dataset.found),
        () => set("", "", said.dataset.refused),
        { enableHighAccuracy: true, timeout: 15000 },
      );
    });
  }
}

customElements.define("place-finder", PlaceFinder);
