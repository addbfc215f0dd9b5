"""Which drawn face stands for a sticker, by the words LINE sends with it.

LINE's sticker art may neither be copied nor fetched by API, so that a sticker is shown by its meaning and a face of our
own. The words come in the sender's language and in random choice (at most 15); the first face with a known word wins.
"""

FACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("heart", ("heart", "love", "ハート", "大好き", "好き", "愛")),
    (
        "bow",
        (
            "bow",
            "sorry",
            "apolog",
            "ごめん",
            "すみません",
            "申し訳",
            "おじぎ",
            "よろしく",
            "お願い",
            "please",
        ),
    ),
    ("thanks", ("thank", "ありがと", "感謝", "助か", "お疲れ", "おつかれ")),
    (
        "cry",
        ("cry", "tear", "sob", "sad", "泣", "涙", "悲し", "かなし", "つらい", "しくしく", "えーん", "寂し"),
    ),
    ("angry", ("angry", "mad", "rage", "怒", "おこ", "ムカ", "むか", "プンプン")),
    ("worry", ("worr", "anxi", "nervous", "scared", "fear", "不安", "心配", "こわ", "怖", "焦", "困")),
    ("surprise", ("surpris", "shock", "wow", "びっくり", "驚", "えっ", "まさか", "ショック")),
    ("sleep", ("sleep", "tired", "night", "おやすみ", "眠", "ねむ", "疲れ", "つかれ")),
    ("no", ("no!", "nope", "disagree", "だめ", "ダメ", "いや", "無理", "バツ", "ノー")),
    (
        "cheer",
        ("cheer", "fight", "congrat", "yay", "がんば", "頑張", "応援", "おめでと", "やった", "ファイト"),
    ),
    ("laugh", ("laugh", "lol", "haha", "笑", "わら", "ウケ")),
    (
        "wave",
        (
            "hello",
            "hi!",
            "bye",
            "こんにち",
            "おはよ",
            "こんばん",
            "バイバイ",
            "またね",
            "やあ",
            "はじめまして",
        ),
    ),
    (
        "ok",
        (
            "ok",
            "yes",
            "agree",
            "good",
            "了解",
            "はい",
            "いいね",
            "オッケー",
            "大丈夫",
            "確認",
            "わかりました",
            "うん",
            "なるほど",
        ),
    ),
    ("smile", ("smile", "happy", "glad", "joy", "にこ", "ニコ", "笑顔", "うれし", "嬉し", "楽し", "ほっ")),
)


def face_of(meaning: str) -> str:
    """The id of a face in img/stickers.svg for a sticker's words; ``other`` when none is known."""
    said = meaning.casefold()
    return next((face for face, words in FACES if any(word in said for word in words)), "other")
