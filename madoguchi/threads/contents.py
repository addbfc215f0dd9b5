"""What a message holds, as a plain dict that is sealed: one shape a kind.

text {text, emojis?} · sticker {package_id, sticker_id, meaning, text?} · image|video|audio {duration_ms?, set?}
· file {file_name, file_size?} · location {title?, address?, latitude, longitude} · postback {data, params, shown?}
· anything else {}: shown as "未対応の種類" with its name. Any may have quoted_message_id and mark_as_read_token.
"""

import unicodedata
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from madoguchi.channels.line import contents
from madoguchi.channels.line.stickers import meaning

Shape = dict[str, Any]
INVISIBLE = ("Cc", "Cf", "Zl", "Zp")  # Unicode's categories of what controls, formats and parts lines
MEDIA_KINDS = ("image", "video", "audio", "file")


def of(content: contents.Content) -> tuple[str, Shape]:
    """(kind, shape) of what a friend sent."""
    kind, shape = _kind_and_shape(content)
    extras = {
        "quoted_message_id": content.quoted_message_id,
        "mark_as_read_token": content.mark_as_read_token,
    }
    return kind, {key: value for key, value in {**shape, **extras}.items() if value is not None}


def _kind_and_shape(content: contents.Content) -> tuple[str, Shape]:
    match content:
        case contents.Text():
            return "text", {
                "text": content.text,
                "emojis": [asdict(emoji) for emoji in content.emojis] or None,
            }
        case contents.Sticker():
            shape = {"package_id": content.package_id, "sticker_id": content.sticker_id, "text": content.text}
            return "sticker", {**shape, "meaning": meaning(content), "keywords": list(content.keywords)}
        case contents.Image():
            return "image", {
                "set": asdict(content.image_set) if content.image_set else None,
                **_where(content),
            }
        case contents.Video():
            return "video", {"duration_ms": content.duration_ms, **_where(content)}
        case contents.Audio():
            return "audio", {"duration_ms": content.duration_ms, **_where(content)}
        case contents.File():
            return "file", {"file_name": content.file_name, "file_size": content.file_size}
        case contents.Location():
            names = ("title", "address", "latitude", "longitude")
            return "location", {name: getattr(content, name) for name in names}
        case contents.Unknown():
            return content.kind, {}
    return "unknown", {}


def _where(content: contents.Media) -> Shape:
    return {} if content.is_held_by_line else {"external_url": content.original_url}


def file_name(shape: Shape) -> str:
    """A file's name as it may be shown and proposed: its sender can have put line ends into it, and marks that turn the
    direction of writing, so that gpj.exe looks like exe.jpg."""
    named = str(shape.get("file_name") or "")
    return "".join(letter for letter in named if unicodedata.category(letter) not in INVISIBLE).strip()


def preview(kind: str, shape: Shape) -> str:
    """One line for a list: the words, or what kind of thing it was."""
    names = {
        "image": _("写真"),
        "video": _("動画"),
        "audio": _("音声"),
        "location": _("位置情報"),
        "follow": _("友だち追加"),
        "unfollow": _("ブロック"),
    }
    if kind == "text":
        return str(shape.get("text", ""))[:120]
    if kind == "sticker":
        return _("スタンプ") + (f"：{meant}" if (meant := shape.get("meaning") or shape.get("text")) else "")
    if kind == "file":
        return _("ファイル") + f"：{file_name(shape)}"
    if kind == "postback":
        return str(shape.get("shown") or _("ボタンを押しました"))
    return names.get(kind, _("未対応の種類") + f"：{kind}")
