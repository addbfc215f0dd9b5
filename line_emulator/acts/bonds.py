"""Who is whose friend and who is in which group."""

from collections.abc import Callable

from line_emulator import events
from line_emulator.acts.act import Act, Impossible
from line_emulator.channels import Refused
from line_emulator.ledger import Record
from line_emulator.people import Group, group_json


def follow(act: Act) -> None:
    """Adding and unblocking are one event. Somebody who is a friend already changes nothing."""
    state = act.tie.state
    if state == "friend":
        return
    act.bind(state="friend")
    act.send_new("follow", {"follow": {"isUnblocked": state == "blocked"}})


def block(act: Act) -> None:
    if act.tie.state == "blocked":
        return
    was_friend = act.tie.state == "friend"
    act.bind(state="blocked")
    if was_friend:
        act.send_new("unfollow", {})


def unblock(act: Act) -> None:
    if act.tie.state != "blocked":
        raise Impossible("this person does not block the account")
    follow(act)


def _group(act: Act) -> Group:
    if act.group is None:
        raise Refused("groupId or roomId is missing")
    return act.group


def _change(
    act: Act, group: Group, *, channels: list[str] | None = None, users: list[str] | None = None
) -> None:
    changed = group_json(group)
    if channels is not None:
        changed["channelIds"] = channels
    if users is not None:
        changed["userIds"] = users
    act.records.append({"t": "group", "group": changed})


def join(act: Act) -> None:
    group, channel_id = _group(act), act.channel.channel_id
    _change(act, group, channels=[*(c for c in group.channel_ids if c != channel_id), channel_id])
    act.send_new("join", {})
    act.note(f"{act.channel.name}が参加しました")


def leave(act: Act) -> None:
    group, channel_id = _group(act), act.channel.channel_id
    _change(act, group, channels=[c for c in group.channel_ids if c != channel_id])
    act.send_new("leave", {})
    act.note(f"{act.channel.name}が退出しました")


def member_joined(act: Act) -> None:
    group, people = _group(act), _people(act)
    _change(act, group, users=[*(u for u in group.user_ids if u not in people), *people])
    act.send_new("memberJoined", {"joined": {"members": _sources(people)}})
    act.note(f"{_names(act, people)}が参加しました")


def member_left(act: Act) -> None:
    group, people = _group(act), _people(act)
    _change(act, group, users=[u for u in group.user_ids if u not in people])
    act.send_new("memberLeft", {"left": {"members": _sources(people)}})
    act.note(f"{_names(act, people)}が退出しました")


def _people(act: Act) -> list[str]:
    people: list[str] = act.given.get("userIds") or [act.user_id]
    for user_id in people:
        if user_id not in act.world.people.friends:
            raise Refused("userIds names somebody nobody knows")
    return people


def _sources(people: list[str]) -> list[Record]:
    return [events.source(user_id, user_id) for user_id in people]


def _names(act: Act, people: list[str]) -> str:
    return "、".join(act.world.people.friends[user_id].display_name for user_id in people)


ACTS: dict[str, tuple[Callable[[Act], None], str]] = {
    "follow": (follow, ""),
    "block": (block, ""),
    "unblock": (unblock, ""),
    "join": (join, ""),
    "leave": (leave, ""),
    "memberJoined": (member_joined, "userIds"),
    "memberLeft": (member_left, "userIds"),
}
