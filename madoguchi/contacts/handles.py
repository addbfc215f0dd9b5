"""A neutral name for a friend, so that the LINE name need not be on the screen: a colour and a bird."""

import secrets

COLOURS = (
    "あおい",
    "あかい",
    "きいろい",
    "しろい",
    "みどりの",
    "むらさきの",
    "ももいろの",
    "そらいろの",
    "だいだいの",
    "こんいろの",
    "ぎんいろの",
    "わかばいろの",
)
BIRDS = (
    "すずめ", "つばめ", "めじろ", "ひばり", "うぐいす", "かもめ", "つぐみ", "ひよどり", "かわせみ", "しじゅうから", "せきれい",
    "はくちょう",
    "ふくろう", "きつつき", "らいちょう", "ほおじろ", "もず",
    "うみねこ", "ことり", "こうのとり", "やまがら", "えなが", "るりびたき", "みみずく",
)  # fmt: skip


def new_handle() -> str:
    """One of 288 names; the number beside it on the screen tells two of the same name apart."""
    return secrets.choice(COLOURS) + secrets.choice(BIRDS)
