import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { openSheet } from "../parts/sheet.js";
import { attempt } from "../parts/toast.js";
import { get, post } from "../platform/api.js";
import { askToAdd } from "./add-prompt.js";

// The phone's own browser: a frame in a sheet. Its page is of another origin, so all that is known of it is what it
// says itself by messages (closing, opening another page); it may not lead this window away.

const MAY = [
  "allow-scripts",
  "allow-same-origin",
  "allow-forms",
  "allow-modals",
  "allow-downloads",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
].join(" ");

function addressOf(url) {
  const { host, protocol } = new URL(url);
  return h("p.web-address", {}, protocol === "https:" ? icon("lock") : null, h("span", {}, host));
}

function elsewhere(url) {
  return h(
    "a.plain",
    { href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": "このパソコンのブラウザーでひらく" },
    icon("outside"),
  );
}

function hearing(frame, hears) {
  const hear = ({ source, data }) => {
    if (!frame.isConnected) removeEventListener("message", hear);
    else if (source === frame.contentWindow) hears[data?.liff]?.(data);
  };
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}

/** Shows a page: {url, title?, size?: "compact"|"tall"|"full", name?, closed?, follow(uri)}. */
function show(from, { url, title, size = "full", name = "", shared = url, closed = () => {}, follow }) {
  const frame = h("iframe", { src: url, name, sandbox: MAY, title: title ?? new URL(url).host, allow: "clipboard-write" });
  const waiting = h("p.web-waiting", { role: "status" }, "読み込んでいます…");
  frame.addEventListener("load", () => waiting.remove(), { once: true });
  const close = openSheet(from, title ?? "ブラウザー", () => [frame, waiting], {
    kind: "web",
    beside: [addressOf(url), elsewhere(shared)],
    closed: () => {
      silent();
      closed();
    },
  });
  frame.closest(".sheet").dataset.size = size;
  const silent = hearing(frame, {
    close,
    open: (data) => follow(data.url),
    follow: (data) => {
      close();
      follow(data.url);
    },
  });
}

/** An ordinary page, as the links of messages open it. */
export function openPage(from, url, follow) {
  show(from, { url, follow });
}

/** A LIFF app in its height. Closing it ends what the page was lent. */
export async function openLiff(from, link, { userId, channelId }, follow) {
  const found = await attempt(from, () => get("liff/look", { userId, link }));
  const consent = found && (await askToAdd(from, found));
  if (!consent) return;
  const given = { userId, channelId: channelId ?? undefined, link, ...consent };
  const app = await attempt(from, () => post("liff/open", given));
  if (!app) return;
  const { session, url, name, viewType } = app;
  show(from, {
    url,
    title: name,
    size: viewType,
    name: `emu-liff:${session}`,
    shared: app.endpointUrl,
    follow,
    closed: () => post("liff/close", { session }).catch(() => {}), // the page may have closed it itself
  });
}
