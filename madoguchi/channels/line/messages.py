"""Builders for what the desk sends: plain dicts, refused early with a sentence for the writer.

A text that is too long is refused, never split: two halves of a sentence may reach a child on two screens.
Limits: https://developers.line.biz/en/reference/messaging-api/#message-objects.
"""

import math
import re
from collections.abc import Sequence

from . import limits
from .body import JsonObject
from .limits import MessageError

TEXT_LIMIT = 5000  # UTF-16 code units
PICTURE_LIMIT = 10 * 1024 * 1024  # bytes
_TRACKING = re.compile(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}\Z")


def text(words: str, *, quote_token: str | None = None) -> JsonObject:
    """At most 5,000 UTF-16 code units."""
    message = {"type": "text", "text": limits.units("text", "本文", words, TEXT_LIMIT)}
    return _quoting(message, quote_token)


def sticker(package_id: str, sticker_id: str, *, quote_token: str | None = None) -> JsonObject:
    """Only LINE's own sendable stickers arrive; see stickers.SENDABLE."""
    for place, value in (("packageId", package_id), ("stickerId", sticker_id)):
        if not (value.isascii() and value.isdecimal()):
            raise MessageError(place, "スタンプを選び直してください。")
    return _quoting({"type": "sticker", "packageId": package_id, "stickerId": sticker_id}, quote_token)


def image(original_url: str, preview_url: str) -> JsonObject:
    """JPEG or PNG; at most 10 MB and 1 MB. LINE's servers fetch both."""
    return {
        "type": "image",
        "originalContentUrl": limits.address("originalContentUrl", "画像のURL", original_url),
        "previewImageUrl": limits.address("previewImageUrl", "プレビュー画像のURL", preview_url),
    }


def video(original_url: str, preview_url: str, *, tracking_id: str | None = None) -> JsonObject:
    """mp4, at most 200 MB. With `tracking_id` LINE tells when it was watched to the end."""
    message = {
        "type": "video",
        "originalContentUrl": limits.address("originalContentUrl", "動画のURL", original_url),
        "previewImageUrl": limits.address("previewImageUrl", "プレビュー画像のURL", preview_url),
    }
    if tracking_id is None:
        return message
    if not _TRACKING.match(tracking_id):
        raise MessageError("trackingId", "動画の識別名は英数字と記号、100文字までにしてください。")
    return {**message, "trackingId": tracking_id}


def audio(original_url: str, duration_ms: int) -> JsonObject:
    """mp3 or m4a, at most 200 MB; its length in milliseconds."""
    if duration_ms <= 0:
        raise MessageError("duration", "音声の長さが分かりません。ファイルを選び直してください。")
    url = limits.address("originalContentUrl", "音声のURL", original_url)
    return {"type": "audio", "originalContentUrl": url, "duration": duration_ms}


def location(title: str, address: str, latitude: float, longitude: float) -> JsonObject:
    """Title and address of at most 100 UTF-16 code units each; degrees."""
    return {
        "type": "location",
        "title": limits.units("title", "場所の名前", title, 100),
        "address": limits.units("address", "住所", address, 100),
        "latitude": _degrees("latitude", "緯度", latitude, 90),
        "longitude": _degrees("longitude", "経度", longitude, 180),
    }


def with_quick_replies(message: JsonObject, actions: Sequence[JsonObject]) -> JsonObject:
    """The same message with 1 to 13 buttons under it. Only those of the last message are shown."""
    limits.count("quickReply.items", "クイックリプライ", actions, 1, 13)
    items = [{"type": "action", "action": action} for action in actions]
    return {**message, "quickReply": {"items": items}}


def _quoting(message: JsonObject, quote_token: str | None) -> JsonObject:
    return message if quote_token is None else {**message, "quoteToken": quote_token}


def _degrees(place: str, name: str, value: float, limit: int) -> float:
    if not math.isfinite(value) or abs(value) > limit:
        raise MessageError(place, f"{name}は-{limit}から{limit}の数で入力してください。")
    return value
