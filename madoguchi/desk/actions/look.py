"""Reading content is an act: R11, the audit row stands in the same transaction as the read. No row, no content."""

from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Count

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.core.compiled import Compiled, among
from madoguchi.desk.models import Alert, AlertKind, Conversation, Duty, HandOver, Note, Prepared
from madoguchi.desk.shown import HAPPENINGS, ShownMessage, Talk, shown_message
from madoguchi.desk.shown_prepared import Waiting, waiting
from madoguchi.threads.models import ORDER, Attachment, AttachmentState, Author, Message, MessageQuerySet

FIRST_PAGE = 60
MOST_NEWS = 500
MOST_NOTES = 100


def readable(conversation: Conversation) -> MessageQuerySet:
    """What may be read through a conversation: the thread, and of a closed one nothing of what came after it."""
    messages = Message.objects.of(conversation.contact)
    later = Conversation.objects.filter(contact=conversation.contact, pk__gt=conversation.pk).order_by("pk")
    begin = None if conversation.is_open else later.values_list("first_message__number", flat=True).first()
    return messages if begin is None else messages.filter(number__lt=begin)


@transaction.atomic
def notes(actor: User, conversation: Conversation) -> list[Note]:
    """What staff wrote about the friend, the newest first. Reading it is on the record."""
    found = list(
        Note.objects.of(conversation.contact)
        .select_related("author", "contact", "conversation")
        .order_by("-pk")[:MOST_NOTES]
    )
    if found:
        record(actor, "desk.read_notes", conversation, notes=[note.pk for note in found])
    return found


@transaction.atomic
def prepared(actor: User, conversation: Conversation) -> Waiting:
    """What is written in this talk and not sent yet, for its writer, for who holds the talk, and for supervisors. Reading it is
    on the record."""
    rows = conversation.prepared.open().with_word_after().select_related("author", "decided_by", "contact")
    mine = None if actor.has_role([Role.SUPERVISOR]) or conversation.is_held_by(actor) else actor
    found = list((rows.filter(author=mine) if mine else rows).order_by("written_at", "pk"))
    if found:
        record(actor, "desk.read_prepared", conversation, prepared=[one.pk for one in found])
    return waiting(found, actor, conversation)


@transaction.atomic
def hand_over_of(actor: User, conversation: Conversation) -> dict[str, Any]:
    """The hand-over that is pending, opened, whether the actor is the one who is asked, and `said`: how many messages of this
    talk are whose, {author: number}."""
    pending = HandOver.objects.filter(conversation=conversation).pending()
    asked = pending.select_related("asked_by", "to_counsellor", "conversation__contact").first()
    duty = Duty.objects.filter(counsellor=actor).first()
    is_asked = (
        asked is not None
        and HandOver.objects.asked_of(actor, duty.skills if duty else []).filter(pk=asked.pk).exists()
    )
    return {"hand_over": asked, "is_asked": is_asked, "said": _said(conversation) if asked else {}}


