"""Taps on quick replies and buttons: the act that each action object asks of the phone."""

from collections.abc import Callable
from datetime import datetime

from line_emulator import choices, moments
from line_emulator.acts import said
from line_emulator.acts.act import Act, Impossible, must_be_able_to_write
from line_emulator.channels import Refused
from line_emulator.clock import JAPAN
from line_emulator.ledger import Record

A_PLACE = {"title": "みどり公園", "address": "緑市中央1-2-3", "latitude": 35.6852, "longitude": 139.7528}


def postback(act: Act) -> None:
    _post_back(act, act.need("data"), act.given.get("displayText"), act.given.get("params"))


def _post_back(act: Act, data: str, shown: str | None, params: Record | None) -> None:
    """`shown` stands in the talk like a message, but no message event is sent for it."""
    must_be_able_to_write(act)
    act.send_new("postback", {"postback": {"data": data} | ({"params": params} if params else {})})
    if shown:
        act.show(act.new_id(), {"type": "text", "text": shown})


def tap(act: Act) -> None:
    """What can be tapped now (by `index` or `label`), or any `action` at all, also one that the talk does not show."""
    chosen = _chosen(act)
    action: Record = chosen["action"]
    work = _TAPS.get(str(action.get("type")))
    if work is None:
        raise Refused("this action can't be tapped")
    work(act, action)
    act.result["action"] = action
    if chosen["at"] == choices.QUICK_REPLY:
        _use_up(act)


def _chosen(act: Act) -> Record:
    """Raises Impossible when nothing of the kind is on the screen."""
    is_quick = act.given["do"] == "quickReply"
    if "action" in act.given:
        return {"at": choices.QUICK_REPLY if is_quick else "template", "action": act.need("action", dict)}
    name = "index" if "index" in act.given else "label"
    wanted = act.need(name, int if name == "index" else str)
    message_id = act.given.get("messageId")
    thread = act.world.threads.get(act.channel.channel_id, act.chat_id)
    for choice in choices.tappable(thread) if thread else ():
        if (
            choice[name] == wanted
            and message_id in {None, choice["messageId"]}
            and (not is_quick or choice["at"] == choices.QUICK_REPLY)
        ):
            return choice
    raise Impossible(f"nothing with this {name} can be tapped now")


def _use_up(act: Act) -> None:
    """Quick replies go with the tap; the next message brings the next ones."""
    thread = act.world.threads.get(act.channel.channel_id, act.chat_id)
    if thread is not None:
        act.records.append({
            "t": "answered", "channelId": act.channel.channel_id, "chatId": act.chat_id,
            "seq": choices.newest(thread),
        })  # fmt: skip


def _tap_message(act: Act, action: Record) -> None:
    act.given["text"] = action.get("text")
    said.text(act)


def _tap_postback(act: Act, action: Record) -> None:
    _post_back(act, str(action.get("data")), action.get("displayText") or action.get("text"), None)


def _tap_moment(act: Act, action: Record) -> None:
    mode = str(action.get("mode"))
    if mode not in moments.MODES:
        raise Refused("the picker has no mode")
    moment = _picked(act, action, mode)
    for name, is_outside in (("min", datetime.__lt__), ("max", datetime.__gt__)):
        limit = moments.read(mode, action.get(name) or "")
        if limit is not None and is_outside(moment, limit):
            raise Impossible(f"this picker does not go beyond its {name}")
    _post_back(act, str(action.get("data")), None, {mode: moments.written(mode, moment)})


def _picked(act: Act, action: Record, mode: str) -> datetime:
    """`value`, or params' value; else where the picker opens: at `initial`, or now in Japan within its limits."""
    given = act.given.get("value") or (act.given.get("params") or {}).get(mode) or action.get("initial")
    if given:
        moment = moments.read(mode, str(given))
        if moment is None:
            raise Refused(f"not a {mode} that a picker could give")
        return moment
    now = datetime.fromtimestamp(act.world.clock.now() / 1000, JAPAN).replace(tzinfo=None)
    text = moments.written(mode, now)
    low, high = action.get("min"), action.get("max")
    text = max(text, low.replace("t", "T")) if low else text
    text = min(text, high.replace("t", "T")) if high else text
    return moments.read(mode, text) or now


def _tap_location(act: Act, _: Record) -> None:
    if "latitude" not in act.given:
        act.given |= A_PLACE
    said.location(act)


def _tap_camera(act: Act, _: Record) -> None:
    act.given["do"] = "image"
    said.media(act)


def _stays_on_the_phone(act: Act, action: Record) -> None:
    """Links and copying: the account hears nothing."""


_TAPS: dict[str, Callable[[Act, Record], None]] = {
    "message": _tap_message,
    "postback": _tap_postback,
    "datetimepicker": _tap_moment,
    "location": _tap_location,
    "camera": _tap_camera,
    "cameraRoll": _tap_camera,
    "uri": _stays_on_the_phone,
    "clipboard": _stays_on_the_phone,
}
_FIELDS = "action index label messageId params value title address latitude longitude data mediaId contentType fileName"
ACTS: dict[str, tuple[Callable[[Act], None], str]] = {
    "postback": (postback, "data displayText params"),
    "quickReply": (tap, _FIELDS),
    "tap": (tap, _FIELDS),
}
