"""Is the desk open now: what a person said of it, the hours, who is on shift, and how many are being answered."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from madoguchi.core import clock
from madoguchi.desk import opening
from madoguchi.desk.models import (
    HELD,
    Conversation,
    ConversationQuerySet,
    Duty,
    DutyState,
    Intake,
    Reception,
    Shift,
    State,
)
from madoguchi.desk.models.conversation import turn_may_come
from madoguchi.desk.models.presence import GONE_AFTER


def intake(reception: Reception) -> Intake:
    """Open, full, closed or paused now."""
    now = clock.now()
    said = said_by_hand(reception, now)
    if said is not None:
        return said
    if not opening.is_open(reception, now) or (reception.needs_shift and not on_shift(reception, now)):
        return Intake.CLOSED
    most = capacity(reception, now)
    busy = _busy(reception, now)[:most].count()  # counted no further than it matters
    return Intake.FULL if busy >= most else Intake.OPEN


def said_by_hand(reception: Reception, now: datetime) -> Intake | None:
    """What a person said, while it holds."""
    until = reception.by_hand_until
    if not reception.by_hand or (until is not None and until <= now):
        return None
    return Intake(reception.by_hand)


def on_shift(reception: Reception, now: datetime) -> list[int]:
    """Ids of those whose shift it is."""
    shifts = Shift.objects.at(now).filter(organisation_id=reception.organisation_id)
    return list(shifts.values_list("counsellor_id", flat=True))


def capacity(reception: Reception, now: datetime) -> int:
    """How many talks at once: as set, or what those who are on shift, available and can be called hold together."""
    if not reception.is_sized_by_shift:
        return reception.capacity
    here = Duty.objects.filter(counsellor__in=on_shift(reception, now), state=DutyState.AVAILABLE)
    own = here.filter(_can_be_called()).values_list("most_load", flat=True)
    return sum(reception.usual_load if most is None else min(most, reception.usual_load) for most in own)


def _can_be_called() -> Q:
    """The desk stands open, or its locked screen calls: whoever writes is answered by nobody else. A browser that is closed
    calls nobody, whatever its person said last."""
    since = Now() - GONE_AFTER
    return Q(seen_at__gt=since) | Q(counsellor__rung_at__gt=since)


def _busy(reception: Reception, now: datetime) -> ConversationQuerySet:
    """Talks that take up somebody now: not who was promised a later moment, unless the talk is grave."""
    ours = Conversation.objects.filter(
        organisation_id=reception.organisation_id, channel_id=reception.channel_id
    )
    return ours.filter(Q(state=State.WAITING) & turn_may_come(now) | Q(state__in=HELD))


def reopens_at(reception: Reception, now: datetime) -> datetime | None:
    """When the intake is open again by itself, as far as hours and a pause say; None when that is not known."""
    if said_by_hand(reception, now) == Intake.PAUSED:
        return opening.next_opening(reception, reception.by_hand_until) if reception.by_hand_until else None
    return opening.next_opening(reception, now)


def today(reception: Reception) -> str:
    """Today's hours in words."""
    now = clock.now()
    day = clock.jst(now).date()
    if not reception.hours and opening.written_spans(reception, day) == opening.ALL_DAY:
        return _("24時間")
    last_night = [span for span in opening.spans(reception, day - opening.DAY) if span[1] > now]
    said = [_("%(end)sまで") % {"end": _on_the_clock(end, day)} for _begin, end in last_night]
    said += [
        f"{_on_the_clock(begin, day)}〜{_on_the_clock(end, day)}"
        for begin, end in opening.spans(reception, day)
    ]
    return _("本日 %(spans)s") % {"spans": "、".join(said)} if said else _("本日は休み")


def _on_the_clock(moment: datetime, day: date) -> str:
    here = clock.jst(moment)
    if here.date() == day:
        return f"{here:%H:%M}"
    return "24:00" if (here.hour, here.minute) == (0, 0) else _("翌%(time)s") % {"time": f"{here:%H:%M}"}


WEEKDAYS = "月火水木金土日"


def spoken(moment: datetime, now: datetime) -> str:
    """A moment as one would say it to a person who looks at a telephone now: きょう18:00, あす9:00, 11月27日(金) 9:00."""
    here, today = clock.jst(moment), clock.jst(now).date()
    time = f"{here.hour}:{here:%M}"
    if here.date() == today:
        return f"きょう{time}"
    if here.date() == today + timedelta(days=1):
        return f"あす{time}"
    return f"{here.month}月{here.day}日({WEEKDAYS[here.weekday()]}) {time}"
