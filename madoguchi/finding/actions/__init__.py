"""Looking for words is reading: messages are opened, newest talk first, and what was opened stands on the record."""

import json
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Subquery

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import seal
from madoguchi.desk.models import Conversation, ConversationQuerySet
from madoguchi.threads.models import Message

STEP = 100  # talks whose messages are fetched at once
SECONDS = 0.8  # of one answer: then what was found is shown, and the search goes on
MOST = 50  # talks in one answer
AROUND = 24  # letters of a line that are shown on either side
TABLE, COLUMN = "threads_message", "content"


@dataclass(frozen=True)
class Hit:
    """A talk in which the words stand: how often, and where last, as (before, the words, after)."""

    conversation: Conversation
    count: int
    number: int
    parts: tuple[str, str, str] = field(repr=False)


@dataclass(frozen=True)
class Found:
    """`before`: where the search goes on; None: all was looked through. `talks`, `messages`: how many this answer looked through."""

    hits: list[Hit] = field(repr=False)
    talks: int
    messages: int
    before: int | None


@dataclass(frozen=True)
class _Span:
    """What belongs to one talk: from its first message to the next talk's."""

    conversation: Conversation
    begin: int
    end: int | None


def folded(text: str) -> str:
    """As words are compared: width and case make no difference. Letter by letter, so that a place stays where it was."""
    return "".join(_letter(letter) for letter in text) if not text.isascii() else text.lower()


def _letter(letter: str) -> str:
    made = unicodedata.normalize("NFKC", letter).lower()
    return made if len(made) == 1 else letter


@transaction.atomic
def search(actor: User, talks: ConversationQuerySet, words: str, before: int | None = None) -> Found:
    """The next talks in which `words` stand. `talks`: what this user may read, the newest first (forms.FindForm)."""
    wanted, deadline = _wanted(words), time.monotonic() + SECONDS
    hits: list[Hit] = []
    looked = opened = 0
    while True:
        spans = _spans(talks, before)
        hits_here, count = _in(spans, wanted)
        hits, opened, looked = hits + hits_here, opened + count, looked + len(spans)
        before = spans[-1].conversation.pk if len(spans) == STEP else None
        if before is None or time.monotonic() > deadline or len(hits) >= MOST:
            break
    record(
        actor, "finding.search", actor, conversations=[hit.conversation.pk for hit in hits], scanned=opened
    )
    return Found(hits, looked, opened, before)


def _wanted(words: str) -> str:
    return unicodedata.normalize("NFKC", words.strip()).lower()


def _spans(talks: ConversationQuerySet, before: int | None) -> list[_Span]:
    later = Conversation.objects.filter(contact=OuterRef("contact"), pk__gt=OuterRef("pk")).order_by("pk")
    page = talks.select_related("first_message").annotate(
        ends=Subquery(later.values("first_message__number")[:1])
    )
    page = page if before is None else page.filter(pk__lt=before)
    return [_Span(one, one.first_message.number, getattr(one, "ends", None)) for one in page[:STEP]]


def _in(spans: list[_Span], wanted: str) -> tuple[list[Hit], int]:
    """The hits in these talks, and how many messages were opened."""
    of_contact: dict[int, list[_Span]] = defaultdict(list)
    for span in spans:
        of_contact[span.conversation.contact_id].append(span)
    rows = Message.objects.filter(contact__in=of_contact, kind="text", sealed_content__isnull=False)
    found: dict[int, list[tuple[int, str, int, int]]] = defaultdict(list)
    opened = 0
    openers = {pk: _opener(mine[0].conversation) for pk, mine in of_contact.items()}
    for contact_id, number, sealed in rows.values_list("contact_id", "number", "sealed_content").iterator(
        5000
    ):
        mine = _span_of(of_contact[contact_id], number)
        if mine is None or sealed is None:
            continue
        opened += 1
        text = openers[contact_id](number, sealed)
        if wanted not in unicodedata.normalize("NFKC", text).lower():
            continue
        begin = folded(text).find(wanted)  # where it stands, letter by letter
        found[mine.conversation.pk].append((number, text, max(begin, 0), max(begin, 0) + len(wanted)))
    return [
        _hit(span, found[span.conversation.pk]) for span in spans if span.conversation.pk in found
    ], opened


def _span_of(spans: list[_Span], number: int) -> _Span | None:
    for span in spans:
        if span.begin <= number and (span.end is None or number < span.end):
            return span
    return None


class _Opener:
    """Opens one friend's messages: the key is unwrapped once."""

    def __init__(self, conversation: Conversation) -> None:
        self._contact, self._key = conversation.contact, conversation.contact.data_key

    def __call__(self, number: int, sealed: bytes | memoryview) -> str:
        plain = seal.unseal(self._key, sealed, self._contact.place(TABLE, COLUMN, number))
        return str(json.loads(plain).get("text", ""))


def _opener(conversation: Conversation) -> _Opener:
    return _Opener(conversation)


def _hit(span: _Span, found: list[tuple[int, str, int, int]]) -> Hit:
    number, text, begin, end = max(found)
    before = ("…" if begin > AROUND else "") + text[max(0, begin - AROUND) : begin]
    after = text[end : end + AROUND] + ("…" if end + AROUND < len(text) else "")
    return Hit(span.conversation, len(found), number, (before, text[begin:end], after))


@transaction.atomic
def read_before(actor: User, conversation: Conversation, earlier: list[Conversation]) -> None:
    """What is kept of a friend's earlier talks is read: on the record."""
    record(actor, "finding.read_before", conversation, conversations=[one.pk for one in earlier])
