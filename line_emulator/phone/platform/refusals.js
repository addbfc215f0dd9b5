// The stand-in platform refuses in English, for whoever writes a program; a phone says it in the words of its owner.
const known = [
  [/^no such (channel|account)/, "このアカウントは、もうありません。"],
  [/^not a link/, "このリンクから友だちに追加できるアカウントは、ありません。"],
  [/^no such friend/, "この電話の持ち主は、もういません。画面を読み込み直してください。"],
  [/^no such (group|chat)|not in this group/, "このグループには入っていません。"],
  [/^no such (message|content|media)/, "このメッセージは、もうありません。"],
  [/does not block/, "ブロックしていません。"],
  [/blocks the account/, "ブロックしているので、送れません。"],
  [/already unsent/, "もう取り消してあります。"],
  [/somebody else's/, "自分のメッセージだけ取り消せます。"],
  [/^no such LIFF app/, "このページは、もうありません。"],
  [/can('t)? be tapped|picker/, "このボタンは、もう押せません。"],
  [/more than 200 MB/, "大きすぎて送れません（200MBまで）。"],
  [/nothing was uploaded|not base64/, "ファイルを読めませんでした。選び直してください。"],
  [/text is empty/, "文が空です。"],
];

/** What a person reads of an error; the platform's own words are kept for the browser's console. */
export function inWords({ message }) {
  if (/[\u3040-\u30ff\u4e00-\u9fff]/.test(message)) return message;
  console.warn(message);
  return known.find(([pattern]) => pattern.test(message))?.[1] ?? "いまはできない操作でした。";
}
