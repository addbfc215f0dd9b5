"""The town that the storm comes over: an organisation, its account on the stand-in platform, and LINE's stumbling."""

import time
from dataclasses import dataclass, field

from django.db import Error, connection, connections

from faults.platform import Account, Platform
from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role, User
from madoguchi.channels import actions as channels
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact
from madoguchi.desk import actions as desk
from madoguchi.inbox.models import InboundEvent
from madoguchi.threads.models import Attachment, Message, ReadMark

KINDS = (InboundEvent, Message, Attachment, ReadMark, Contact)
STANDSTILL_SECONDS = 60.0  # the longest lease here is 25 s, the longest pause of a try 32 s


@dataclass
class Town:
    channel: Channel = field(repr=False)
    account: Account = field(repr=False)
    counsellors: list[User] = field(repr=False)


def found(platform: Platform, desk_url: str) -> Town:
    """Two counsellors, and an account whose webhooks come again until they are answered 200."""
    account = platform.account(name="嵐の町", redelivery=True, redeliveryDelays=[1.0] * 300, rateScale=0)
    organisation = accounts.found("嵐の町")
    secret, token = account.channel["secret"], account.channel["accessToken"]
    channel = channels.add(None, organisation, "親子相談", account.id, secret, token)
    desk.set_reception(
        None, channel, {"most_load": 1000, "capacity": 1000}
    )  # nobody's hands are full in a storm
    account.set(webhookUrl=f"{desk_url}/line/webhook/{channel.key}")
    staff = [
        accounts.add_user(
            None, organisation, f"{name}@example.jp", name, [Role.COUNSELLOR], "a-long-password"
        )[0]
        for name in ("sato", "suzuki")
    ]
    return Town(channel, account, staff)


def stumble(account: Account, seed: int) -> None:
    """One in twenty webhooks comes twice, one in ten too late, some answers get lost; sending fails in every way that
    can be told from success only by its retry key."""
    webhook = {"duplicate": 0.05, "reorder": 0.1, "answerLost": 0.01}
    for number, (kind, rate) in enumerate(webhook.items()):
        delay = {"reorder": {"delayMs": 400}}.get(kind, {})
        account.fault(kind, rate=rate, seed=seed + number, **delay)
    api = {"errorBefore": 0.03, "errorAfter": 0.04, "dropConnection": 0.04, "rateLimit": 0.02}
    for number, (kind, rate) in enumerate(api.items()):
        account.fault(kind, rate=rate, seed=seed + 10 + number, path="/message/")


def is_at_work(process: str, since: float) -> bool:
    """Whether a process started at `since` (seconds since 1970) has come as far as the database."""
    query = "SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND backend_start > to_timestamp(%s) LIMIT 1"
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, [process, since])
            return cursor.fetchone() is not None
    except Error:  # the database is coming up again
        connections.close_all()
        return False


def calm(place: Town) -> list[str]:
    """Wait until every webhook is delivered and nothing is left to do; what still is, when it stays as it is. A slow
    machine may take as long as it needs."""
    place.account.platform.idle(30)
    before, since = _left(), time.monotonic()
    while left := _left():
        if left != before:
            before, since = left, time.monotonic()
        elif time.monotonic() > since + STANDSTILL_SECONDS:
            return [f"{count} {name} left to do" for name, count in left.items()]
        time.sleep(0.1)
    return []


def _left() -> dict[str, int]:
    try:
        counts = {kind.__name__: kind.objects.filter(due_at__isnull=False).count() for kind in KINDS}
    except Error:  # the database is coming up again
        connections.close_all()
        return {"database": 1}
    return {name: count for name, count in counts.items() if count}
