"""Answers that are written and not said yet: asked for, planned, held back, decided, taken back.

Each act and the worker that sends take the contact's lock first, then the row: whoever comes second finds what the first has
made of it. So what was taken back never goes, and who comes too late is told that it has gone.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Contact
from madoguchi.contacts.wishes import Cause
from madoguchi.core import clock, live, seal
from madoguchi.core.work import Job, claim, held
from madoguchi.desk import answers
from madoguchi.desk.actions.ending import SomethingNew
from madoguchi.desk.actions.moving import NotNow, NotYours, told
from madoguchi.desk.actions.moving import held as held_talk
from madoguchi.desk.actions.talk import is_in_training, made_a_message
from madoguchi.desk.answers import Answer
from madoguchi.desk.models import Conversation, Prepared, PreparedFile, PreparedState, Stopped
from madoguchi.desk.models.prepared import OPEN
from madoguchi.threads import actions as threads
from madoguchi.threads.actions import KeyUsed
from madoguchi.threads.models import Author, Message

LEASE_SECONDS = 15.0
FURTHEST = clock.seconds(30 * 24 * 3600)
REMARK_LIMIT = 1000


class HasGone(Exception):
    """It has been sent, or somebody else has decided."""


@transaction.atomic
def prepare(
    actor: User,
    conversation_id: int,
    answer: Answer,
    key: uuid.UUID,
    *,
    at: datetime | None = None,
    is_brief: bool = False,
) -> Prepared:
    """Keep an answer until it may go: at the moment `at`, and if the actor is in training only with a supervisor's yes. With
    the same `key` again nothing more is kept. Raises NotNow for a moment that has passed or is too far off; KeyUsed."""
    talk = Conversation.objects.filter(pk=conversation_id, organisation_id=actor.organisation_id).first()
    if talk is None:
        raise NotYours
    contact = threads.locked(talk.contact_id)
    conversation = held_talk(actor, conversation_id)
    earlier = _prepared_before(contact, answer, key)
    if earlier is not None:
        return earlier
    must_ask = is_in_training(actor)
    if at is not None or not must_ask:
        _see_that_it_comes(at)
    prepared = _kept(actor, contact, conversation, answer, key, at if at or must_ask else None, is_brief)
    _await(prepared, PreparedState.ASKED if must_ask else PreparedState.PLANNED)
    record(actor, "desk.prepare", conversation, prepared=prepared.pk, kind=answer.kind, state=prepared.state)
    _tell(prepared, conversation)
    return prepared


def _prepared_before(contact: Contact, answer: Answer, key: uuid.UUID) -> Prepared | None:
    earlier = Prepared.objects.filter(contact=contact, client_key=key).first()
    if earlier is None:
        return None
    earlier.contact = contact
    if earlier.answer["shape"] != answer.shape:
        raise KeyUsed
    return earlier


def _see_that_it_comes(at: datetime | None) -> None:
    now = clock.of_database()
    if at is None or not now < at <= now + FURTHEST:
        raise NotNow


def _kept(
    actor: User,
    contact: Contact,
    conversation: Conversation,
    answer: Answer,
    key: uuid.UUID,
    at: datetime | None,
    is_brief: bool,
) -> Prepared:
    token = uuid.uuid4()
    prepared = Prepared(
        organisation_id=contact.organisation_id,
        contact=contact,
        conversation=conversation,
        author=actor,
        token=token,
        client_key=key,
        kind=answer.kind,
        sealed_answer=contact.seal("desk_prepared", "answer", token, answer.as_json()),
        is_brief=is_brief,
        after_number=contact.last_number,
        at=at,
    )
    prepared.state = PreparedState.ASKED
    prepared.save()
    if answer.full is not None:
        kept = PreparedFile(prepared=prepared, organisation_id=contact.organisation_id)
        kept.sealed_full = seal.seal(contact.data_key, answer.full, kept.place("full"))
        if answer.small is not None:
            kept.sealed_small = seal.seal(contact.data_key, answer.small, kept.place("small"))
        kept.save()
    return prepared


def _await(prepared: Prepared, state: PreparedState, **changes: Any) -> None:
    """Into a state; planned is work with its moment."""
    for name, value in changes.items():
        setattr(prepared, name, value)
    prepared.state, prepared.leased_until = state, None
    prepared.due_at = prepared.at if state == PreparedState.PLANNED else None
    prepared.save(update_fields=[*changes, "state", "due_at", "leased_until"])
    if prepared.due_at is not None:
        live.wake("prepared")


def _tell(prepared: Prepared, conversation: Conversation, *, to_all: bool = False) -> None:
    told(conversation, to_all=to_all or prepared.state == PreparedState.ASKED)
    concerned = {prepared.author_id, conversation.owner_id or prepared.author_id}
    lists = [f"mine-{one}" for one in concerned]
    live.publish(f"beside-{conversation.contact_id}", *lists, f"asked-{prepared.organisation_id}")


def _locked(actor: User, prepared_id: int) -> tuple[Prepared, Conversation]:
    """The row and its talk, locked behind the contact, if the actor may read the talk. Raises NotYours and HasGone."""
    seen = Prepared.objects.filter(pk=prepared_id, organisation_id=actor.organisation_id)
    known = seen.values("contact_id", "conversation_id").first()
    if known is None or not _may_see(actor, known["conversation_id"], prepared_id):
        raise NotYours
    contact = threads.locked(known["contact_id"])
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=known["conversation_id"])
    prepared = Prepared.objects.select_for_update(of=("self",)).select_related("author").get(pk=prepared_id)
    prepared.contact, prepared.conversation = contact, conversation
    if prepared.state not in OPEN:
        raise HasGone
    return prepared, conversation


def _may_see(actor: User, conversation_id: int, prepared_id: int) -> bool:
    is_own = Prepared.objects.filter(pk=prepared_id, author=actor).exists()
    return is_own or Conversation.objects.visible_to(actor).filter(pk=conversation_id).exists()


def _is_its_writer(actor: User, prepared: Prepared, conversation: Conversation) -> bool:
    """Who wrote it, or who holds the talk now."""
    return prepared.author_id == actor.pk or conversation.is_held_by(actor)


@transaction.atomic
def take_back(actor: User, prepared_id: int) -> Prepared:
    """It never goes. Raises HasGone when it has."""
    prepared, conversation = _locked(actor, prepared_id)
    if not _is_its_writer(actor, prepared, conversation):
        raise NotYours
    _await(prepared, PreparedState.DROPPED)
    record(actor, "desk.take_back", conversation, prepared=prepared.pk)
    _tell(prepared, conversation)
    return prepared


@transaction.atomic
def change(actor: User, prepared_id: int, text: str, at: datetime | None) -> Prepared | Message:
    """Other words or another moment; without a moment it goes now. Who is in training asks anew. Raises NotNow, HasGone and
    MessageError."""
    prepared, conversation = _locked(actor, prepared_id)
    if not conversation.is_held_by(actor):
        raise NotYours
    _reword(prepared, text)
    record(actor, "desk.change_prepared", conversation, prepared=prepared.pk)
    fresh = {"after_number": prepared.contact.last_number, "stopped": "", "author": actor, "is_brief": False}
    if is_in_training(actor):
        if at is not None:
            _see_that_it_comes(at)
        _await(prepared, PreparedState.ASKED, at=at, decided_by=None, sealed_remark=None, **fresh)
    elif at is None:
        return _go(prepared, conversation, actor, actor)
    else:
        _see_that_it_comes(at)
        _await(prepared, PreparedState.PLANNED, at=at, **fresh)
    _tell(prepared, conversation)
    return prepared


def _reword(prepared: Prepared, text: str) -> bool:
    """True when the words are others than before; only a text has words that can be changed."""
    if prepared.kind != "text":
        return False
    before = prepared.answer
    if not text.strip() or before["shape"]["text"] == text:
        return False
    after = answers.reworded(before, text)
    prepared.sealed_answer = prepared.contact.seal("desk_prepared", "answer", prepared.token, after)
    prepared.save(update_fields=["sealed_answer"])
    return True


@transaction.atomic
def approve(
    actor: User, prepared_id: int, *, text: str = "", through: int | None = None
) -> Prepared | Message:
    """A supervisor says yes, to the words as they are or with other `text`. It goes now, or at the moment that was asked for.
    `through`: the last message the supervisor had before the eyes. Raises SomethingNew when the friend has written since,
    NotNow when the talk has changed hands, HasGone."""
    prepared, conversation = _for_a_supervisor(actor, prepared_id)
    if conversation.owner_id != prepared.author_id:
        raise NotNow
    if through is not None and _wrote_after(prepared, through):
        raise SomethingNew
    was_changed = _reword(prepared, text)
    decided = {"decided_by": actor, "decided_at": clock.of_database(), "was_changed": was_changed}
    after = prepared.contact.last_number
    record(actor, "desk.approve_reply", conversation, prepared=prepared.pk, counsellor=prepared.author_id)
    if prepared.at is not None and prepared.at > clock.of_database():
        _await(prepared, PreparedState.PLANNED, after_number=after, **decided)
        _tell(prepared, conversation)
        return prepared
    return _go(prepared, conversation, prepared.author, actor, **decided)


@transaction.atomic
def give_back(actor: User, prepared_id: int, remark: str) -> Prepared:
    """A supervisor returns it with a remark. Raises NotNow without one, or with too long a one."""
    prepared, conversation = _for_a_supervisor(actor, prepared_id)
    if not remark.strip() or len(remark) > REMARK_LIMIT:
        raise NotNow
    sealed = prepared.contact.seal("desk_prepared", "remark", prepared.token, remark.strip())
    decided = {"decided_by": actor, "decided_at": clock.of_database(), "sealed_remark": sealed}
    _await(prepared, PreparedState.RETURNED, **decided)
    record(actor, "desk.return_reply", conversation, prepared=prepared.pk, counsellor=prepared.author_id)
    _tell(prepared, conversation, to_all=True)
    return prepared


def _for_a_supervisor(actor: User, prepared_id: int) -> tuple[Prepared, Conversation]:
    """Nobody says yes to own words, and nobody in training to another's."""
    prepared, conversation = _locked(actor, prepared_id)
    if not actor.has_role([Role.SUPERVISOR]) or prepared.author_id == actor.pk or is_in_training(actor):
        raise NotYours
    if prepared.state != PreparedState.ASKED:
        raise HasGone
    return prepared, conversation


