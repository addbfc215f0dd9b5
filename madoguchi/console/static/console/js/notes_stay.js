// What staff write among themselves stays among themselves: what was copied, cut or dragged out of the notes is not taken by the
// box whose words go to the friend. The mark travels with the clipboard, and only inside the browser.
import { say } from "./words.js";

const MARK = "application/x-madoguchi-note";
const inNotes = (event) => (event.target.nodeType === 1 ? event.target : event.target.parentElement)?.closest(".notes");

for (const name of ["copy", "cut"]) {
  document.addEventListener(name, (event) => {
    if (!inNotes(event)) return;
    const box = event.target.closest?.("textarea");
    const text = box ? box.value.slice(box.selectionStart, box.selectionEnd) : String(getSelection());
    if (!text) return;
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData(MARK, "note");
    event.preventDefault();
    if (box && name === "cut") box.setRangeText("", box.selectionStart, box.selectionEnd, "end");
  });
}

document.addEventListener("dragstart", (event) => { if (inNotes(event)) event.dataTransfer.setData(MARK, "note"); });

function refuse(event, moved) {
  if (!event.target.closest?.("message-composer") || !moved.types.includes(MARK)) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("notice", { detail: { kind: "lamp", text: say("スタッフのメモは、友だちへの返事には貼れません。伝えることは、自分の言葉で書いてください。") } }));
}

document.addEventListener("paste", (event) => refuse(event, event.clipboardData), true);
document.addEventListener("drop", (event) => refuse(event, event.dataTransfer), true);
