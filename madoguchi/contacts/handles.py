"""A neutral name for a friend, so that the LINE name need not be on the screen: a colour and a bird."""

import secrets
from collections.abc import Collection
from itertools import product

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


def new_handle(taken: Collection[str] = ()) -> str:
    """One of 288 names, none that is `taken` while another is left; where two have the same after all, the number beside it on
    the screen tells them apart."""
    left = _ALL.difference(taken)
    return secrets.choice(sorted(left or _ALL))


_ALL = frozenset(colour + bird for colour, bird in product(COLOURS, BIRDS))
