"""Our own sentences with readings, for the plain wording: what a child reads has furigana on every kanji.

Only for words that stand in this product; what an organisation writes has its own readings (surveys.wording). A test draws
every page in the plain wording and finds kanji without a reading.
"""

import re

# Longer ones first wins: each is written as wording.pieces reads it.
WORDS = (
    "4月《がつ》1日《ついたち》", "その場《ば》", "一度《いちど》", "上《うえ》", "予定《よてい》", "人数《にんずう》",
    "付《つ》け", "以上《いじょう》", "住所《じゅうしょ》", "例《れい》", "値《あたい》", "元《もと》", "先《さき》",
    "児童相談所《じどうそうだんじょ》", "入《い》れ", "入力《にゅうりょく》", "全部《ぜんぶ》", "写真《しゃしん》",
    "別《べつ》", "危《あぶ》ない", "取《と》り", "取《と》り除《のぞ》", "受《う》け", "受《う》け取《と》",
    "受付《うけつけ》", "合《あ》って", "同意《どうい》", "名前《なまえ》", "問《もん》", "回答《かいとう》",
    "地域《ちいき》", "場所《ばしょ》", "変《か》わ", "大《おお》き", "大丈夫《だいじょうぶ》", "始《はじ》め",
    "小《ちい》さ", "少《すこ》し", "年《ねん》", "年齢《ねんれい》", "店《みせ》", "待《ま》", "後《あと》", "戻《もど》",
    "押《お》", "撮《と》", "救急《きゅうきゅう》", "数字《すうじ》", "文字《もじ》", "新《あたら》しい", "日《にち》",
    "日付《ひづけ》", "時刻《じこく》", "書《か》", "替《か》え", "枚《まい》", "次《つぎ》", "止《や》め", "残《のこ》",
    "消《け》", "無料《むりょう》", "版《はん》", "画面《がめん》", "番号《ばんごう》", "直《なお》",
    "相談員《そうだんいん》", "知《し》ら", "短《みじか》", "確《たし》かめ", "確認《かくにん》", "第《だい》",
    "答《こた》え", "答《こた》えて", "答《こた》える前《まえ》", "終《お》わ", "続《つづ》", "見《み》", "見《み》つかり",
    "言葉《ことば》", "記録《きろく》", "話《はな》", "読《よ》", "警察《けいさつ》", "質問《しつもん》", "返事《へんじ》",
    "送《おく》", "途中《とちゅう》", "進《すす》", "達《たっ》した", "違《ちが》う", "選《えら》", "選択肢《せんたくし》",
    "郵便番号《ゆうびんばんごう》", "長《なが》", "閉《と》じ", "開《ひら》", "隠《かく》", "電話《でんわ》", "駅《えき》",
)  # fmt: skip

_NOTED = re.compile(r"《[^》]*》")
_READ = re.compile(r"([一-鿿]+)《")  # marked where it begins: what stands before it has a reading of its own
_BY_BARE = {_NOTED.sub("", word): _READ.sub(r"｜\1《", word) for word in WORDS}
_ANY = re.compile("|".join(re.escape(bare) for bare in sorted(_BY_BARE, key=len, reverse=True)))


def with_furigana(sentence: str) -> str:
    """Our sentence in the notation 漢字《かんじ》."""
    return _ANY.sub(lambda match: _BY_BARE[match[0]], sentence)
