// The words printed on LINE's own stickers that accounts may send (developers.line.biz, sticker list). Their
// pictures are not ours to show: a card with these words stands for them.

const polite = [
  "OKです",
  "ありがとうございます",
  "助かります",
  "はい",
  "いかがですか",
  "大丈夫です",
  "よろしくお願いします",
  "確認します",
  "申し訳ございません",
  "楽しみです",
  "お疲れ様です",
  "ハート",
  "さすがです",
  "うれしいです",
  "なるほどです",
  "何卒",
  "うーん",
  "お手数おかけします",
  "おはようございます",
  "おやすみなさい",
  "涙",
  "あわあわ",
  "ごちそうさまでした",
  "がんばってください",
];

export const wordsOn = new Map([
  ...polite.map((words, at) => [`8515/${16581242 + at}`, words]),
  ["6325/10979904", "OK"],
  ["6325/10979908", "ぬくぬく"],
  ["6325/10979909", "もしもし"],
  ["6325/10979910", "ふぅ"],
  ["6325/10979911", "やくそく"],
  ["6325/10979912", "ありがと"],
  ["6325/10979914", "おつかれ"],
]);
