"""The street of the journeys: one desk of real processes for all of them; each test has its own town on it.

A town is an organisation with an account on the stand-in platform. Staff act through the product's actions in this
process, on the street's database; friends act on their phones.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from faults.platform import Account, Platform
from faults.street import Street, wait_until

if TYPE_CHECKING:  # read before Django is ready
    from madoguchi.accounts.models import User
    from madoguchi.channels.models import Channel
    from madoguchi.contacts.models import Contact
    from madoguchi.desk.models import Conversation
    from madoguchi.threads.models import Message, MessageQuerySet
    from tools.postgres import Server


@pytest.fixture(scope="session")
def running_street(
    new_database: Callable[..., str],
    _migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Street, str]]:
    url = new_database(template=_migrated_template)
    with Street(tmp_path_factory.mktemp("street"), {"DATABASE_URL": url}) as street:
        yield street, url


@pytest.fixture
def street(running_street: tuple[Street, str], django_db_blocker: Any) -> Iterator[Street]:
    """The running street, whole, with this process's ORM on its database."""
    from faults.orm import speaking_to

    running, url = running_street
    for name in ("web", *running.workers):
        running.start(name)
    running.wait_for_web()
    with django_db_blocker.unblock(), speaking_to(url):
        yield running


@pytest.fixture
def durable_street(durable_postgres: "Server", tmp_path: Path, django_db_blocker: Any) -> Iterator[Street]:
    """A street of this test's own on `durable_postgres`, for tests that kill the database."""
    from faults.orm import speaking_to

    environment = os.environ | {"DATABASE_URL": durable_postgres.url}
    subprocess.run(
        [sys.executable, "-m", "madoguchi", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    with (
        Street(tmp_path, environment) as running,
        django_db_blocker.unblock(),
        speaking_to(durable_postgres.url),
    ):
        yield running


@pytest.fixture
def town(street: Street) -> "Town":
    return found_town(street.platform, street.desk)


@dataclass
class Friend:
    """A person with a phone, as one town's account knows one."""

    town: "Town"
    user_id: str

    def act(self, do: str, **fields: Any) -> dict[str, Any]:
        return self.town.account.act(self.user_id, do, **fields)

    def says(self, words: str, **fields: Any) -> str:
        """Send a text; its message id."""
        return str(self.act("text", text=words, **fields)["messageId"])

    def reads(self) -> list[str]:
        """The texts from the account on this phone."""
        return self.town.account.texts(self.user_id)

    def contact(self) -> "Contact | None":
        from madoguchi.accounts import keys
        from madoguchi.contacts.models import Contact
        from madoguchi.core import seal

        line_id_hash = seal.lookup(keys.lookup_key(self.town.channel.organisation_id), self.user_id)
        return Contact.objects.filter(channel=self.town.channel, line_id_hash=line_id_hash).first()

    def known(self) -> "Contact":
        """The contact, once the desk has met this friend."""
        return wait_until(self.contact, "met")

    def thread(self) -> "MessageQuerySet":
        """Everything in this friend's thread, as it was said."""
        from madoguchi.threads.models import Message

        return Message.objects.filter(contact=self.contact()).select_related("contact").in_order()

    def heard(self, count: int = 1, seconds: float = 15) -> "list[Message]":
        """What the desk has of this friend's own, once it is so many."""

        def look() -> "list[Message]":
            found = list(self.thread().filter(author_kind="friend"))
            return found if len(found) >= count else []

        return wait_until(look, "heard", seconds)

    def kinds(self) -> list[str]:
        return [message.kind for message in self.thread()]

    def conversation(self) -> "Conversation":
        from madoguchi.desk.models import Conversation

        found = Conversation.objects.order_by("-pk")
        return wait_until(lambda: found.filter(contact=self.contact()).first(), "a conversation")


@dataclass
class Town:
    """An organisation with staff, one account, and its friends."""

    platform: Platform
    desk: str
    channel: "Channel"
    account: Account
    sato: "User"
    supervisor: "User"

    def friend(self, name: str = "ひなた", *, follows: bool = False, **fields: Any) -> Friend:
        found = Friend(self, self.platform.friend(name, **fields))
        if follows:
            found.act("follow")
        return found

    def open_talk(self, words: str = "きいてください", name: str = "ひなた") -> "tuple[Friend, Conversation]":
        """A friend who wrote, was answered automatically, and whose conversation is held by Sato."""
        from madoguchi.desk import actions as desk

        friend = self.friend(name, follows=True)
        friend.says(words)
        conversation = friend.conversation()
        self.settle()
        return friend, desk.take(self.sato, conversation.pk)

    def reply(self, conversation: "Conversation", text: str, key: Any = None) -> "Message":
        from madoguchi.desk import actions as desk

        return desk.reply_text(self.sato, conversation.pk, text, key or uuid4())

    def settle(self) -> None:
        """Wait until every webhook is delivered and nothing of this town is left to do."""
        self.platform.idle()
        wait_until(self.is_idle, "nothing left to do")

    def is_idle(self) -> bool:
        from madoguchi.contacts.models import Contact
        from madoguchi.inbox.models import InboundEvent
        from madoguchi.threads.models import Attachment, Message

        mine = {"organisation_id": self.channel.organisation_id, "due_at__isnull": False}
        return not any(
            kind.objects.filter(**mine).exists() for kind in (InboundEvent, Message, Attachment, Contact)
        )


def found_town(platform: Platform, desk_url: str) -> Town:
    """An organisation of its own with a counsellor, a supervisor and an account."""
    from madoguchi.accounts import actions as accounts
    from madoguchi.accounts.models import Role
    from madoguchi.channels import actions as channels

    account = platform.account(name="あおば市 親子相談")
    organisation = accounts.found(f"あおば市 {account.id}")
    channel = channels.add(
        None, organisation, "親子相談", account.id, account.channel["secret"], account.channel["accessToken"]
    )
    account.set(webhookUrl=f"{desk_url}/line/webhook/{channel.key}", chatMode="chat")

    def add(name: str, role: Role) -> "User":
        email = f"{uuid4().hex[:12]}@example.jp"
        return accounts.add_user(None, organisation, email, name, [role], "a-long-password")[0]

    return Town(
        platform, desk_url, channel, account, add("佐藤", Role.COUNSELLOR), add("高橋", Role.SUPERVISOR)
    )
