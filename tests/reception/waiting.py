"""A friend before a desk that cannot answer at once, and what the buttons say."""

from typing import Any

from django.db import transaction

from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Reception
from madoguchi.inbox import router
from madoguchi.threads.models import Message
from tests.people import Town, event, line_id, text


def arranged(town: Town, **parts: Any) -> Reception:
    """The channel's reception with these fields."""
    Reception.objects.filter(pk=desk.reception(town.channel).pk).update(**parts)
    return desk.reception(town.channel)


def said(town: Town, words: str = "きいてください", user: str = "a") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id(user)))
    return Conversation.objects.filter(contact=contact).latest("pk")


def press(town: Town, data: str, user: str = "a") -> str:
    """What a press of a button means to the desk."""
    with transaction.atomic():
        return router.route(town.channel, event("postback", line_id(user), postback={"data": data}))[0]


def last(talk: Conversation) -> Message:
    """What was said to the friend last."""
    found = Message.objects.of(talk.contact).filter(author_kind="automatic").order_by("number").last()
    assert found is not None
    return found


def buttons(message: Message) -> dict[str, str]:
    """{label: what it carries} of the choices under a message; who speaks and safety are asked there too."""
    items = message.payload.get("quickReply", {}).get("items", [])
    found = {item["action"]["label"]: item["action"]["data"] for item in items}
    return {label: data for label, data in found.items() if data.startswith("i:")}


def tap(town: Town, talk: Conversation, label: str, user: str = "a") -> Conversation:
    """Tap the button with this label (or one that begins so) under what was said last, or behind its "ほか"; the talk as it
    is then."""
    offered = buttons(last(talk))
    if not any(name.startswith(label) for name in offered):
        press(town, offered["ほか"], user)
        offered = buttons(last(talk))
    data = next(data for name, data in offered.items() if name.startswith(label))
    assert press(town, data, user) == "choice"
    talk.refresh_from_db()
    return talk
