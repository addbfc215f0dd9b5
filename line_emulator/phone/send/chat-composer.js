import { h } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { iconButton } from "../parts/icon-button.js";
import { attempt } from "../parts/toast.js";
import { setting } from "../parts/settings.js";
import { act } from "../platform/api.js";
import { emojisIn } from "../bubbles/line-emoji.js";
import { answering } from "./answering.js";
import { plusTray } from "./plus-tray.js";
import { facesTray } from "./faces-tray.js";
import { picturesTray } from "./pictures-tray.js";
import { openCamera } from "./camera-sheet.js";
import { openVoice } from "./voice-sheet.js";

const trays = { plus: plusTray, faces: facesTray, pictures: picturesTray };

/** Where the friend writes. Sends on Enter (if so set) but never while an input method is composing. */
class ChatComposer extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = h("textarea", {
      rows: "1",
      placeholder: "メッセージ",
      "aria-label": "メッセージを入力",
      enterkeyhint: "send",
      oninput: () => this.fit(),
      onkeydown: (event) => this.key(event),
      onfocus: () => this.keepsTray || this.openTray(null),
    });
    this.answered = h("div.answering-place");
    this.tray = h("div.tray", { hidden: true });
    this.sendButton = h(
      "button.plain.send",
      { type: "submit", "aria-label": "送信", hidden: true },
      icon("send"),
    );
    this.voiceButton = this.tool("ボイスメッセージ", "mic", () => openVoice(this, this.talk));
    this.append(
      this.answered,
      h(
        "form.composer",
        {
          onsubmit: (event) => {
            event.preventDefault();
            this.send();
          },
        },
        this.trayTool("メニューをひらく", "plus", "plus"),
        this.tool("カメラ", "camera", () => openCamera(this, this.talk)),
        this.trayTool("写真をえらぶ", "picture", "pictures"),
        h("div.input-box", {}, this.input, this.trayTool("スタンプと絵文字", "smile", "faces")),
        this.sendButton,
        this.voiceButton,
      ),
      this.tray,
    );
    this.fit();
  }

  tool(name, sign, press) {
    return iconButton(name, sign, press);
  }

  trayTool(name, sign, tray) {
    const button = this.tool(name, sign, () => this.openTray(this.opened === tray ? null : tray));
    button.dataset.tray = tray;
    button.setAttribute("aria-expanded", "false");
    return button;
  }

  openTray(name) {
    this.opened = name;
    this.tray.hidden = !name;
    this.tray.replaceChildren(...(name ? [trays[name](this)] : []));
    for (const button of this.querySelectorAll("[data-tray]"))
      button.setAttribute("aria-expanded", String(button.dataset.tray === name));
  }

  key(event) {
    // keyCode 229: some browsers end a composition before they report its Enter
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    const send = setting("enterSends", true) ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (!send) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.input.value.trimEnd();
    if (!text.trim()) return;
    this.fill("");
    const sent = await attempt(this, () =>
      act(this.talk.who, "text", { text, emojis: emojisIn(text), ...this.takeAnswered() }),
    );
    if (!sent && !this.input.value) this.fill(text); // nothing written is lost
  }

  fill(text) {
    this.input.value = text;
    this.fit();
    this.input.focus({ preventScroll: true });
  }

  insert(text, goesOn = false) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
    this.fit();
    this.keepsTray = true;
    if (goesOn) this.input.focus({ preventScroll: true });
    this.keepsTray = false;
  }

  answer(entry) {
    this.answeredEntry = entry;
    this.answered.replaceChildren(answering(this.talk, entry, () => this.takeAnswered()));
    this.input.focus({ preventScroll: true });
  }

  takeAnswered() {
    const entry = this.answeredEntry;
    this.answeredEntry = null;
    this.answered.replaceChildren();
    return entry ? { quotedMessageId: entry.id } : {};
  }

  fit() {
    const hasText = Boolean(this.input.value.trim());
    this.sendButton.hidden = !hasText;
    this.voiceButton.hidden = hasText;
    this.classList.toggle("writing", hasText);
    this.input.style.height = "auto";
    const wanted = this.input.scrollHeight; // 0 while this phone is not the one on a narrow window
    if (wanted) this.input.style.height = `${Math.min(wanted, 128)}px`;
  }
}

customElements.define("chat-composer", ChatComposer);
