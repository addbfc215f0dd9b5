"""A channel's special days, and what a person says of its intake by hand. The reception's row is locked: two who change
different days at once keep both."""

from datetime import date, datetime

from django.db import transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.core import clock, live
from madoguchi.desk.actions.intake import reception_of
from madoguchi.desk.models import ByHand, Reception

BY_HAND = ("by_hand", "by_hand_at", "by_hand_until", "by_hand_by", "by_hand_text")


@transaction.atomic
def set_special_day(actor: User, channel: Channel, day: date, spans: list[list[str]], note: str) -> Reception:
    """This date has hours of its own; no spans: closed. Replaces what was said of that date."""
    reception = _locked(channel)
    past = clock.jst(clock.now()).date().isoformat()
    kept = {on: what for on, what in reception.special_days.items() if on >= past}
    reception.special_days = {**kept, day.isoformat(): {"spans": spans, "note": note}}
    return _saved(actor, reception, "special_days")


@transaction.atomic
def drop_special_day(actor: User, channel: Channel, day: date) -> Reception:
    """The date is one like all others again."""
    reception = _locked(channel)
    reception.special_days = {
        on: what for on, what in reception.special_days.items() if on != day.isoformat()
    }
    return _saved(actor, reception, "special_days")


@transaction.atomic
def say_by_hand(
    actor: User, channel: Channel, by_hand: ByHand, until: datetime | None = None, text: str = ""
) -> Reception:
    """Paused or full from now on, whatever the hours say, until a moment or until somebody ends it."""
    reception = _locked(channel)
    reception.by_hand, reception.by_hand_at, reception.by_hand_by = by_hand, clock.now(), actor
    reception.by_hand_until, reception.by_hand_text = until, text
    reception.save(update_fields=BY_HAND)
    record(actor, "desk.say_by_hand", reception, intake=by_hand)
    live.publish(f"desk-{reception.organisation_id}")
    return reception


@transaction.atomic
def end_by_hand(actor: User, channel: Channel) -> Reception:
    """As the hours and the queue say again."""
    reception = _locked(channel)
    if reception.by_hand:
        reception.by_hand, reception.by_hand_until, reception.by_hand_text = "", None, ""
        reception.by_hand_at, reception.by_hand_by = None, None
        reception.save(update_fields=BY_HAND)
        record(actor, "desk.end_by_hand", reception)
        live.publish(f"desk-{reception.organisation_id}")
    return reception


def _locked(channel: Channel) -> Reception:
    found = Reception.objects.select_for_update(of=("self",)).get(pk=reception_of(channel).pk)
    found.channel = channel
    return found


def _saved(actor: User, reception: Reception, *columns: str) -> Reception:
    reception.save(update_fields=columns)
    record(actor, "desk.set_reception", reception, changed=sorted(columns))
    live.publish(f"desk-{reception.organisation_id}")
    return reception