def _wrote_after(prepared: Prepared, number: int) -> bool:
    later = Message.objects.of(prepared.contact).filter(author_kind=Author.FRIEND, number__gt=number)
    return later.filter(unsent_at=None).exists()


def _go(
    prepared: Prepared, conversation: Conversation, author: User, actor: User | None, **changes: Any
) -> Message:
    """It becomes a message. The contact, the talk and the row are locked."""
    is_planned = (
        prepared.at is not None and not prepared.is_brief
    )  # our own word by then: it keeps the friend's wishes
    message = made_a_message(
        prepared.contact,
        conversation,
        author,
        _with_bytes(prepared),
        prepared.client_key,
        Cause.OURS if is_planned else Cause.ANSWER,
    )
    PreparedFile.objects.filter(prepared=prepared).delete()  # the message has them now
    _await(prepared, PreparedState.SENT, message=message, author=author, **changes)
    record(
        actor, "desk.reply", conversation, message=message.number, kind=prepared.kind, prepared=prepared.pk
    )
    _tell(prepared, conversation)
    return message


def _with_bytes(prepared: Prepared) -> Answer:
    kept = PreparedFile.objects.filter(prepared=prepared).first()
    if kept is None:
        return Answer(**prepared.answer)
    kept.prepared = prepared
    return Answer(**{**prepared.answer, "full": kept.plain("full"), "small": kept.plain("small")})


