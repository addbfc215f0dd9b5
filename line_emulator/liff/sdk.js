// Stands in for LINE's LIFF SDK: defines window.liff with the same calls and answers. LINE's own SDK knows no other
// host than LINE's, so a page loads one or the other. What the phone lends a page (its session) comes in the fragment
// of the first address, where no server sees it, or as the name of the frame, which stays over the page's own links.
(() => {
  "use strict";

  const platform = new URL(document.currentScript.src).origin;
  const MARK = "emu_session=";
  const NAME = /^emu-liff:([\w-]+)$/;
  const PUSHABLE = 5;

  let about = null; // what the platform told init()
  let session = null;
  let becomeReady;
  const ready = new Promise((resolve) => {
    becomeReady = resolve;
  });

  class LiffError extends Error {
    constructor(code, message) {
      super(message ?? code);
      this.name = "LiffError";
      this.code = code;
    }
  }

  async function ask(path, body, how = {}) {
    const answer = await fetch(platform + path, {
      method: body ? "POST" : "GET",
      body: body && JSON.stringify(body),
      headers: body ? { "Content-Type": "application/json" } : {},
      ...how,
    }).catch(() => {
      throw new LiffError("UNKNOWN", "Network error");
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new LiffError(String(answer.status), said.error ?? said.message), { status: answer.status });
    return said;
  }

  function begun() {
    if (!about) throw new LiffError("INVALID_CONFIG", "liff.init() has to be called before this");
    return about;
  }

  function loggedIn() {
    if (!begun().isLoggedIn) throw new LiffError("UNAUTHORIZED", "Need access_token for api call, Please login first");
    return about;
  }

  function permitted(scope) {
    if (!loggedIn().scopes.includes(scope))
      throw new LiffError("FORBIDDEN", `The permission is not in LIFF app scope: ${scope}`);
  }

  // ---- the session -------------------------------------------------------------------------------------------

  const storeKey = (liffId) => `emu-liff:${liffId}`;

  function stored(liffId) {
    try {
      return sessionStorage.getItem(storeKey(liffId));
    } catch {
      return null; // a frame whose storage the browser keeps shut
    }
  }

  function store(liffId, value) {
    try {
      if (value) sessionStorage.setItem(storeKey(liffId), value);
      else sessionStorage.removeItem(storeKey(liffId));
    } catch {
      // then the frame's name or the fragment has to do
    }
  }

  function lent(liffId) {
    if (location.hash.startsWith(`#${MARK}`)) return location.hash.slice(1 + MARK.length);
    return window.name.match(NAME)?.[1] ?? (window.parent === window ? stored(liffId) : null);
  }

  function hideCredentials() {
    if (location.hash.startsWith(`#${MARK}`)) history.replaceState(history.state, "", location.pathname + location.search);
  }

  // ---- the two redirects -------------------------------------------------------------------------------------

  /** Where liff.state says the page really is, or null when this is the place. */
  function secondAddress(endpointUrl) {
    const here = new URL(location.href);
    const state = here.searchParams.get("liff.state");
    if (state === null) return null;
    const there = new URL(endpointUrl);
    const [, path, query, fragment] = state.match(/^([^?#]*)(\?[^#]*)?(#.*)?$/);
    if (path) there.pathname = there.pathname.replace(/\/$/, "") + (path.startsWith("/") ? path : `/${path}`);
    for (const [name, value] of new URLSearchParams(query ?? "")) there.searchParams.append(name, value);
    for (const [name, value] of here.searchParams)
      if (name.startsWith("liff.") && name !== "liff.state") there.searchParams.set(name, value);
    there.hash = fragment ?? "";
    return there;
  }

  function warnWhenElsewhere(endpointUrl) {
    const here = location.origin + location.pathname;
    const end = new URL(endpointUrl);
    const base = (end.origin + end.pathname).replace(/\/$/, "");
    if (here !== base && !here.startsWith(`${base}/`))
      console.warn(`liff.init() was called with a current URL that is not related to the endpoint URL. ${endpointUrl} is not a part of ${here}`);
  }

  // ---- calls -------------------------------------------------------------------------------------------------

  async function init(config, success, failure) {
    try {
      await start(config ?? {});
    } catch (error) {
      failure?.(error);
      throw error;
    }
    success?.();
  }

  async function start({ liffId, withLoginOnExternalBrowser = false }) {
    if (!liffId) throw new LiffError("INVALID_CONFIG", "liffId is necessary for liff.init()");
    session = lent(liffId);
    const told = await ask("/emu/liff/session", { session, liffId }).catch((error) => {
      throw new LiffError(error.status === 404 ? "400" : "INIT_FAILED", error.message);
    });
    if (!told.isLoggedIn) session = null;
    about = told;
    liff.id = liffId;
    store(liffId, session);
    if (withLoginOnExternalBrowser && !about.isLoggedIn) {
      login();
      await new Promise(() => {}); // the page is being left
    }
    const there = secondAddress(about.endpointUrl);
    if (there && there.href.split("#")[0] !== location.href.split("#")[0]) {
      location.replace(there);
      await new Promise(() => {});
    }
    hideCredentials();
    warnWhenElsewhere(about.endpointUrl);
    becomeReady();
  }

  function login({ redirectUri } = {}) {
    const { liffId, endpointUrl, isInClient } = begun();
    if (isInClient) {
      console.warn("liff.login() does nothing inside LINE");
      return;
    }
    const back = redirectUri ?? (location.href.startsWith(endpointUrl) ? location.href.split("#")[0] : endpointUrl);
    location.assign(`${platform}/emu/liff/login?${new URLSearchParams({ liffId, redirectUri: back })}`);
  }

  function logout() {
    store(begun().liffId, null);
    if (session) ask("/emu/liff/close", { session }).catch(() => {});
    Object.assign(about, { isLoggedIn: false, accessToken: null, idToken: null });
    session = null;
  }

  function decoded(token) {
    const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (char) => char.charCodeAt(0))));
  }

  const bearer = () => ({ headers: { Authorization: `Bearer ${about.accessToken}` } });

  async function getProfile() {
    permitted("profile");
    return ask("/v2/profile", undefined, bearer());
  }

  async function getFriendship() {
    permitted("profile");
    return ask("/friendship/v1/status", undefined, bearer());
  }

  async function sendMessages(messages) {
    permitted("chat_message.write");
    if (!Array.isArray(messages) || messages.length < 1 || messages.length > PUSHABLE)
      throw new LiffError("INVALID_ARGUMENT", "Number of messages should be in range 1 to 5.");
    await ask("/emu/liff/send", { session, messages }).catch((error) => {
      throw new LiffError(error.status === 409 ? "FORBIDDEN" : error.code, error.message);
    });
  }

  /** The phone around this page; a page in another browser has none. */
  function tellPhone(what, more = {}) {
    if (window.parent !== window) window.parent.postMessage({ liff: what, ...more }, platform);
  }

  function closeWindow() {
    if (session && about.isInClient) {
      ask("/emu/liff/close", { session }, { keepalive: true }).catch(() => {}).finally(() => tellPhone("close"));
      session = null;
    } else window.close();
  }

  function openWindow({ url, external = false } = {}) {
    if (!url) throw new LiffError("INVALID_ARGUMENT", "Invalid parameters for liff.openWindow()");
    const inside = about?.isInClient && window.parent !== window && !external;
    if (inside) tellPhone("open", { url: new URL(url, location.href).href });
    else window.open(url, "_blank", "noopener");
  }

  function linkTo(address) {
    const { endpointUrl, liffId } = begun();
    const url = new URL(address);
    const end = new URL(endpointUrl);
    const base = end.pathname.replace(/\/$/, "");
    const isBelow = url.origin === end.origin && (url.pathname === base || url.pathname.startsWith(`${base}/`));
    if (!isBelow) throw new LiffError("INVALID_ARGUMENT", "Current page is not at the endpoint URL or below");
    for (const name of [...url.searchParams.keys()]) if (name.startsWith("liff.")) url.searchParams.delete(name);
    const rest = url.pathname.slice(base.length).replace(/^\/$/, "") + url.search;
    return `https://liff.line.me/${liffId}${rest}${url.hash.startsWith(`#${MARK}`) ? "" : url.hash}`;
  }

  const permission = {
    query: async (scope) => ({ state: loggedIn().scopes.includes(scope) ? "granted" : "unavailable" }),
    getGrantedAll: async () => [...loggedIn().scopes],
    requestAll: async () => {},
  };

  const absent = async () => {
    throw new LiffError("FORBIDDEN", "not available on this practice phone");
  };

  const available = { shareTargetPicker: false, scanCode: false, scanCodeV2: false, multipleLiffTransition: true };

  const liff = {
    id: null,
    ready,
    init,
    login,
    logout,
    isInClient: () => Boolean(about?.isInClient),
    isLoggedIn: () => begun().isLoggedIn,
    getOS: () => (begun().isInClient ? "ios" : "web"),
    getLanguage: () => navigator.language,
    getAppLanguage: () => about?.language ?? navigator.language,
    getVersion: () => "2.31.0",
    getLineVersion: () => (begun().isInClient ? "15.0.0" : null),
    getContext: () => (begun().context.type === "external" && !about.isLoggedIn ? null : about.context),
    getIDToken: () => begun().idToken ?? null,
    getDecodedIDToken: () => (begun().idToken ? decoded(about.idToken) : null),
    getAccessToken: () => begun().accessToken ?? null,
    getProfile,
    getFriendship,
    sendMessages,
    closeWindow,
    openWindow,
    permission,
    permanentLink: {
      createUrl: () => linkTo(location.href),
      createUrlBy: async (url) => linkTo(url),
    },
    isApiAvailable: (name) => available[name] ?? name in liff,
    isSubWindow: () => false,
    shareTargetPicker: absent,
    scanCodeV2: absent,
  };

  window.liff = liff;
})();
