import { tell } from "../parts/dom.js";
import { attempt, toast } from "../parts/toast.js";
import { act } from "../platform/api.js";
import { pickDateTime } from "./date-picker.js";
import { followLink } from "./line-link.js";

async function send(node, action, talk, params) {
  return (await attempt(node, () => act(talk.who, "tap", params ? { action, params } : { action }))) !== null;
}

async function postback(node, action, talk) {
  const sent = await send(node, action, talk);
  if (sent && action.inputOption === "openKeyboard")
    tell(node, "talk:fill", { text: action.fillInText ?? "" });
  return sent;
}

async function dateTime(node, action, talk) {
  const params = await pickDateTime(node, action);
  return params ? send(node, action, talk, params) : false;
}

async function copy(node, action) {
  const copied = await navigator.clipboard?.writeText(action.clipboardText).then(
    () => true,
    () => false,
  );
  toast(node, copied ? "コピーしました" : `コピーできませんでした：${action.clipboardText}`);
  return Boolean(copied);
}

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
  uri: followLink,
  camera: ask("talk:camera"),
  cameraRoll: ask("talk:pictures"),
  location: ask("talk:place"),
};

/** Carries out an action object as a tap on the phone would. True when it was done. */
export async function perform(node, action, talk) {
  const how = acts[action.type];
  if (how) return how(node, action, talk);
  toast(node, `この電話では使えないボタンです（${action.type}）`);
  return false;
}
