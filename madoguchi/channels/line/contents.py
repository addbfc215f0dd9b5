"""What a message event carries: `read_content(message) -> Content`, one small class a kind.

Tolerant by duty: LINE adds kinds and values without notice, so whatever can't be understood becomes `Unknown`
with its name, and a missing or odd property becomes None. Texts are already storable (see body.storable).
Positions are UTF-16 code units, as LINE counts them.
"""

from dataclasses import dataclass, field
from typing import Any

from .body import JsonObject, storable
from .tolerant import as_count, as_degrees, as_id, as_list, as_object, as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    message_id: str | None = None
    quote_token: str | None = field(default=None, repr=False)
    mark_as_read_token: str | None = field(default=None, repr=False)
    quoted_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Emoji:
    index: int
    length: int
    product_id: str
    emoji_id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """`kind` is `user` or `all`; `is_self` when the account itself is meant."""

    kind: str
    index: int
    length: int
    user_id: str | None = field(repr=False)
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Content):
    text: str = field(repr=False)
    emojis: tuple[Emoji, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageSet:
    """Several pictures sent at once arrive as events in any order; `index` is 1-based and may be missing."""

    set_id: str
    index: int | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Content):
    """`provider` is `line` (fetch it with client.content, at once) or `external` (the URLs are a stranger's:
    fetch them never with the channel's token)."""

    provider: str = "line"
    original_url: str | None = field(default=None, repr=False)
    preview_url: str | None = field(default=None, repr=False)

    @property
    def is_held_by_line(self) -> bool:
        return self.provider == "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Media):
    image_set: ImageSet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Media):
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio(Media):
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Media):
    file_name: str = field(default="", repr=False)
    file_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Content):
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    title: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sticker(Content):
    """`keywords` are LINE's guess at the meaning (English, random choice); `text` is written on it."""

    package_id: str | None = None
    sticker_id: str | None = None
    resource_type: str | None = None
    keywords: tuple[str, ...] = field(default=(), repr=False)
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Content):
    """A kind that we can't show yet, by its name (`unknown` when it has none)."""

    kind: str = "unknown"


def read_content(message: object) -> Content:
    """The content of an event's `message`; never raises, whatever JSON it is given."""
    raw = as_object(message)
    kind = as_text(raw.get("type")) or "unknown"
    basics: dict[str, Any] = {
        "message_id": as_id(raw.get("id")),
        "quote_token": as_text(raw.get("quoteToken")),
        "mark_as_read_token": as_text(raw.get("markAsReadToken")),
        "quoted_message_id": as_id(raw.get("quotedMessageId")),
    }
    reader = _READERS.get(kind)
    if reader is None or (kind == "text" and not isinstance(raw.get("text"), str)):
        return Unknown(kind=kind[:64], **basics)
    return reader(raw, basics)


def _text(raw: JsonObject, basics: JsonObject) -> Content:
    return Text(
        text=storable(raw["text"]),
        emojis=tuple(_emoji(item) for item in as_list(raw.get("emojis"))),
        mentions=tuple(_mention(item) for item in as_list(as_object(raw.get("mention")).get("mentionees"))),
        **basics,
    )


def _emoji(item: object) -> Emoji:
    raw = as_object(item)
    return Emoji(
        as_count(raw.get("index")) or 0,
        as_count(raw.get("length")) or 0,
        as_id(raw.get("productId")) or "",
        as_id(raw.get("emojiId")) or "",
    )


def _mention(item: object) -> Mention:
    raw = as_object(item)
    return Mention(
        as_text(raw.get("type")) or "unknown",
        as_count(raw.get("index")) or 0,
        as_count(raw.get("length")) or 0,
        as_id(raw.get("userId")),
        raw.get("isSelf") is True,
    )


def _provider(raw: JsonObject) -> JsonObject:
    provider = as_object(raw.get("contentProvider"))
    return {
        "provider": as_text(provider.get("type")) or "line",
        "original_url": as_text(provider.get("originalContentUrl")),
        "preview_url": as_text(provider.get("previewImageUrl")),
    }


def _image(raw: JsonObject, basics: JsonObject) -> Content:
    given = as_object(raw.get("imageSet"))
    set_id = as_id(given.get("id"))
    index, total = as_count(given.get("index")), as_count(given.get("total"))
    image_set = ImageSet(set_id, index, total) if set_id else None
    return Image(image_set=image_set, **_provider(raw), **basics)


def _video(raw: JsonObject, basics: JsonObject) -> Content:
    return Video(duration_ms=as_count(raw.get("duration")), **_provider(raw), **basics)


def _audio(raw: JsonObject, basics: JsonObject) -> Content:
    return Audio(duration_ms=as_count(raw.get("duration")), **_provider(raw), **basics)


def _file(raw: JsonObject, basics: JsonObject) -> Content:
    name, size = as_text(raw.get("fileName")) or "", as_count(raw.get("fileSize"))
    return File(file_name=name, file_size=size, **_provider(raw), **basics)


def _location(raw: JsonObject, basics: JsonObject) -> Content:
    return Location(
        latitude=as_degrees(raw.get("latitude"), 90),
        longitude=as_degrees(raw.get("longitude"), 180),
        title=as_text(raw.get("title")),
        address=as_text(raw.get("address")),
        **basics,
    )


def _sticker(raw: JsonObject, basics: JsonObject) -> Content:
    return Sticker(
        package_id=as_id(raw.get("packageId")),
        sticker_id=as_id(raw.get("stickerId")),
        resource_type=as_text(raw.get("stickerResourceType")),
        keywords=tuple(word for item in as_list(raw.get("keywords")) if (word := as_text(item))),
        text=as_text(raw.get("text")),
        **basics,
    )


_READERS = {
    "text": _text,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "file": _file,
    "location": _location,
    "sticker": _sticker,
}
