"""Friends, groups, acts, and what a phone shows."""

from line_emulator import acts, ids
from line_emulator.acts.act import NotFound
from line_emulator.channels import Refused
from line_emulator.choices import tappable
from line_emulator.control import Ask, Work, only
from line_emulator.ledger import Record
from line_emulator.people import group_json

_FRIEND = ("userId", "displayName", "pictureUrl", "statusMessage", "language")


def create(ask: Ask) -> Record:
    given = only(ask.json(), *_FRIEND)
    user_id = given.get("userId") or ids.user_id()
    if not ids.USER_ID.fullmatch(user_id):
        raise Refused("userId must be U and 32 hexadecimal digits")
    known = ask.world.people.friends.get(user_id)
    before = ask.world.people.friend_json(known) if known else {"language": "ja"}
    friend = {name: given.get(name, before.get(name)) for name in _FRIEND} | {"userId": user_id}
    if not friend["displayName"] or not all(isinstance(value, str | None) for value in friend.values()):
        raise Refused("displayName is missing or a value has the wrong type")
    ask.world.commit({"t": "friend", "friend": friend})
    return ask.world.people.friend_json(ask.world.people.friends[user_id])


def create_many(ask: Ask) -> Record:
    given = only(ask.json(), "count", "channelId", "namePrefix")
    count = given.get("count")
    if not isinstance(count, int) or not 1 <= count <= 1_000_000:
        raise Refused("count must be between 1 and 1,000,000")
    channel_id = given.get("channelId")
    if channel_id and channel_id not in ask.world.channels.by_id:
        raise NotFound("no such channel")
    user_ids = [ids.user_id() for _ in range(count)]
    ask.world.commit({
        "t": "crowd", "userIds": user_ids, "channelId": channel_id, "namePrefix": given.get("namePrefix") or "友だち",
        "first": len(ask.world.people.friends) + 1,
    })  # fmt: skip
    return {"userIds": user_ids}


def list_all(ask: Ask) -> Record:
    friends = list(ask.world.people.friends.values())[: int(ask.number("limit", 1000))]
    return {"friends": [ask.world.people.friend_json(friend) for friend in friends]}


def read(ask: Ask) -> Record:
    friend = ask.world.people.friends.get(ask.params["userId"])
    if friend is None:
        raise NotFound("no such friend")
    return ask.world.people.friend_json(friend)


def create_group(ask: Ask) -> Record:
    given = only(ask.json(), "groupId", "kind", "name", "channelIds", "userIds")
    kind = given.get("kind") or ("room" if str(given.get("groupId", "")).startswith("R") else "group")
    group_id = given.get("groupId") or ids.group_id(kind)
    if kind not in {"group", "room"} or not (
        ids.GROUP_ID.fullmatch(group_id) or ids.ROOM_ID.fullmatch(group_id)
    ):
        raise Refused("kind must be group or room, groupId C or R and 32 hexadecimal digits")
    group = {
        "groupId": group_id, "kind": kind, "name": given.get("name") or "グループ",
        "channelIds": given.get("channelIds") or [], "userIds": given.get("userIds") or [],
    }  # fmt: skip
    if any(user_id not in ask.world.people.friends for user_id in group["userIds"]):
        raise NotFound("userIds names somebody nobody knows")
    if any(channel_id not in ask.world.channels.by_id for channel_id in group["channelIds"]):
        raise NotFound("channelIds names an unknown channel")
    ask.world.commit({"t": "group", "group": group})
    return group


def act(ask: Ask) -> Record:
    return acts.perform(ask.world, ask.json())


def act_many(ask: Ask) -> Record:
    wanted = only(ask.json(), "acts").get("acts")
    if not isinstance(wanted, list):
        raise Refused("acts must be a list")
    return {"results": [acts.perform(ask.world, given) for given in wanted]}


def chats(ask: Ask) -> Record:
    """The list of talks on one phone, the newest first."""
    user_id = ask.argument("userId")
    found: list[Record] = []
    for channel in ask.world.channels.by_id.values():
        tie = ask.world.people.tie(channel.channel_id, user_id)
        if tie is None:
            continue
        thread = ask.world.threads.get(channel.channel_id, user_id)
        found.append({
            "channelId": channel.channel_id, "name": channel.name, "basicId": channel.basic_id,
            "pictureUrl": channel.picture_url, "state": tie.state, "unread": thread.unread() if thread else 0,
            "loadingUntil": thread.loading_until if thread else 0,
            "last": ask.world.threads.line_json(thread, len(thread.lines)) if thread and thread.lines else None,
        })  # fmt: skip
    found.sort(key=lambda chat: chat["last"]["at"] if chat["last"] else 0, reverse=True)
    return {"chats": found}


def _place(ask: Ask) -> tuple[str, str]:
    """Channel and chat that the query names."""
    channel_id = ask.argument("channelId")
    chat_id = ask.argument("groupId") or ask.argument("roomId") or ask.argument("userId")
    if channel_id not in ask.world.channels.by_id:
        raise NotFound("no such channel")
    if chat_id not in ask.world.people.friends and chat_id not in ask.world.people.groups:
        raise NotFound("no such chat")
    return channel_id, chat_id


def choices(ask: Ask) -> Record:
    """What can be tapped in this talk now."""
    found = ask.world.threads.get(*_place(ask))
    return {"choices": tappable(found) if found else []}


def thread(ask: Ask) -> Record:
    channel_id, chat_id = _place(ask)
    tie = ask.world.people.tie(channel_id, chat_id)
    found = ask.world.threads.get(channel_id, chat_id)
    last = len(found.lines) if found else 0
    after = max(0, int(ask.number("after", 0)))
    return {
        "channelId": channel_id, "chatId": chat_id, "state": tie.state if tie else "none",
        "readTo": found.read_to if found else 0, "friendReadTo": found.friend_read_to if found else 0,
        "loadingUntil": found.loading_until if found else 0, "answeredTo": found.answered_to if found else 0, "last": last,
        "messages": [ask.world.threads.line_json(found, seq) for seq in range(after + 1, last + 1)] if found else [],
    }  # fmt: skip


def groups(ask: Ask) -> Record:
    return {"groups": [group_json(group) for group in ask.world.people.groups.values()]}


TABLE: list[tuple[str, str, Work]] = [
    ("POST", "/emu/friends", create),
    ("POST", "/emu/friends/bulk", create_many),
    ("GET", "/emu/friends", list_all),
    ("GET", "/emu/friends/{userId}", read),
    ("POST", "/emu/groups", create_group),
    ("GET", "/emu/groups", groups),
    ("POST", "/emu/act", act),
    ("POST", "/emu/acts", act_many),
    ("GET", "/emu/chats", chats),
    ("GET", "/emu/thread", thread),
    ("GET", "/emu/choices", choices),
]
