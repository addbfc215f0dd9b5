"""When a friend may be written to: the one rule, kept at the one place where every message passes (`threads.say` and, once
more, right before each attempt to send). Pure, from the contact as it stands.

Whatever is sent says why (`Cause`). A new way of sending that says nothing is ours: it waits for the safe hours, and never goes
to who asked not to be written to first. An answer passes only while the friend is there, and while it is fresh, so that an
answer that was scheduled or could not be sent for a while is our own word by then. So is a harmless text; and the reason for
which somebody insisted holds for an hour.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.contacts.models import Contact
from madoguchi.core import clock

THERE = timedelta(hours=1)  # so long after a word of theirs somebody is at the telephone
FRESH = timedelta(minutes=10)
HOLDS = timedelta(hours=1)  # so long a reason to write outside the hours stays one


class Cause(models.TextChoices):
    """Why something is said."""

    OURS = "ours", _("こちらから")
    ANSWER = "answer", _("返事")
    INSISTED = "insisted", _("理由があって時間の外に")
    HARMLESS = "harmless", _("画面をかえている間のお知らせ")


class Because(models.TextChoices):
    """Why something waits."""

    HARMLESS = "harmless", _("画面をかえている間です")
    SILENT = "silent", _("「先に書かないで」と頼まれています")
    HOURS = "hours", _("書いてよい時間の外です")


@dataclass(frozen=True)
class Verdict:
    """`because`: empty when it may go now. `until`: when it is looked at again; None: when a person decides."""

    because: str = ""
    until: datetime | None = None

    @property
    def may_go(self) -> bool:
        return not self.because


GO = Verdict()


def may_write_now(
    contact: Contact, cause: str, now: datetime, *, written_at: datetime | None = None
) -> Verdict:
    """Whether something may go to this friend now. `written_at`: when it was put on its way; None: now."""
    age = now - (written_at or now)
    answers = cause in (Cause.ANSWER, Cause.HARMLESS) and age <= FRESH and is_there(contact, now)
    if contact.harmless_since is not None:
        return GO if answers and cause == Cause.HARMLESS else Verdict(Because.HARMLESS)
    if answers or (cause == Cause.INSISTED and age <= HOLDS):
        return GO
    if contact.is_silent:
        return Verdict(Because.SILENT)
    until = next_safe(contact, now)
    return GO if until is None else Verdict(Because.HOURS, until)


def may_show_now(contact: Contact, now: datetime) -> bool:
    """Whether something that rings for nobody may appear on the telephone now, such as 既読: it tells that a person is here."""
    return contact.harmless_since is None and (is_there(contact, now) or next_safe(contact, now) is None)


def is_there(contact: Contact, now: datetime) -> bool:
    """The friend has just written or pressed something."""
    return now - contact.active_at <= THERE


def next_safe(contact: Contact, now: datetime) -> datetime | None:
    """When the safe hours begin next; None within them, and for who has none."""
    begin, end = contact.safe_from, contact.safe_until
    if begin is None or end is None or _is_within(clock.jst(now).time(), begin, end):
        return None
    here = clock.jst(now)
    today = datetime.combine(here.date(), begin, here.tzinfo)
    return today if today > here else today + timedelta(days=1)


def _is_within(at: time, begin: time, end: time) -> bool:
    """The hours may pass midnight."""
    return begin <= at < end if begin < end else at >= begin or at < end
