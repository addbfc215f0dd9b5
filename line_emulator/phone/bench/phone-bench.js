import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { get } from "../platform/api.js";
import { world } from "../platform/world.js";
import { enterSwitch } from "./enter-switch.js";
import { phoneSwitcher } from "./phone-switcher.js";
import "./line-phone.js";

const MOST = 8;

/** The table that the phones lie on. */
class PhoneBench extends HTMLElement {
  connectedCallback() {
    this.places = h("main.phones", { "aria-label": "電話" });
    this.switcher = h("nav.switcher", { "aria-label": "電話をえらぶ" });
    this.append(
      h(
        "header.bench-head",
        {},
        h(
          "div.banner",
          { role: "note" },
          h("span.banner-sign", { "aria-hidden": "true" }, "練習"),
          h("p", {}, "練習用の電話です。LINEには届きません"),
        ),
        this.switcher,
        h(
          "div.bench-tools",
          {},
          enterSwitch(),
          h(
            "button.bench-button",
            { type: "button", onclick: () => this.add(null) },
            icon("plus"),
            "電話をふやす",
          ),
        ),
      ),
      this.places,
    );
    this.addEventListener("bench:close", (event) => this.close(event.target));
    this.addEventListener("bench:changed", () => this.changed());
    for (const userId of this.firstOnes()) this.add(userId);
    this.show(this.all[0]);
    this.start();
  }

  get all() {
    return [...this.places.children];
  }

  /** Those of the address; else the first two friends; else two phones without an owner. */
  firstOnes() {
    const named = this.getAttribute("phones").split(",").filter(Boolean);
    if (named.length) return named.slice(0, MOST);
    return [...world.friends.keys(), null, null].slice(0, 2);
  }

  add(userId) {
    if (this.all.length >= MOST) return;
    const phone = h("line-phone");
    phone.userId = userId;
    phone.tint = [0, 1, 2, 3].find((tint) => this.all.every((each) => each.tint !== tint)) ?? 0;
    this.places.append(phone);
    this.changed();
    this.show(phone);
    phone.scrollIntoView({ inline: "end", block: "nearest" });
  }

  close(phone) {
    phone.remove();
    if (!this.all.length) this.add(null);
    this.show(this.all[0]);
    this.changed();
  }

  show(phone) {
    for (const each of this.all) each.toggleAttribute("data-current", each === phone);
    this.changed();
  }

  /** The address always names these phones, so that a reload brings them back. */
  changed() {
    this.switcher.replaceChildren(...phoneSwitcher(this.all, (phone) => this.show(phone)));
    const address = new URL(location.href);
    const owners = this.all.map((phone) => phone.userId).filter(Boolean);
    world.own(owners);
    address.searchParams[owners.length ? "set" : "delete"]("phones", owners.join(","));
    history.replaceState(null, "", decodeURIComponent(address));
  }

  async start() {
    const open = this.getAttribute("open");
    if (open && world.accounts.has(open))
      this.all.forEach((phone) => phone.userId && phone.go("open", { channelId: open }));
    const add = this.getAttribute("add");
    const found = add && (await get("resolve", { link: `https://line.me/R/ti/p/${add}` }).catch(() => null));
    if (found && this.all[0].userId) this.all[0].go("profile", { channelId: found.channelId });
  }
}

customElements.define("phone-bench", PhoneBench);
