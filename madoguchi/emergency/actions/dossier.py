"""The dossier of one emergency: opened with one key, lines quoted, the decision, and what receivers confirm."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core import clock, live
from madoguchi.core.work import Job, claim, held, put_off
from madoguchi.desk.actions.look import readable
from madoguchi.desk.models import Conversation
from madoguchi.emergency.clocks import CALL_AGAIN_SECONDS, TASKS, ReceiverKind, deadline, first_call
from madoguchi.emergency.models import READY_MADE, Emergency, EmergencyState, Notice, Receiver
from madoguchi.emergency.models.emergency import STANDING
from madoguchi.emergency.models.receiver import ReadyMade

LONGEST = 4000
LEASE_SECONDS = 15.0


class NotReached(Exception):
    """The talk or its emergency is not this person's, or has ended."""


class Unfit(Exception):
    """No reason, nobody to notify, nobody who confirmed, or a moment that has not come."""


@transaction.atomic
def open_dossier(actor: User, conversation_id: int) -> Emergency:
    """For who holds the talk, and for supervisors; the one that is standing, or a new one. Nothing leaves the house by it."""
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id)
    found = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=seen.values("pk")).first()
    may = found is not None and (found.owner_id == actor.pk or actor.has_role([Role.SUPERVISOR]))
    if found is None or not may:
        raise NotReached
    last = Emergency.objects.filter(conversation=found).order_by("-pk").first()
    if last is not None and (last.is_standing or not found.is_open):
        return last
    made = Emergency.objects.create(
        organisation_id=found.organisation_id, conversation=found, opened_by=actor
    )
    record(actor, "emergency.open", made, conversation=found.pk)
    _tell(made)
    return made


@transaction.atomic
def quote(actor: User, emergency_id: int, number: int, *, is_quoted: bool) -> Emergency:
    """Pick a message for the dossier by its number, or leave it out again."""
    emergency = _reached(actor, emergency_id)
    if not readable(emergency.conversation).filter(number=number).exists():
        raise NotReached
    kept = {*emergency.quotes} - {number} | ({number} if is_quoted else set())
    emergency.quotes = sorted(kept)
    emergency.save(update_fields=["quotes"])
    record(actor, "emergency.quote", emergency, message=number, is_quoted=is_quoted)
    return emergency


@transaction.atomic
def decide(actor: User, emergency_id: int, reason: str, receivers: Iterable[str]) -> Emergency:
    """Decide to notify: the clocks of these receivers ("110", "own-3") start now. More can be added later, with a new reason.
    Raises Unfit."""
    emergency = _reached(actor, emergency_id)
    chosen = _chosen(emergency.organisation_id, set(receivers))
    if not reason.strip() or len(reason) > LONGEST or not chosen:
        raise Unfit
    now = clock.of_database()
    if emergency.state == EmergencyState.PREPARING:
        emergency.state, emergency.decided_by, emergency.decided_at = EmergencyState.NOTIFIED, actor, now
    contact = emergency.conversation.contact
    before = f"{emergency.reason}\n" if emergency.sealed_reason else ""
    emergency.sealed_reason = contact.seal(
        "emergency_emergency", "reason", emergency.token, before + reason.strip()
    )
    emergency.save(update_fields=["state", "decided_by", "decided_at", "sealed_reason"])
    Notice.objects.bulk_create(
        [notice for one in chosen for notice in _notices(emergency, one, now)], ignore_conflicts=True
    )
    record(actor, "emergency.decide", emergency, receivers=len(chosen))
    _tell(emergency)
    live.wake("notice")
    return emergency


def _chosen(organisation_id: int, keys: set[str]) -> list[Receiver | ReadyMade]:
    own = [one for one in Receiver.objects.in_use(organisation_id) if one.key in keys]
    return [*own, *(one for one in READY_MADE if one.key in keys)]


def _notices(emergency: Emergency, receiver: Receiver | ReadyMade, now: datetime) -> Iterable[Notice]:
    for task in TASKS[ReceiverKind(receiver.kind)]:
        yield Notice(
            organisation_id=emergency.organisation_id,
            emergency=emergency,
            receiver=str(receiver.name),
            kind=receiver.kind,
            phone=receiver.phone,
            task=task,
            started_at=now,
            deadline_at=deadline(task, now),
            due_at=first_call(task, now),
        )


