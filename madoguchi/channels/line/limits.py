"""The checks behind the builders. Each names LINE's property and says in Japanese how to mend it."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, urlsplit

from .measure import graphemes, length_utf16

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


class MessageError(ValueError):
    """A message that LINE would refuse. `property` is LINE's name for the place, as in `columns[1].text`;
    `message_ja` is for whoever wrote it. Neither holds what was written."""

    def __init__(self, property: str, message_ja: str) -> None:  # noqa: A002 - LINE's own word
        super().__init__(f"{property}: {message_ja}")
        self.property = property
        self.message_ja = message_ja


def units(place: str, name: str, text: str, limit: int) -> str:
    """`text`, not blank and at most `limit` UTF-16 code units."""
    return _fits(place, name, text, limit, length_utf16)


def letters(place: str, name: str, text: str, limit: int) -> str:
    """`text`, not blank and at most `limit` graphemes."""
    return _fits(place, name, text, limit, graphemes)


def count(place: str, name: str, items: Sequence[object], low: int, high: int) -> None:
    """From `low` to `high` items."""
    if not low <= len(items) <= high:
        span = f"{low}個" if low == high else f"{low}個から{high}個"
        raise MessageError(place, f"{name}は{span}にしてください。いまは{len(items)}個です。")


def address(place: str, name: str, url: str, limit: int = 2000) -> str:
    """An https address. Plain http passes for this machine alone, for a stand-in platform."""
    units(place, name, url, limit)
    parts = _split(place, name, url)
    is_https = parts.scheme == "https" and bool(parts.hostname)
    if not is_https and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise MessageError(place, f"{name}は https:// で始まるURLにしてください。")
    return url


def link(place: str, url: str) -> str:
    """What a button may open: http, https, line or tel, at most 1,000 UTF-16 code units."""
    units(place, "リンク先", url, 1000)
    if _split(place, "リンク先", url).scheme not in ("http", "https", "line", "tel"):
        raise MessageError(place, "リンク先は https://、http://、line://、tel: のどれかで始めてください。")
    return url


def _split(place: str, name: str, url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise MessageError(
            place, f"{name}がURLの形になっていません。写し間違いがないか確かめてください。"
        ) from None


def _fits(place: str, name: str, text: str, limit: int, measure: Callable[[str], int]) -> str:
    if not text.strip():
        raise MessageError(place, f"{name}を入力してください。")
    if _UNSENDABLE.search(text):
        raise MessageError(
            place, f"{name}に送れない文字が入っています。その文字を消して入力し直してください。"
        )
    length = measure(text)
    if length > limit:
        raise MessageError(place, f"{name}は{limit:,}文字までです。{length - limit:,}文字減らしてください。")
    return text
