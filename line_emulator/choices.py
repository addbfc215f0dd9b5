"""What a person can tap in a talk now.

Quick replies are those of the newest message alone, until one of them is used or anything newer is said; the buttons
of a message stay for ever, as in LINE.
"""

from collections.abc import Iterator

from line_emulator.ledger import Record
from line_emulator.threads import Line, Thread

QUICK_REPLY = "quickReply"


def tappable(thread: Thread) -> list[Record]:
    """[{index, at, seq, messageId, label, action, column?}]: quick replies, then buttons, those of newer messages first.

    `at`: quickReply, template, flex or imagemap. `action`: the action object as the account sent it.
    """
    found = [*_quick_replies(thread)]
    for seq in range(len(thread.lines), 0, -1):
        line = thread.lines[seq - 1]
        if line.origin == "account" and not line.is_unsent:
            found += [_choice(line, seq, **button) for button in _buttons(line.message)]
    return [{"index": index, **choice} for index, choice in enumerate(found)]


def newest(thread: Thread) -> int:
    """The number of the newest message; 0 for an empty talk. Notes such as a join are no messages."""
    return next(
        (seq for seq in range(len(thread.lines), 0, -1) if thread.lines[seq - 1].origin != "system"), 0
    )


def _quick_replies(thread: Thread) -> Iterator[Record]:
    seq = newest(thread)
    line = thread.lines[seq - 1] if seq else None
    if line is None or line.origin != "account" or thread.answered_to >= seq:
        return
    for item in (line.message.get("quickReply") or {}).get("items", ()):
        yield _choice(line, seq, at=QUICK_REPLY, action=item["action"])


def _choice(line: Line, seq: int, *, at: str, action: Record, **more: int) -> Record:
    label = action.get("label") or action.get("text") or action.get("displayText") or ""
    return {"at": at, "seq": seq, "messageId": line.id, "label": label, "action": action, **more}


def actions_of(message: Record) -> list[Record]:
    """Every action object of a message's buttons."""
    return [button["action"] for button in _buttons(message)]


def _buttons(message: Record) -> Iterator[Record]:
    match message.get("type"):
        case "template":
            yield from _of_template(message["template"])
        case "flex":
            for action in _inside(message["contents"]):
                yield {"at": "flex", "action": action}
        case "imagemap":
            for area in message["actions"]:
                yield {"at": "imagemap", "action": _of_area(area)}


def _of_template(template: Record) -> Iterator[Record]:
    """A picture with a default action can be tapped too, after the card's buttons."""
    columns = template.get("columns")
    for number, card in enumerate([template] if columns is None else columns):
        place = {} if columns is None else {"column": number}
        default = card.get("defaultAction") if card.get("thumbnailImageUrl") else None
        for action in (*card.get("actions", ()), card.get("action"), default):
            if action:
                yield {"at": "template", "action": action, **place}


def _inside(part: object) -> Iterator[Record]:
    """Every action object of a Flex message, in the order it is written."""
    if isinstance(part, list):
        for item in part:
            yield from _inside(item)
    elif isinstance(part, dict):
        for name, item in part.items():
            if name == "action" and isinstance(item, dict):
                yield item
            else:
                yield from _inside(item)


def _of_area(area: Record) -> Record:
    """An imagemap's area as the action object it stands for."""
    names = {
        "linkUri": "uri",
        "type": "type",
        "label": "label",
        "text": "text",
        "clipboardText": "clipboardText",
    }
    return {names[name]: value for name, value in area.items() if name in names}