def _said(conversation: Conversation) -> dict[str, int]:
    of_this_talk = readable(conversation).filter(number__gte=conversation.first_message.number)
    counted = (
        of_this_talk.exclude(kind__in=HAPPENINGS)
        .values_list("author_kind")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return dict(counted)


@transaction.atomic
def talk(actor: User, conversation: Conversation, *, before: int | None = None) -> Talk:
    """The newest messages of the thread, or the page before a message's number in time."""
    messages = readable(conversation)
    if before is not None:
        messages = messages.before(messages.get(number=before))
    revision = conversation.contact.last_revision
    newest = messages.select_related("author", "corrects").in_order().reverse()
    page = list(newest[: FIRST_PAGE + 1])
    shown = _shown(actor, conversation, page[:FIRST_PAGE][::-1])
    return Talk(shown, revision, has_earlier=len(page) > FIRST_PAGE)


@transaction.atomic
def news(actor: User, conversation: Conversation, after: int) -> Talk:
    """What is new or changed since the reader's last pull."""
    messages = readable(conversation).select_related("author", "corrects")
    changed = (
        _changed(conversation.contact_id, after)
        if conversation.is_open
        else list(messages.changed_after(after).order_by("revision")[:MOST_NEWS])
    )
    revision = max((message.revision for message in changed), default=after)
    found = {message.pk: message for message in (*changed, *_overshadowed(messages, changed))}
    return Talk(_shown(actor, conversation, sorted(found.values(), key=attrgetter(*ORDER))), revision)


_changed = Compiled(  # of an open talk, where all of the thread may be read
    lambda contact, after: (
        Message.objects.filter(contact_id=contact)
        .changed_after(after)
        .select_related("author", "corrects")
        .order_by("revision")[:MOST_NEWS]
    )
)


def _overshadowed(messages: MessageQuerySet, changed: list[Message]) -> MessageQuerySet:
    """What we said after a block or its end that is heard of only now: whether it could arrive looks different from now on."""
    since = min((message.said_at for message in changed if message.kind in HAPPENINGS), default=None)
    return (
        messages.filter(said_at__gte=since).exclude(author_kind=Author.FRIEND) if since else messages.none()
    )


def _shown(actor: User, conversation: Conversation, messages: list[Message]) -> list[ShownMessage]:
    if messages:
        record(actor, "desk.read", conversation, messages=[message.number for message in messages])
    those = [message.pk for message in messages]
    attachments = {found.message_id: found for found in (_attachments(those) if those else ())}
    rules = dict(_rules(those) if those else ())
    begins = {first: (number, speaker) for first, number, speaker in (_begun(those) if those else ())}
    said = [message for message in messages if message.author_id]
    corrections = _corrections(said)
    decided = _decided(said)
    turns = _turns(conversation) if any(message.is_outgoing for message in messages) else []
    return [
        shown_message(
            message,
            conversation.contact,
            attachment=attachments.get(message.pk),
            rules=tuple(rules.get(message.pk, ())),
            begins=begins.get(message.pk, (None, ""))[0],
            speaker=begins.get(message.pk, (None, ""))[1],
            corrected_by=corrections.get(message.pk, 0),
            decided=decided.get(message.pk),
            was_blocked=message.is_outgoing and _is_within_a_block(message, turns),
        )
        for message in messages
    ]


_attachments = Compiled(
    lambda messages: Attachment.objects.filter(among("threads_attachment.message_id", messages))
)
_rules = Compiled(
    lambda messages: Alert.objects.filter(
        among("desk_alert.message_id", messages), kind=AlertKind.SIGN
    ).values_list("message_id", "rules")
)
_begun = Compiled(
    lambda messages: Conversation.objects.filter(
        among("desk_conversation.first_message_id", messages)
    ).values_list("first_message_id", "number", "speaker")
)


def _corrections(messages: list[Message]) -> dict[int, int]:
    """Of which message which other is the correction: id -> number of the correction."""
    if not messages:
        return {}
    found = Message.objects.filter(contact=messages[0].contact_id, corrects__in=messages).order_by("number")
    return dict(found.values_list("corrects_id", "number"))


def _decided(messages: list[Message]) -> dict[int, Prepared]:
    """To which of these a supervisor has said yes."""
    if not messages:
        return {}
    found = Prepared.objects.filter(message__in=messages, decided_by__isnull=False)
    return {one.message_id or 0: one for one in found.select_related("decided_by").defer("sealed_answer")}


def _turns(conversation: Conversation) -> list[Message]:
    """When the friend blocked us or took us back, the newest first."""
    turns = Message.objects.of(conversation.contact).filter(kind__in=HAPPENINGS)
    return list(turns.only("kind", *ORDER).in_order().reverse())


def _is_within_a_block(message: Message, turns: list[Message]) -> bool:
    before = next((turn for turn in turns if turn.said_at <= message.said_at), None)
    return before is not None and before.kind == "unfollow"


@transaction.atomic
def attachment(
    actor: User, conversation: Conversation, token: str, variant: str
) -> tuple[Attachment, bytes] | None:
    """The bytes of an attachment of this conversation's thread; None when there are none."""
    found = (
        Attachment.objects.select_related("message")
        .filter(message__in=readable(conversation), token=token)
        .first()
    )
    if found is None or found.state != AttachmentState.READY:
        return None
    found.message.contact = conversation.contact
    plain = found.plain_bytes(variant)
    if not plain and (variant == "small" or found.size):
        return None
    record(actor, "desk.attachment", conversation, message=found.message.number, variant=variant)
    return found, plain