def claim_prepared(limit: int) -> list[Job]:
    """The first of each contact, so that what was written first is said first."""
    planned = Prepared.objects.filter(state=PreparedState.PLANNED)
    same_moment = Q(due_at=OuterRef("due_at"), pk__lt=OuterRef("pk"))
    earlier = planned.filter(Q(due_at__lt=OuterRef("due_at")) | same_moment, contact=OuterRef("contact"))
    return claim(planned.filter(~Exists(earlier)), LEASE_SECONDS, limit)


@transaction.atomic
def come_due(job: Job) -> None:
    """Its moment is here: it goes, or a person has to look at it first."""
    known = Prepared.objects.filter(pk=job.pk).values("contact_id", "conversation_id").first()
    if known is None:
        return
    contact = threads.locked(known["contact_id"])
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=known["conversation_id"])
    prepared = held(Prepared.objects.select_related("author"), job)
    if prepared is None:
        return
    prepared.contact, prepared.conversation = contact, conversation
    hindrance = next((why for why, is_so in HINDRANCES.items() if is_so(prepared, conversation)), None)
    if hindrance is None or prepared.is_brief:
        _go(prepared, conversation, prepared.author, None)
    elif hindrance == ASK_ANEW:
        _await(prepared, PreparedState.ASKED)
        _tell(prepared, conversation)
    else:
        _await(prepared, PreparedState.STOPPED, stopped=hindrance)
        record(None, "desk.stop_prepared", conversation, prepared=prepared.pk, stopped=hindrance)
        _tell(prepared, conversation, to_all=True)


ASK_ANEW = "ask"  # in training only since it was planned
HINDRANCES: dict[str, Callable[[Prepared, Conversation], bool]] = {
    Stopped.ENDED: lambda _prepared, talk: not talk.is_open,
    Stopped.CHANGED_HANDS: lambda prepared, talk: talk.owner_id != prepared.author_id,
    Stopped.WROTE: lambda prepared, _talk: _wrote_after(prepared, prepared.after_number),
    ASK_ANEW: lambda prepared, _talk: prepared.decided_by_id is None and is_in_training(prepared.author),
}
