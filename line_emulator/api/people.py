"""Profiles and the followers list (LINE.md 3.10)."""

from line_emulator import answers, ids
from line_emulator.answers import Reply
from line_emulator.calls import Call
from line_emulator.ledger import Record
from line_emulator.people import Friend
from line_emulator.routes import Route

PAGE_DEFAULT, PAGE_MOST = 300, 1000
DAY_MS = 86_400_000


def profile(call: Call) -> Reply:
    """Friends and people who wrote without being friends; whoever blocks is as unknown as a stranger."""
    user_id = call.params["userId"]
    if not ids.USER_ID.fullmatch(user_id):
        raise answers.invalid_parameter("userId")
    friend = call.world.people.friends.get(user_id)
    tie = call.world.people.tie(call.channel.channel_id, user_id)
    if friend is None or tie is None or tie.state == "blocked" or (tie.state == "none" and not tie.wrote_at):
        raise answers.error(404, "Not found")
    more = {
        "pictureUrl": friend.picture_url,
        "statusMessage": friend.status_message,
        "language": friend.language,
    }
    return answers.ok(named(friend) | {name: value for name, value in more.items() if value})


def named(friend: Friend) -> Record:
    return {"userId": friend.user_id, "displayName": friend.display_name}


def follower_ids(call: Call) -> Reply:
    if not call.channel.verified:
        raise answers.error(403, "Access to this API is not available for your account")
    ties = call.world.people.ties.get(call.channel.channel_id, {})
    everyone = sorted(user_id for user_id, tie in ties.items() if tie.state == "friend")
    return page(call, "followers", everyone, "userIds")


def page(call: Call, what: str, everyone: list[str], name: str) -> Reply:
    """Up to `limit` ids after the continuation token `start`, which lives 24 hours."""
    first = _start(call, what)
    later = [user_id for user_id in everyone if user_id > first]
    limit = _limit(call)
    body: Record = {name: later[:limit]}
    if len(later) > limit:
        body["next"] = ids.seal(
            "page", what, call.channel.channel_id, str(call.world.clock.now()), later[limit - 1]
        )
    return answers.ok(body)


def _limit(call: Call) -> int:
    given = call.argument("limit") or str(PAGE_DEFAULT)
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= PAGE_MOST:
        raise answers.invalid_parameter("limit")
    return int(given)


def _start(call: Call, what: str) -> str:
    given = call.argument("start")
    if not given:
        return ""
    parts = ids.unseal("page", given)
    if parts is None or parts[:2] != (what, call.channel.channel_id):
        raise answers.error(400, "Invalid start param")
    if call.world.clock.now() - int(parts[2]) > DAY_MS:
        raise answers.error(400, "Invalid start param")
    return parts[3]


ROUTES = [
    Route("GET", "/v2/bot/profile/{userId}", profile),
    Route("GET", "/v2/bot/followers/ids", follower_ids),
]
