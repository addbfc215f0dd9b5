"""Text and textV2 message objects (LINE.md 3.3)."""

import re

from line_emulator import ids
from line_emulator.validate import counting
from line_emulator.validate.fields import MISSING, Fields

MOST_EMOJIS = 20
MOST_MENTIONS = 20
_KEY = re.compile(r"[0-9A-Za-z_]{1,20}")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def text(message: Fields) -> None:
    body = message.text("text", 5000)
    quote(message)
    emojis = message.children("emojis", 0, MOST_EMOJIS, required=False)
    for emoji in emojis:
        index = emoji.number("index", 0, 5000)
        _emoji_ids(emoji)
        if body is not None and index is not None and counting.utf16_at(body, int(index)) != "$":
            emoji.note("index must be the position of a $ in text", "index")


def quote(message: Fields) -> None:
    """A quote token is good only in the chat it came from."""
    token = message.text("quoteToken", 1000, required=False)
    if not token:
        return
    place = ids.unseal("quote", token)
    chat = message.problems.where.chat
    if place is None or (not message.problems.where.is_dry and place[:2] != chat):
        message.note("invalid quoteToken", "quoteToken")


def text_v2(message: Fields) -> None:
    body = message.text("text", 5000)
    quote(message)
    substitution = message.child("substitution")
    values = substitution.given if substitution else {}
    if len(values) > 100:
        message.note("Size must be between 0 and 100", "substitution")
    if body is not None:
        _placeholders(message, body, values)
    if substitution is not None:
        _substitutes(substitution)


def _placeholders(message: Fields, body: str, values: dict[str, object]) -> None:
    for match in _BRACES.finditer(body):
        key = match.group(1)
        if match.group() in {"{{", "}}"}:
            continue
        if key is None:
            message.note("unbalanced brace", "text")
        elif key not in values:
            message.note(f"substitution for {{{key}}} must be specified", "text")


def _substitutes(substitution: Fields) -> None:
    kinds = []
    for key in substitution.given:
        value = substitution.child(key)
        if not _KEY.fullmatch(key):
            substitution.note("invalid key", key)
        if value is None:
            continue
        kind = value.choice("type", ("mention", "emoji"), required=True)
        kinds.append(kind)
        if kind == "emoji":
            _emoji_ids(value)
        elif kind == "mention":
            _mention(value)
    for kind, most in (("mention", MOST_MENTIONS), ("emoji", MOST_EMOJIS)):
        if kinds.count(kind) > most:
            substitution.problems.add(f"{kind} must be {most} or fewer", substitution.path)


def _emoji_ids(value: Fields) -> None:
    value.text("productId", 100, missing=MISSING)
    value.text("emojiId", 100, missing=MISSING)


def _mention(value: Fields) -> None:
    where = value.problems.where
    if not where.is_dry and (not where.allows_mention or where.members is None):
        value.note("mention is allowed in groups and rooms only", "type")
    mentionee = value.child("mentionee", required=True)
    if mentionee is None or mentionee.choice("type", ("user", "all"), required=True) != "user":
        return
    user_id = mentionee.text("userId", 33, missing=MISSING)
    if user_id and (
        not ids.USER_ID.fullmatch(user_id) or (where.members is not None and user_id not in where.members)
    ):
        mentionee.note("invalid userId", "userId")
