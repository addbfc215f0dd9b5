"""Template messages: buttons, confirm, carousel, image carousel (LINE.md 3.3)."""

from line_emulator.validate import actions
from line_emulator.validate.fields import Fields

_WITH_PICTURE = 60


def template(message: Fields) -> None:
    message.text("altText", 1500)
    body = message.child("template", required=True)
    if body is None:
        return
    match body.choice("type", ("buttons", "confirm", "carousel", "image_carousel"), required=True):
        case "buttons":
            _look(body)
            _card(body, longest=160, most_actions=4)
        case "confirm":
            body.text("text", 240, clusters=True)
            _actions(body, 2, 2)
        case "carousel":
            _carousel(body)
        case "image_carousel":
            for column in body.children("columns", 1, 10):
                column.link("imageUrl")
                action = column.child("action", required=True)
                if action is not None:
                    actions.check(action, actions.IMAGE_CAROUSEL)


def _look(body: Fields) -> None:
    body.choice("imageAspectRatio", ("rectangle", "square"))
    body.choice("imageSize", ("cover", "contain"))


def _card(card: Fields, longest: int, most_actions: int) -> int:
    """Buttons and a carousel's column; returns the number of actions."""
    card.link("thumbnailImageUrl", required=False)
    card.text("imageBackgroundColor", 7, required=False)
    card.text("title", 40, required=False, clusters=True)
    has_more = card.has("title") or card.has("thumbnailImageUrl")
    card.text("text", _WITH_PICTURE if has_more else longest, clusters=True)
    default = card.child("defaultAction")
    if default is not None:
        actions.check(default, actions.DEFAULT_ACTION)
    return _actions(card, 1, most_actions)


def _actions(card: Fields, least: int, most: int) -> int:
    found = card.children("actions", least, most)
    for action in found:
        actions.check(action, actions.TEMPLATE)
    return len(found)


def _carousel(body: Fields) -> None:
    _look(body)
    columns = body.children("columns", 1, 10)
    counts = [_card(column, longest=120, most_actions=3) for column in columns]
    if len(set(counts)) > 1:
        body.note("the number of actions must be the same in all columns", "columns")
    for name in ("title", "thumbnailImageUrl"):
        if len({column.has(name) for column in columns}) > 1:
            body.note(f"{name} must be specified in all columns or in none", "columns")
