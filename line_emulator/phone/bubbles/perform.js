import { tell } from "../parts/dom.js";
import { attempt, toast } from "../parts/toast.js";
import { act } from "../platform/api.js";
import { pickDateTime } from "./date-picker.js";
import { followLink } from "./line-link.js";

// `as` is "tap" for a button and "quickReply" for a quick reply, which goes with its tap.

async function send(node, action, talk, as, params) {
  const given = params ? { action, params } : { action };
  return (await attempt(node, () => act(talk.who, as, given))) !== null;
}

async function postback(node, action, talk, as) {
  const sent = await send(node, action, talk, as);
  if (sent && action.inputOption === "openKeyboard")
    tell(node, "talk:fill", { text: action.fillInText ?? "" });
  if (sent && action.inputOption === "openVoice") tell(node, "talk:voice");
  return sent;
}

async function dateTime(node, action, talk, as) {
  const params = await pickDateTime(node, action);
  return params ? send(node, action, talk, as, params) : false;
}

async function copy(node, action, talk, as) {
  const copied = await navigator.clipboard?.writeText(action.clipboardText).then(
    () => true,
    () => false,
  );
  toast(node, copied ? "コピーしました" : `コピーできませんでした：${action.clipboardText}`);
  if (as === "quickReply") await send(node, action, talk, as);
  return Boolean(copied);
}

async function open(node, action, talk, as) {
  const opened = followLink(node, action.uri, talk.who);
  if (opened && as === "quickReply") await send(node, action, talk, as);
  return opened;
}

// These go on in a sheet; what is sent from it is newer than the quick replies and takes them away.
function ask(name) {
  return (node) => {
    tell(node, name);
    return true;
  };
}

const acts = {
  message: send,
  postback,
  datetimepicker: dateTime,
  clipboard: copy,
  uri: open,
  camera: ask("talk:camera"),
  cameraRoll: ask("talk:pictures"),
  location: ask("talk:place"),
};

/** Carries out an action object as a tap on the phone would. True when it was done. */
export async function perform(node, action, talk, as = "tap") {
  const screen = node.closest("talk-screen") ?? node; // the node itself goes with a used quick reply
  const how = acts[action.type];
  if (how) return how(screen, action, talk, as);
  toast(screen, `この電話では使えないボタンです（${action.type}）`);
  return false;
}
