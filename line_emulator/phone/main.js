// The practice phones. Address parameters: phones=<userId>,<userId> (whose phones), open=<channelId> (the
// talk to open on each), add=@basicId (shows that account on the first phone), bare=1 (phones alone).

import { h } from "./parts/dom.js";
import { world } from "./platform/world.js";
import "./bench/phone-bench.js";

const given = new URLSearchParams(location.search);

if (given.get("bare") === "1") document.documentElement.dataset.bare = "";
const owners = (given.get("phones") ?? "").split(",").filter(Boolean);
await world.load(owners).catch(() => {});
world.own(owners.filter((userId) => world.friends.has(userId)));
world.follow();

document.body.append(
  h("phone-bench", {
    phones: given.get("phones") ?? "",
    open: given.get("open"),
    add: given.get("add"),
  }),
);
