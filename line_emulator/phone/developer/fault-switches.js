import { h } from "../parts/dom.js";
import { attempt } from "../parts/toast.js";
import { get, patch, post, remove } from "../platform/api.js";

const faults = {
  duplicate: ["二重に届く", { kind: "duplicate" }],
  reorder: ["順番が入れかわる", { kind: "reorder" }],
  delay: ["5秒おくれて届く", { kind: "delay", delayMs: 5000 }],
  drop: ["届かない", { kind: "drop" }],
  wrongSignature: ["署名がちがう", { kind: "wrongSignature" }],
  errorBefore: ["プロフィール取得を失敗させる", { kind: "errorBefore", path: "/v2/bot/profile" }],
};

// The platform forgets faults only all at once: what stays on is asked for anew.
async function setFaults(channelId, kinds) {
  await remove(`channels/${channelId}/faults`);
  for (const kind of kinds) await post(`channels/${channelId}/faults`, { ...faults[kind][1], count: null });
}

function toggle(name, checked, change) {
  const box = h("input", { type: "checkbox", role: "switch", checked, onchange: () => change(box) });
  return h("label.switch", {}, box, h("span.switch-track", { "aria-hidden": "true" }), name);
}

async function fill(place, channelId) {
  const [{ faults: set }, channel] = await Promise.all([
    get(`channels/${channelId}/faults`),
    get(`channels/${channelId}`),
  ]);
  const active = new Set(set.map((fault) => fault.kind).filter((kind) => faults[kind]));
  const change = (kind) => (box) => {
    if (box.checked) active.add(kind);
    else active.delete(kind);
    attempt(place, () => setFaults(channelId, active));
  };
  place.replaceChildren(
    ...Object.entries(faults).map(([kind, [name]]) => toggle(name, active.has(kind), change(kind))),
    toggle("失敗したら再送する", channel.redelivery, (box) =>
      attempt(place, () => patch(`channels/${channelId}`, { redelivery: box.checked })),
    ),
  );
}

/** Switches for what can go wrong between this account and its server. */
export function faultSwitches(channelId) {
  const place = h("div.faults");
  fill(place, channelId).catch(() => place.append(h("p.hint", {}, "設定を読めませんでした。")));
  return h("section", { "aria-label": "わざと起こすこと" }, h("h3", {}, "わざと起こすこと"), place);
}
