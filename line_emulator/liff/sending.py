"""`liff.sendMessages()`: a page speaks as the person who opened it (LINE.md 7.1)."""

from line_emulator import acts, choices
from line_emulator.acts.act import Impossible, begin
from line_emulator.channels import Refused
from line_emulator.ledger import Record
from line_emulator.liff.opening import journalled
from line_emulator.login.sessions import Session
from line_emulator.validate import messages
from line_emulator.validate.fields import Fields, Problems, Where, WrongType
from line_emulator.world import World

_KINDS = ("text", "sticker", "image", "video", "audio", "location", "template", "flex")
_UNUSABLE = {"text": ("emojis", "quoteToken"), "sticker": ("quoteToken",), "video": ("trackingId",)}
_SILENT = ("template", "flex")  # no webhook follows them
_MEDIA = ("image", "video", "audio")


def send(world: World, session: Session, given: object) -> None:
    """All of them or none. Raises Impossible (FORBIDDEN in the SDK) and Refused."""
    app = world.logins.apps[session.liff_id]
    if not session.is_inside or not session.talk:
        raise Impossible("messages can be sent only from a page that was opened in a talk")
    if "chat_message.write" not in app.scopes:
        raise Impossible("the scope chat_message.write is missing")
    wanted = _checked(world, given)
    for message in wanted:
        _send(world, session.user_id, session.talk, message)
    world.commit(journalled(world, session, "sent", messages=wanted))


def _checked(world: World, given: object) -> list[Record]:
    problems = Problems(Where(strict_https=world.settings.strict_https, is_dry=True))
    try:
        messages.check(Fields({"messages": given}, "", problems))
    except WrongType as wrong:
        raise Refused(f"{wrong} has the wrong type") from wrong
    if problems.details:
        raise Refused(f"{problems.details[0]['property']}: {problems.details[0]['message']}")
    wanted: list[Record] = given if isinstance(given, list) else []
    for message in wanted:
        kind = message["type"]
        if kind not in _KINDS or any(name in message for name in _UNUSABLE.get(kind, ())):
            raise Refused("a page can't send this kind of message")
        if any(action.get("type") != "uri" for action in choices.actions_of(message)):
            raise Refused("only uri actions can be sent by a page")
    return wanted


def _send(world: World, user_id: str, channel_id: str, message: Record) -> None:
    who = {"userId": user_id, "channelId": channel_id, "do": message["type"]}
    if message["type"] in _SILENT:
        act = begin(world, who)
        act.show(act.new_id(), message)
        world.commit(*act.records)
        return
    acts.perform(world, who | _fields(message))


def _fields(message: Record) -> Record:
    """The act that says the same; media stay where the page has them."""
    kept = {name: value for name, value in message.items() if name not in {"type", "quickReply", "sender"}}
    if message["type"] not in _MEDIA:
        return kept
    addresses = ("originalContentUrl", "previewImageUrl")
    external = {name: kept.pop(name) for name in addresses if name in kept}
    return {"external": external, **kept}