@transaction.atomic
def confirm(actor: User, notice_id: int, who: str, how: str, at: datetime | None = None) -> Notice:
    """The receiver has confirmed: who said so, how, and when (None: now). The clock stands still. Raises Unfit for a moment to
    come or before the decision."""
    found = Notice.objects.filter(pk=notice_id, organisation_id=actor.organisation_id).first()
    if found is None:
        raise NotReached
    emergency = _reached(actor, found.emergency_id)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    notice.emergency = emergency
    now = clock.of_database()
    when = at or now
    if (
        not who.strip()
        or len(who) + len(how) > LONGEST
        or not notice.started_at - clock.seconds(60) <= when <= now
    ):
        raise Unfit
    if notice.confirmed_at is not None or notice.called_off_at is not None:
        return notice
    said = {"who": who.strip(), "how": how.strip()}
    notice.sealed_confirmation = emergency.conversation.contact.seal(
        "emergency_emergency", "confirmation", notice.token, said
    )
    notice.confirmed_at, notice.confirmed_by, notice.entered_at, notice.due_at = when, actor, now, None
    notice.save(update_fields=["sealed_confirmation", "confirmed_at", "confirmed_by", "entered_at", "due_at"])
    record(actor, "emergency.confirm", emergency, notice=notice.pk, task=notice.task)
    if not emergency.notices.running().exists():
        Emergency.objects.filter(pk=emergency.pk).update(state=EmergencyState.CONFIRMED)
    _tell(emergency)
    return notice


@transaction.atomic
def withdraw(actor: User, emergency_id: int, reason: str) -> Emergency:
    """Nobody outside is to be told, or no more: the clocks are called off. A supervisor decides it once a notice stands."""
    emergency = _reached(actor, emergency_id)
    if emergency.state == EmergencyState.NOTIFIED:
        if not actor.has_role([Role.SUPERVISOR]):
            raise NotReached
        if not reason.strip():
            raise Unfit
    if len(reason) > LONGEST:
        raise Unfit
    said = "\n".join(part for part in (emergency.reason, reason.strip()) if part)
    contact = emergency.conversation.contact
    sealed = contact.seal("emergency_emergency", "reason", emergency.token, said) if said else None
    emergency.state, emergency.sealed_reason = EmergencyState.WITHDRAWN, sealed
    emergency.save(update_fields=["state", "sealed_reason"])
    emergency.notices.running().update(called_off_at=Now(), due_at=None)
    record(actor, "emergency.withdraw", emergency)
    _tell(emergency)
    return emergency


@transaction.atomic
def reveal(actor: User, emergency_id: int) -> dict[str, str]:
    """The friend's LINE name, on the record: {"name", …}, empty while it is not known."""
    emergency = Emergency.objects.visible_to(actor).filter(pk=emergency_id).first()
    if emergency is None:
        raise NotReached
    record(actor, "emergency.reveal", emergency)
    return emergency.conversation.contact.profile


def claim_notices(limit: int) -> list[Job]:
    return claim(Notice.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def call_again(job: Job) -> None:
    """A clock that nobody has stopped calls: before its deadline once, and again and again when that has passed."""
    notice = held(Notice.objects.running(), job)
    if notice is None:
        return
    now = clock.of_database()
    Notice.objects.filter(pk=notice.pk).update(calls=notice.calls + 1)
    left = (notice.deadline_at - now).total_seconds()
    put_off(notice, left if left > 0 else CALL_AGAIN_SECONDS)
    live.publish(f"urgent-{notice.organisation_id}")


def _reached(actor: User, emergency_id: int) -> Emergency:
    """Locked, standing, and this person's."""
    seen = Emergency.objects.visible_to(actor).filter(pk=emergency_id, state__in=STANDING)
    found = Emergency.objects.select_for_update(of=("self",)).select_related("conversation__contact")
    emergency = found.filter(pk__in=seen.values("pk")).first()
    if emergency is None:
        raise NotReached
    return emergency


def _tell(emergency: Emergency) -> None:
    contact_id = emergency.conversation.contact_id
    live.publish(f"urgent-{emergency.organisation_id}", f"beside-{contact_id}")
