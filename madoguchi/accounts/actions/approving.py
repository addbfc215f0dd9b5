"""What an administrator may not do alone, because it would let an administrator read content through another account.

A counsellor or supervisor is made, and gets a new first password, only with the word of a supervisor. With that word goes a
new first password that the supervisor sees once and hands over in person: whoever asked never holds a way into an account
that reads content. The administrator acts alone while there is no supervisor yet, and for the only supervisor there is.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from madoguchi.accounts import proving
from madoguchi.accounts.actions.sessions import end_sessions
from madoguchi.accounts.models import Organisation, Role, StaffApproval, User
from madoguchi.audit.actions import record
from madoguchi.core import clock

REMEMBERED_SECONDS = (
    30 * 24 * 3600
)  # so long a removed supervisor still counts: else one could be made the only one


class Decided(Exception):
    """Somebody was quicker, or it was withdrawn."""


class OwnAccount(Exception):
    """Nobody decides about the own account, or resets it."""


def supervisors(organisation_id: int) -> QuerySet[User]:
    return User.objects.filter(
        organisation_id=organisation_id, deactivated_at=None, roles__contains=[Role.SUPERVISOR]
    )


def ask(actor: User, member: User, kind: StaffApproval.Kind, roles: Iterable[str] = ()) -> None:
    StaffApproval.objects.create(
        organisation_id=member.organisation_id, member=member, kind=kind, roles=sorted(roles), asked_by=actor
    )
    record(
        actor, "accounts.ask_approval", member, is_reset=kind == StaffApproval.Kind.RESET, roles=sorted(roles)
    )


def withdraw(actor: User, member: User, kind: StaffApproval.Kind) -> None:
    for asked in StaffApproval.objects.waiting().filter(member=member, kind=kind).select_for_update():
        _close(asked, actor, StaffApproval.State.WITHDRAWN)
        record(actor, "accounts.withdraw_approval", member, is_reset=kind == StaffApproval.Kind.RESET)


def approve(actor: User, pk: int) -> tuple[StaffApproval, str]:
    """Let it come into force: (what was asked, the new first password or nothing). Raises Decided, OwnAccount,
    proving.TooBusy."""
    password = proving.made_up()
    hashed = proving.hashed(password)
    with transaction.atomic():
        asked = _open(actor, pk)
        member = User.objects.select_for_update().get(pk=asked.member_id)
        begins_anew = asked.is_reset or not member.reads_content
        member.roles = sorted({*member.roles, *asked.roles})
        member.save(update_fields=["roles"])
        _close(asked, actor, StaffApproval.State.APPROVED)
        record(actor, "accounts.approve", member, is_reset=asked.is_reset, roles=member.roles)
        if begins_anew:
            _begin_anew(actor, member, hashed)
        else:
            end_sessions(member)
        return asked, password if begins_anew else ""


@transaction.atomic
def refuse(actor: User, pk: int) -> StaffApproval:
    """Raises Decided, OwnAccount."""
    asked = _open(actor, pk)
    _close(asked, actor, StaffApproval.State.REFUSED)
    record(actor, "accounts.refuse", asked.member, is_reset=asked.is_reset, roles=asked.roles)
    return asked


def reset(actor: User | None, member: User) -> str:
    """Take the second factor away and give a new first password, which is returned; nothing when a supervisor is asked
    first. Every session ends. Actor None: whoever holds the server. Raises OwnAccount, proving.TooBusy."""
    if actor is not None and actor.pk == member.pk:
        raise OwnAccount
    password = proving.made_up()
    hashed = proving.hashed(password)
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=member.organisation_id)
        member = User.objects.select_for_update().get(pk=member.pk)
        if actor is not None and _needs_a_word(actor, member):
            withdraw(actor, member, StaffApproval.Kind.RESET)
            ask(actor, member, StaffApproval.Kind.RESET)
            return ""
        _begin_anew(actor, member, hashed)
    return password


def _needs_a_word(actor: User, member: User) -> bool:
    if not member.reads_content or actor.has_role([Role.SUPERVISOR]):
        return False
    since = clock.now() - clock.seconds(REMEMBERED_SECONDS)
    here = User.objects.filter(organisation_id=member.organisation_id).exclude(pk=member.pk)
    is_the_only_one = (
        member.has_role([Role.SUPERVISOR])
        and not supervisors(member.organisation_id).exclude(pk=member.pk).exists()
        and not here.filter(supervisor_until__gt=since).exists()
    )
    return not is_the_only_one


def _open(actor: User, pk: int) -> StaffApproval:
    """What still waits for this supervisor's word, held until the transaction ends."""
    asked = StaffApproval.objects.select_for_update().get(pk=pk, organisation_id=actor.organisation_id)
    if not asked.is_waiting:
        raise Decided
    if asked.member_id == actor.pk:
        raise OwnAccount
    return asked


def _close(asked: StaffApproval, actor: User, state: StaffApproval.State) -> None:
    asked.state, asked.decided_by, asked.decided_at = state, actor, clock.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])


def _begin_anew(actor: User | None, member: User, hashed: str) -> None:
    member.password, member.password_set_at = hashed, None
    member.second_factor, member.second_factor_step, member.recovery_codes = None, 0, []
    member.save(
        update_fields=["password", "password_set_at", "second_factor", "second_factor_step", "recovery_codes"]
    )
    end_sessions(member)
    record(actor, "accounts.reset", member)
