import { h } from "../parts/dom.js";
import { clockTime } from "../parts/times.js";
import { get } from "../platform/api.js";

const EVERY_MS = 1200;
const BACK = 300;

async function newest({ userId, channelId }, after) {
  const from = after ?? Math.max(0, (await get("journal", { kind: "webhook", limit: 1 })).last - BACK);
  const { entries, last } = await get("journal", { after: from, kind: "webhook", channelId });
  return { last, entry: entries.findLast((each) => each.body.includes(userId)) };
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function drawn(entry) {
  const good = entry.status >= 200 && entry.status < 300;
  return [
    h(
      "p.webhook-line",
      {},
      h(
        "b.status",
        { data: { good: good ? "yes" : "no" } },
        entry.status ? String(entry.status) : entry.reason,
      ),
      h("span", {}, `${clockTime(entry.at)}・${entry.attempt}回目・${entry.ms} ms`),
      entry.isRedelivery ? h("b.tag", {}, "再送") : null,
      entry.fault ? h("b.tag", {}, entry.fault) : null,
    ),
    h("p.webhook-url", {}, entry.url),
    h("pre", { tabindex: "0", role: "region", "aria-label": "Webhookの本文" }, pretty(entry.body)),
  ];
}

/** The last webhook that carried something of this friend -> {node, stop}. */
export function lastWebhook(who) {
  const place = h("div.webhook", {}, h("p.hint", {}, "まだWebhookは送られていません。"));
  let after = null;
  const look = async () => {
    const said = await newest(who, after).catch(() => null);
    if (!said) return;
    after = said.last;
    if (said.entry) place.replaceChildren(...drawn(said.entry));
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    node: h("section", { "aria-label": "最後のWebhook" }, h("h3", {}, "最後のWebhook"), place),
    stop: () => clearInterval(timer),
  };
}
