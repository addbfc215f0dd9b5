"""A friend's life in fast motion: time passes by moving all that is known of one friend back, and what arrives is judged as a
person would say the rule."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from faults.street import wait_until
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live
from madoguchi.desk import actions as desk
from madoguchi.desk import texts
from madoguchi.desk.models import Conversation, Prepared, State
from madoguchi.inbox.models import InboundEvent
from madoguchi.surveys.actions import answering
from madoguchi.surveys.given import Given
from madoguchi.threads.models import Message, ReadMark, TypingSign
from tests.street import Friend, Town

DAY = 24 * 60
THERE = 60  # minutes
WORD = "さくらもち"
SOON = Now() + timedelta(seconds=10)  # a second try, or what can still be taken back
KINDS = ("message", "held", "prepared", "elapse", "near", "read-mark", "typing")
NOT_NOW = (
    desk.NotYours,
    desk.NotNow,
    desk.AlreadyTaken,
    desk.SomethingNew,
    desk.HasGone,
    desk.HandsFull,
    answering.NotAnswerable,
)


GRAVE = Given(private={"text": "しにたい"})


@dataclass
class Life:
    """One friend: minutes since the story began, the hours as minutes of a day, and what is expected by them."""

    town: Town
    friend: Friend
    begin: int
    end: int
    now: int = 0
    touched: int = 0  # when the friend was last at the telephone
    insisted: int = -DAY
    is_harmless: bool = False
    is_silent: bool = False
    seen: list[str] = field(default_factory=list)

    @property
    def contact(self) -> Contact:
        return self.friend.known()

    def talk(self) -> Conversation:
        return Conversation.objects.filter(contact=self.contact).latest("pk")

    def touches(self) -> None:
        self.touched = self.now

    def passes(self, minutes: int) -> None:
        """So much later: all that is known of this friend is so much older."""
        self.now += minutes
        back = timedelta(minutes=minutes)
        mine = Contact.objects.filter(pk=self.contact.pk)
        with transaction.atomic():
            for model in (Conversation, Message, Prepared, ReadMark, TypingSign):
                _move(model, model.objects.filter(contact=self.contact), back)
            _move(Contact, mine, back)
            mine.update(**self._hours())
            for kind in KINDS:
                live.wake(kind)

    def _hours(self) -> dict[str, Any]:
        here = clock.jst(clock.of_database()).replace(second=0, microsecond=0)
        moments = (here + timedelta(minutes=minute - self.now) for minute in (self.begin, self.end))
        return dict(zip(("safe_from", "safe_until"), (moment.time() for moment in moments), strict=True))

    def settles(self) -> None:
        self.town.platform.idle()
        wait_until(lambda: not self._left(), lambda: f"nothing is left to do but {self._left()}", 60)

    def _left(self) -> list[Any]:
        """What is still to be done for this friend, a row each, at one moment: work passes from one table to another."""
        mine = {"contact": self.contact}
        is_near = Q(state=State.WAITING, near_asked_at__isnull=False, promised_at=None)
        left = (
            InboundEvent.objects.filter(channel=self.town.channel, due_at__isnull=False),
            *(model.objects.filter(**mine, due_at__lte=SOON) for model in (Message, Prepared, ReadMark, TypingSign)),
            Conversation.objects.filter(**mine).filter(Q(due_at__lte=SOON) | is_near),
            Message.objects.filter(**mine, state="held", held_until__lte=SOON),
        )  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return [row for rows in left for row in rows.values()]

    def arrived(self) -> list[str]:
        """What has come to the telephone since the last look: texts, and the signs that are no message."""
        account = self.town.account
        said = account.texts(self.friend.user_id)
        signs = [
            f"<{name}>"
            for name in ("loading", "markAsRead")
            for _call in account.journal("api", path=f"/chat/{name}")
        ]
        fresh = _without(said + signs, self.seen)
        self.seen = said + signs
        return fresh

    def may_come(self, what: str) -> bool:
        if self.is_harmless or "のお知らせ】" in what:
            return "のお知らせ】" in what and self.now - self.touched <= THERE
        is_there = self.now - self.touched <= THERE
        if self.now - self.insisted < THERE:
            return True
        if self._is_safe() and (not self.is_silent or what == "<markAsRead>"):
            return True
        return is_there and not what.startswith(BEGUN_BY_US)

    def _is_safe(self) -> bool:
        at = self.now % DAY
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


BEGUN_BY_US = ("予定していた文", texts.QUIET[:12])


def _move(model: type[models.Model], rows: Any, back: timedelta) -> None:
    names = [
        one.name
        for one in model._meta.get_fields()
        if isinstance(one, models.DateTimeField) and one.name != "leased_until"
    ]
    rows.update(**{name: F(name) - back for name in names})


def _without(said: list[str], before: list[str]) -> list[str]:
    rest = list(before)
    return [one for one in said if not (one in rest and (rest.remove(one) or True))]  # type: ignore[func-returns-value]
