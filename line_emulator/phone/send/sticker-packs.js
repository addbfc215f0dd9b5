import { wordsOn } from "./known-stickers.js";

// Invented stickers: packages and ids that LINE does not use, each with its meaning. The drawing is made
// from the parts named here (see sticker-art.js).

const rows = {
  900001: [
    "もちまる",
    "mochi",
    [
      ["ありがとう", ["ありがとう", "感謝", "うれしい"], "smile", "smile", "hearts"],
      ["こんにちは", ["こんにちは", "あいさつ", "やあ"], "dot", "open", "wave"],
      ["うん、わかった", ["了解", "OK", "わかった"], "smile", "cat", "check"],
      ["おねがいします", ["お願い", "たのむ"], "shine", "small", "sparkle"],
      ["かなしい…", ["悲しい", "泣く", "つらい"], "tear", "sad", "rain"],
      ["つかれた", ["疲れた", "しんどい"], "tired", "wavy", "sweat"],
      ["びっくり！", ["驚き", "えっ"], "wide", "o", "bang"],
      ["おやすみ", ["おやすみ", "眠い", "夜"], "sleep", "small", "zzz"],
    ],
  ],
  900002: [
    "こぐまのポン",
    "bear",
    [
      ["やったー！", ["うれしい", "やった", "喜び"], "smile", "open", "sparkle"],
      ["ごめんなさい", ["ごめん", "謝る"], "sleep", "wavy", "sweat"],
      ["こわいよ", ["怖い", "不安", "たすけて"], "wide", "wavy", "rain"],
      ["ぷんぷん", ["怒り", "おこる", "いや"], "angry", "sad", "steam"],
      ["どうしよう", ["困った", "悩み", "迷う"], "dot", "wavy", "question"],
      ["だいじょうぶ", ["大丈夫", "平気", "安心"], "smile", "smile", "check"],
      ["だいすき", ["好き", "ハート"], "shine", "cat", "hearts"],
      ["またね", ["またね", "ばいばい"], "dot", "smile", "wave"],
    ],
  ],
};

export const packs = Object.entries(rows).map(([packageId, [name, body, stickers]]) => ({
  packageId,
  name,
  body,
  stickers: stickers.map(([meaning, keywords, eyes, mouth, extra], at) => ({
    packageId,
    stickerId: `${packageId}${String(at + 1).padStart(2, "0")}`,
    body,
    meaning,
    keywords,
    eyes,
    mouth,
    extra,
  })),
}));

const byId = new Map(
  packs.flatMap((pack) => pack.stickers.map((each) => [`${each.packageId}/${each.stickerId}`, each])),
);

export const stickerOf = ({ packageId, stickerId }) => byId.get(`${packageId}/${stickerId}`);

/** What a sticker says, as far as its message or our own list knows; else nothing. */
export function meaningOf(message) {
  return (
    stickerOf(message)?.meaning ??
    wordsOn.get(`${message.packageId}/${message.stickerId}`) ??
    message.text ??
    message.keywords?.[0]
  );
}
