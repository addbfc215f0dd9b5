"""The invented people of the tests: an organisation with staff, a channel, and events as LINE sends them."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.channels import actions as channels
from madoguchi.channels.line.events import Event, read_event
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.core import walls

SECRET = "0123456789abcdef0123456789abcdef"
_counter = itertools.count(1)


@dataclass
class Town:
    organisation: Organisation
    channel: Channel
    sato: User
    suzuki: User
    supervisor: User
    administrator: User


def found_town(name: str = "あおば市") -> Town:
    """An organisation with a channel, two counsellors, a supervisor and an administrator."""
    number = next(_counter)
    with walls.everywhere():
        organisation = accounts.found(f"{name} {number}")

        def add(who: str, *roles: Role) -> User:
            return accounts.add_user(
                None, organisation, f"staff{next(_counter)}@example.jp", who, roles, "a-long-password"
            )[0]

        return Town(
            organisation=organisation,
            channel=channels.add(None, organisation, "親子相談", str(1650000000 + number), SECRET, "t" * 40),
            sato=add("佐藤", Role.COUNSELLOR),
            suzuki=add("鈴木", Role.COUNSELLOR),
            supervisor=add("高橋", Role.SUPERVISOR),
            administrator=add("山本", Role.ADMINISTRATOR),
        )


def line_id(letter: str = "a") -> str:
    return "U" + (letter * 32)[:32]


def event(kind: str, user: str | None = None, at: int | None = None, **parts: Any) -> Event:
    """An event as the worker reads it; `at` in milliseconds."""
    number = next(_counter)
    raw = {
        "type": kind,
        "timestamp": at or int(datetime.now(UTC).timestamp() * 1000),
        "mode": "active",
        "webhookEventId": f"01TEST{number:020d}",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": user or line_id()},
        **parts,
    }
    return read_event(raw)


def text(
    words: str, user: str | None = None, at: int | None = None, message_id: str = "", **parts: Any
) -> Event:
    message = {
        "type": "text",
        "id": message_id or str(590000000000000000 + next(_counter)),
        "text": words,
        "quoteToken": "q",
    }
    return event("message", user, at, message={**message, **parts})


def befriend(town: Town, letter: str = "a", name: str = "") -> Contact:
    """A friend of the town's account; with a LINE name when one is given."""
    with transaction.atomic():
        contact = contacts.meet(town.channel, line_id(letter))
        contacts.follow(contact, datetime.now(UTC))
    if name:
        contacts.know(town.channel, line_id(letter), {"displayName": name})
        contact.refresh_from_db()
    return contact
