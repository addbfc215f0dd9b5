import { h, tell } from "../parts/dom.js";
import { attempt } from "../parts/toast.js";
import { get } from "../platform/api.js";
import { world } from "../platform/world.js";
import { followLink } from "../bubbles/line-link.js";
import { phoneCaption } from "./phone-caption.js";
import { statusBar } from "./status-bar.js";
import { screens } from "./screens.js";
import { toggleDrawer } from "../developer/drawer.js";

/** One phone of one friend: the frame, and which screen is on it. */
class LinePhone extends HTMLElement {
  connectedCallback() {
    if (this.glass) return;
    this.dataset.tint = String(this.tint);
    this.screen = h("div.phone-screen", { tabindex: "-1" });
    this.glass = h(
      "div.phone-glass",
      {},
      statusBar(),
      this.screen,
      h("div.home-bar", { "aria-hidden": "true" }),
    );
    this.caption = h("div.phone-caption");
    this.frame = h("div.phone-frame", {}, this.glass);
    this.setAttribute("role", "region");
    this.append(this.caption, this.frame);
    this.again = () => this.showOwner();
    world.addEventListener("change", this.again);
    this.hear();
    this.go(this.friend ? "home" : "pick");
    this.showOwner();
  }

  disconnectedCallback() {
    world.removeEventListener("change", this.again);
  }

  get friend() {
    return world.friends.get(this.userId);
  }

  hear() {
    for (const name of ["home", "open", "add", "profile", "pick"]) {
      this.addEventListener(`phone:${name}`, (event) => this.go(name, event.detail));
    }
    this.addEventListener("phone:own", (event) => this.own(event.detail.userId));
    this.addEventListener("phone:developer", () => toggleDrawer(this));
    this.addEventListener("phone:web", (event) =>
      followLink(this.screen, event.detail.uri, { userId: this.userId, channelId: null }),
    );
    this.addEventListener("phone:found", (event) => this.followInside(event.detail));
  }

  own(userId) {
    this.userId = userId;
    this.go("home");
    this.showOwner();
    tell(this, "bench:changed");
  }

  /** Shows a screen by name: home, open (a talk), add, profile, pick. */
  go(name, detail = {}) {
    this.channelId = detail.channelId ?? null;
    this.dataset.screen = name;
    this.glass.querySelectorAll(".sheet-wrap").forEach((sheet) => sheet.remove());
    for (const part of this.glass.children) part.inert = false;
    const hadFocus = this.screen.contains(document.activeElement);
    this.screen.replaceChildren(screens[name](this, detail));
    if (hadFocus) this.screen.focus({ preventScroll: true });
    tell(this, "phone:shown");
  }

  /** A link to an account that was tapped on this phone. */
  async followInside({ link, text }) {
    const found = await attempt(this.glass, () => get("resolve", { link }));
    if (!found) return;
    if (!world.accounts.has(found.channelId)) await world.load().catch(() => {}); // news of it is still on its way
    this.go(text ? "open" : "profile", { channelId: found.channelId });
    if (text) this.screen.querySelector("chat-composer").fill(text);
  }

  showOwner() {
    if (this.userId && !this.friend) this.own(null);
    if (!this.userId && this.dataset.screen !== "pick") this.go("pick");
    const name = this.friend?.displayName ?? "新しい電話";
    if (name === this.shownName) return;
    this.shownName = name;
    this.setAttribute("aria-label", this.friend ? `${name}の電話` : name);
    this.caption.replaceChildren(...phoneCaption(this));
    tell(this, "bench:changed");
  }
}

customElements.define("line-phone", LinePhone);
