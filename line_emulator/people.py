"""People with phones, what they are to each account, and the groups they share with accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from line_emulator.ledger import Ledger, Record
from line_emulator.live import Live

WEEK_MS = 7 * 86_400_000


@dataclass(slots=True)
class Friend:
    user_id: str
    display_name: str
    picture_url: str | None = None
    status_message: str | None = None
    language: str = "ja"


@dataclass(slots=True)
class Tie:
    """What one person is to one account. `wrote_at`: the last 1:1 message, for the seven-day rule."""

    state: str = "none"
    wrote_at: int = 0

    def is_reachable(self, now_ms: int) -> bool:
        """Friends, and people who wrote in the last seven days and don't block (LINE.md 3.2)."""
        return self.state == "friend" or (self.state == "none" and now_ms - self.wrote_at < WEEK_MS)


@dataclass(slots=True)
class Group:
    group_id: str
    kind: str
    name: str
    channel_ids: list[str] = field(default_factory=list)
    user_ids: list[str] = field(default_factory=list)


class People:
    """`ties[channel_id][user_id]`; a person absent there never met that account."""

    def __init__(self, ledger: Ledger, live: Live) -> None:
        self._live = live
        self.friends: dict[str, Friend] = {}
        self.ties: dict[str, dict[str, Tie]] = {}
        self.groups: dict[str, Group] = {}
        ledger.on("friend", self._apply_friend)
        ledger.on("crowd", self._apply_crowd)
        ledger.on("tie", self._apply_tie)
        ledger.on("group", self._apply_group)

    def snapshot(self) -> Iterator[Record]:
        for friend in self.friends.values():
            yield {"t": "friend", "friend": friend_fields(friend)}
        for channel_id, ties in self.ties.items():
            for user_id, tie in ties.items():
                yield {
                    "t": "tie", "channelId": channel_id, "userId": user_id, "state": tie.state, "wroteAt": tie.wrote_at,
                }  # fmt: skip
        for group in self.groups.values():
            yield {"t": "group", "group": group_json(group)}

    def tie(self, channel_id: str, user_id: str) -> Tie | None:
        return self.ties.get(channel_id, {}).get(user_id)

    def friend_json(self, friend: Friend) -> Record:
        accounts = {c: ties[friend.user_id].state for c, ties in self.ties.items() if friend.user_id in ties}
        return friend_fields(friend) | {"accounts": accounts}

    def _apply_friend(self, record: Record) -> None:
        given = record["friend"]
        friend = Friend(
            given["userId"],
            given["displayName"],
            given["pictureUrl"],
            given["statusMessage"],
            given["language"],
        )
        self.friends[friend.user_id] = friend
        if self._live.has_listeners:
            self._live.tell("friend", [friend.user_id], self.friend_json(friend))

    def _apply_crowd(self, record: Record) -> None:
        """Many people at once, for load; silent on purpose."""
        ties = self.ties.setdefault(record["channelId"], {}) if record["channelId"] else None
        for number, user_id in enumerate(record["userIds"], start=record["first"]):
            self.friends[user_id] = Friend(user_id, f"{record['namePrefix']}{number}")
            if ties is not None:
                ties[user_id] = Tie("friend")

    def _apply_tie(self, record: Record) -> None:
        tie = self.ties.setdefault(record["channelId"], {}).setdefault(record["userId"], Tie())
        changed = tie.state != record.get("state", tie.state)
        tie.state = record.get("state", tie.state)
        tie.wrote_at = record.get("wroteAt", tie.wrote_at)
        if changed and self._live.has_listeners:
            self._live.tell("friendship", [record["userId"]], {
                "channelId": record["channelId"], "userId": record["userId"], "state": tie.state,
            })  # fmt: skip

    def _apply_group(self, record: Record) -> None:
        given = record["group"]
        self.groups[given["groupId"]] = Group(
            given["groupId"], given["kind"], given["name"], given["channelIds"], given["userIds"]
        )


def friend_fields(friend: Friend) -> Record:
    return {
        "userId": friend.user_id, "displayName": friend.display_name, "pictureUrl": friend.picture_url,
        "statusMessage": friend.status_message, "language": friend.language,
    }  # fmt: skip


def group_json(group: Group) -> Record:
    return {
        "groupId": group.group_id, "kind": group.kind, "name": group.name,
        "channelIds": group.channel_ids, "userIds": group.user_ids,
    }  # fmt: skip
