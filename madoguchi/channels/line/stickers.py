"""What a sticker says, in words: LINE gives no picture by API, and its pictures aren't ours to keep.

The two packages here have their words printed on them, and any account may send them (LINE's list:
https://developers.line.biz/en/docs/messaging-api/sticker-list/). The desk offers only what suits a
counsellor: no hearts, and no 「がんばって」 to somebody who can't any more.
For what friends send, LINE adds English keywords, at most 15 chosen at random: a hint, never a statement.
"""

from dataclasses import dataclass

from .contents import Sticker


@dataclass(frozen=True, slots=True)
class Sendable:
    package_id: str
    sticker_id: str
    meaning: str


_POLITE = (
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
)

MEANINGS: dict[tuple[str, str], str] = {
    **{("8515", str(16581242 + place)): words for place, words in enumerate(_POLITE)},
    ("6325", "10979904"): "OK",
    ("6325", "10979908"): "ぬくぬく",
    ("6325", "10979909"): "もしもし",
    ("6325", "10979910"): "ふぅ",
    ("6325", "10979911"): "やくそく",
    ("6325", "10979912"): "ありがと",
    ("6325", "10979914"): "おつかれ",
    ("30563", "651698630"): "組み合わせたスタンプ",
}
"""(package id, sticker id) -> the words on it. The last stands for any combination of stickers."""

_OFFERED = (
    ("8515", "16581260"),
    ("8515", "16581242"),
    ("8515", "16581245"),
    ("8515", "16581243"),
    ("8515", "16581248"),
    ("8515", "16581249"),
    ("8515", "16581247"),
    ("8515", "16581256"),
    ("8515", "16581255"),
    ("8515", "16581250"),
    ("8515", "16581252"),
    ("8515", "16581261"),
    ("6325", "10979912"),
    ("6325", "10979914"),
)

SENDABLE: tuple[Sendable, ...] = tuple(Sendable(*ids, MEANINGS[ids]) for ids in _OFFERED)
"""What the desk offers, in the order of a talk: from good morning to good night."""

_WORDS = {
    "die": "死",
    "dead": "死",
    "blood": "血",
    "help": "助けて",
    "sos": "助けて",
    "scared": "こわい",
    "afraid": "こわい",
    "fear": "こわい",
    "pain": "痛い",
    "hurt": "痛い",
    "ouch": "痛い",
    "crying": "泣く",
    "cry": "泣く",
    "tears": "涙",
    "sad": "悲しい",
    "depressed": "落ち込む",
    "lonely": "さびしい",
    "worried": "心配",
    "anxious": "不安",
    "nervous": "緊張",
    "tired": "疲れた",
    "exhausted": "疲れた",
    "sick": "具合が悪い",
    "angry": "怒り",
    "mad": "怒り",
    "hate": "きらい",
    "shocked": "ショック",
    "surprised": "びっくり",
    "confused": "とまどい",
    "sorry": "ごめん",
    "please": "お願い",
    "thinking": "考え中",
    "no": "いいえ",
    "yes": "はい",
    "ok": "OK",
    "okay": "OK",
    "thanks": "ありがとう",
    "thank you": "ありがとう",
    "thankyou": "ありがとう",
    "hello": "こんにちは",
    "hi": "こんにちは",
    "good morning": "おはよう",
    "good night": "おやすみ",
    "goodnight": "おやすみ",
    "bye": "またね",
    "happy": "うれしい",
    "smile": "笑顔",
    "laugh": "笑い",
    "love": "大好き",
    "heart": "ハート",
    "cheer": "応援",
    "sleepy": "眠い",
    "sleep": "眠る",
    "hungry": "おなかがすいた",
}
"""LINE's English keywords -> Japanese, the ones that a counsellor must not miss first."""

_SHOWN = 4


def meaning(sticker: Sticker) -> str:
    """The friend's own words on it, else the words printed on it, else up to four of LINE's keywords (those
    that tell of distress first), else an empty string: no clue."""
    if sticker.text:
        return sticker.text
    printed = MEANINGS.get((sticker.package_id or "", sticker.sticker_id or ""))
    return printed or "・".join(_hints(sticker.keywords)[:_SHOWN])


def _hints(keywords: tuple[str, ...]) -> list[str]:
    said = {keyword.strip().lower() for keyword in keywords}
    known = [japanese for english, japanese in _WORDS.items() if english in said]
    return list(dict.fromkeys(known)) or [keyword.strip() for keyword in keywords if keyword.strip()]
