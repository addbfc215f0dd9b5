"""What every benchmark needs first: a migrated database with an organisation, a channel and staff."""

import itertools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import django

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "t" * 40
LINE_CHANNEL_ID = "1650000000"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Town:
    organisation_id: int
    channel_id: int
    channel_key: str
    counsellors: tuple[str, ...]  # their e-mail addresses


PASSWORD = "a-password-for-measuring"


def begin() -> None:
    """Make the settings and the models known to this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup(set_prefix=False)


def found(counsellors: int = 0, supervisors: int = 0) -> Town:
    """Migrate and make the organisation; supervisors come after the counsellors."""
    begin()
    from django.core.management import call_command

    from madoguchi.accounts import actions as accounts
    from madoguchi.channels import actions as channels
    from madoguchi.core import walls

    call_command("migrate", interactive=False, verbosity=0)
    with walls.everywhere():
        organisation = accounts.found("測定市")
        channel = channels.add(None, organisation, "測定", LINE_CHANNEL_ID, SECRET, TOKEN)
        emails = tuple(f"c{number}@example.jp" for number in range(counsellors))
        for email in emails:
            accounts.add_user(None, organisation, email, email.partition("@")[0], ["counsellor"], PASSWORD)
        for number in range(supervisors):
            name = f"s{number + 1}"
            accounts.add_user(None, organisation, f"{name}@example.jp", name, ["supervisor"], PASSWORD)
    return Town(organisation.pk, channel.pk, channel.key, emails)


def signed_in(town: Town) -> list[str]:
    """A session key for each of the staff, as after signing in."""
    from django.test import Client

    from madoguchi.accounts.models import User
    from madoguchi.core import walls

    keys = []
    with walls.everywhere():
        for user in User.objects.filter(organisation_id=town.organisation_id).order_by("pk"):
            client = Client()
            client.force_login(user)
            keys.append(str(client.session.session_key))
    return keys


def bodies(count: int, friends: int = 1000) -> Iterator[bytes]:
    """Webhook bodies as LINE writes them: one text event each, of so many friends in turn."""
    for number in itertools.islice(_numbers, count):
        yield json.dumps(
            {
                "destination": "U" + "0" * 32,
                "events": [
                    {
                        "type": "message",
                        "timestamp": 1790000000000 + number,
                        "mode": "active",
                        "webhookEventId": f"01BENCH{number:019d}",
                        "deliveryContext": {"isRedelivery": False},
                        "source": {"type": "user", "userId": f"U{number % friends:032x}"},
                        "replyToken": f"{number:032x}",
                        "message": {
                            "type": "text",
                            "id": str(590000000000000000 + number),
                            "text": "学校のことで、きいてほしいことがあります。" + str(number),
                            "quoteToken": "q" * 150,
                            "markAsReadToken": "r" * 150,
                        },
                    }
                ],
            },
            ensure_ascii=False,
        ).encode()
