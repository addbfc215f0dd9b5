"""Groups and rooms the account is in: summary, members, leaving."""

from line_emulator import answers, events, ids
from line_emulator.answers import Reply
from line_emulator.api.people import named, page
from line_emulator.calls import Call
from line_emulator.people import Group, group_json
from line_emulator.routes import Route


def _joined(call: Call) -> Group:
    name = "groupId" if "groupId" in call.params else "roomId"
    shape = ids.GROUP_ID if name == "groupId" else ids.ROOM_ID
    if not shape.fullmatch(call.params[name]):
        raise answers.invalid_parameter(name)
    group = call.world.people.groups.get(call.params[name])
    if group is None or call.channel.channel_id not in group.channel_ids:
        raise answers.error(404, "Not found")
    return group


def summary(call: Call) -> Reply:
    group = _joined(call)
    return answers.ok({"groupId": group.group_id, "groupName": group.name})


def count(call: Call) -> Reply:
    return answers.ok({"count": len(_joined(call).user_ids)})


def member_ids(call: Call) -> Reply:
    group = _joined(call)
    if not call.channel.verified:
        raise answers.error(403, "Access to this API is not available for your account")
    return page(call, group.group_id, sorted(group.user_ids), "memberIds")


def member(call: Call) -> Reply:
    """Any member, friend or not, blocking or not."""
    group, user_id = _joined(call), call.params["userId"]
    friend = call.world.people.friends.get(user_id)
    if friend is None or user_id not in group.user_ids:
        raise answers.error(404, "Not found")
    return answers.ok(named(friend) | ({"pictureUrl": friend.picture_url} if friend.picture_url else {}))


def leave(call: Call) -> Reply:
    group, channel = _joined(call), call.channel
    left = group_json(group) | {"channelIds": [c for c in group.channel_ids if c != channel.channel_id]}
    call.records.append({"t": "group", "group": left})
    event = events.envelope(
        "leave", call.world.clock.now(), events.source(group.group_id, None), "active", {}
    )
    call.records.extend(events.queued(channel, group.group_id, event))
    return answers.ok({})


ROUTES = [Route("GET", "/v2/bot/group/{groupId}/summary", summary)] + [
    Route(method, f"/v2/bot/{kind}/{{{kind}Id}}/{rest}", work)
    for kind in ("group", "room")
    for method, rest, work in (
        ("GET", "members/count", count),
        ("GET", "members/ids", member_ids),
        ("GET", "member/{userId}", member),
        ("POST", "leave", leave),
    )
]
