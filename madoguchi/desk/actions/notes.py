"""What staff say among themselves beside a talk: notes, a supervisor's whisper, a call for help."""

import uuid

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core import live
from madoguchi.desk.actions.moving import NotYours
from madoguchi.desk.models import Conversation, Note, NoteKind

LONGEST = 4000
COME = _("このトークを一緒に見てください。")


class Unfit(Exception):
    """Nothing written, or too much."""


@transaction.atomic
def note(actor: User, conversation_id: int, text: str) -> Note:
    """Write a note about the friend: for whoever may read the talk, now and later."""
    return _written(actor, _readable(actor, conversation_id), NoteKind.NOTE, text)


@transaction.atomic
def whisper(actor: User, conversation_id: int, text: str) -> Note:
    """A supervisor says something into the counsellor's side of a talk. It waits there until it was seen."""
    conversation = _readable(actor, conversation_id)
    if not actor.has_role([Role.SUPERVISOR]) or not conversation.is_held:
        raise NotYours
    return _written(actor, conversation, NoteKind.WHISPER, text)


@transaction.atomic
def call_for_help(actor: User, conversation_id: int, text: str) -> Note:
    """The holder calls a supervisor to the talk, in a few words or none. Calling twice is calling once."""
    conversation = _readable(actor, conversation_id)
    if not conversation.is_held_by(actor):
        raise NotYours
    calling = conversation.notes.calling().select_related("contact").first()
    return calling or _written(actor, conversation, NoteKind.HELP, text.strip() or str(COME))


@transaction.atomic
def see(actor: User, note_id: int) -> Note:
    """A whisper was seen by who holds the talk; a call for help is answered for by a supervisor, or taken back by who called."""
    note = (
        Note.objects.select_for_update(of=("self",))
        .select_related("conversation", "contact")
        .filter(pk=note_id, organisation_id=actor.organisation_id)
        .first()
    )
    if note is None or not note.may_be_seen_by(actor):
        raise NotYours
    Note.objects.filter(pk=note.pk).update(seen_at=Now(), seen_by=actor)
    record(actor, "desk.see_note", note.conversation, note=note.pk)
    _told(note)
    return note


def _readable(actor: User, conversation_id: int) -> Conversation:
    visible = Conversation.objects.visible_to(actor).select_related("contact")
    conversation = visible.filter(pk=conversation_id).first()
    if conversation is None:
        raise NotYours
    return conversation


def _written(actor: User, conversation: Conversation, kind: NoteKind, text: str) -> Note:
    if not text.strip() or len(text) > LONGEST:
        raise Unfit
    token = uuid.uuid4()
    written = Note.objects.create(
        organisation_id=conversation.organisation_id,
        contact=conversation.contact,
        conversation=conversation,
        author=actor,
        kind=kind,
        token=token,
        sealed_text=conversation.contact.seal("desk_note", "text", token, text),
    )
    record(actor, "desk.note", conversation, note=written.pk, kind=kind)
    _told(written)
    return written


def _told(note: Note) -> None:
    topics = [f"beside-{note.contact_id}"]
    if note.kind == NoteKind.HELP:
        topics.append(f"desk-{note.organisation_id}")
    elif note.kind == NoteKind.WHISPER and note.conversation.owner_id:
        topics.append(f"mine-{note.conversation.owner_id}")
    live.publish(*topics)
