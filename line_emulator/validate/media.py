"""Sticker, image, video, audio, location, coupon and imagemap message objects (LINE.md 3.3)."""

import re

from line_emulator.validate.fields import EMPTY, MISSING, Fields
from line_emulator.validate.texts import quote

_TRACKING = re.compile(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]+")
_TAG = re.compile(r"[A-Za-z0-9_]+")
_NUMBER = re.compile(r"[0-9]{1,20}")
_PICTURE = 1040


def sticker(message: Fields) -> None:
    for name in ("packageId", "stickerId"):
        value = message.text(name, 20)
        if value and not _NUMBER.fullmatch(value):
            message.note("invalid " + name, name)
    quote(message)


def image(message: Fields) -> None:
    message.link("originalContentUrl")
    message.link("previewImageUrl")


def video(message: Fields) -> None:
    image(message)
    tracking = message.text("trackingId", 100, required=False)
    if tracking and not _TRACKING.fullmatch(tracking):
        message.note("invalid trackingId", "trackingId")
    if tracking and message.problems.where.members is not None:
        message.note("trackingId can't be used in groups and rooms", "trackingId")


def audio(message: Fields) -> None:
    message.link("originalContentUrl")
    message.number("duration", 1, 2**53)


def location(message: Fields) -> None:
    message.text("title", 100)
    message.text("address", 100)
    message.number("latitude", -90, 90)
    message.number("longitude", -180, 180)


def coupon(message: Fields) -> None:
    message.text("couponId", 100, missing=MISSING)
    tag = message.text("deliveryTag", 30, required=False)
    if tag and not _TAG.fullmatch(tag):
        message.note("invalid deliveryTag", "deliveryTag")


def imagemap(message: Fields) -> None:
    message.text("altText", 1500)
    message.link("baseUrl")
    size = message.child("baseSize", required=True)
    if size is not None:
        size.number("width", _PICTURE, _PICTURE)
        size.number("height", 1, 10_000)
    clip = message.child("video")
    if clip is not None:
        _imagemap_video(clip)
    for action in message.children("actions", 0, 50):
        _imagemap_action(action)


def _imagemap_action(action: Fields) -> None:
    kind = action.choice("type", ("uri", "message", "clipboard"), required=True)
    action.text("label", 100, required=False)
    _area(action)
    if kind == "uri":
        action.text("linkUri", 1000, missing=MISSING)
    elif kind == "message":
        action.text("text", 400, missing=EMPTY)
    elif kind == "clipboard":
        action.text("clipboardText", 1000, missing=MISSING)


def _area(fields: Fields) -> None:
    area = fields.child("area", required=True)
    if area is not None:
        for name in ("x", "y", "width", "height"):
            area.number(name, 0, 10_000)


def _imagemap_video(clip: Fields) -> None:
    image(clip)
    _area(clip)
    link = clip.child("externalLink")
    if link is not None:
        link.text("linkUri", 1000, missing=MISSING)
        link.text("label", 30, missing=MISSING)
