"""Looking for words is reading: messages are opened, newest talk first, and what was opened stands on the record."""

import json
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Contact
from madoguchi.core import seal
from madoguchi.desk.models import Conversation, ConversationQuerySet

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
    """What belongs to one talk: from its first message to the next talk's. Light, because most talks have no hit."""

    conversation: int
    contact: int
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
    wanted, deadline = _comparable(words.strip()), time.monotonic() + SECONDS
    hits: list[Hit] = []
    looked = opened = 0
    while True:
        spans = _spans(talks, before)
        hits_here, count = _in(talks, spans, wanted)
        hits, opened, looked = hits + hits_here, opened + count, looked + len(spans)
        before = spans[-1].conversation if len(spans) == STEP else None
        if before is None or time.monotonic() > deadline or len(hits) >= MOST:
            break
    record(
        actor, "finding.search", actor, conversations=[hit.conversation.pk for hit in hits], scanned=opened
    )
    return Found(hits, looked, opened, before)


def _comparable(text: str) -> str:
    return (text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)).lower()


def _spans(talks: ConversationQuerySet, before: int | None) -> list[_Span]:
    later = Conversation.objects.filter(contact=OuterRef("contact"), pk__gt=OuterRef("pk")).order_by("pk")
    page = talks if before is None else talks.filter(pk__lt=before)
    ends = Subquery(later.values("first_message__number")[:1])
    rows = page.values_list("pk", "contact", "first_message__number", ends)
    return [_Span(*row) for row in rows[:STEP]]


def _in(talks: ConversationQuerySet, spans: list[_Span], wanted: str) -> tuple[list[Hit], int]:
    """The hits in these talks, and how many messages were opened."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    opened = 0
    for conversation, number, text in _texts(spans):
        opened += 1
        if wanted in _comparable(text):
            found[conversation].append((number, text))
    whole = talks.in_bulk(list(found)) if found else {}
    return [
        _hit(whole[one.conversation], found[one.conversation], wanted)
        for one in spans
        if one.conversation in found
    ], opened


# Each span's own messages, and no others of the same friend's.
_SEALED = """
SELECT s.conversation, m.contact_id, m.number, m.sealed_content
  FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[]) AS s (conversation, contact, begins, ends)
  JOIN threads_message m ON m.contact_id = s.contact AND m.number >= s.begins AND m.number < coalesce(s.ends, 2147483647)
 WHERE m.kind = 'text' AND m.sealed_content IS NOT NULL"""


def _texts(spans: list[_Span]) -> Iterator[tuple[int, int, str]]:
    """(conversation, number, words) of every message of words."""
    openers = _openers({span.contact for span in spans})
    columns = zip(*((one.conversation, one.contact, one.begin, one.end) for one in spans), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [list(column) for column in columns] or [[]] * 4)
        for conversation, contact, number, sealed in cursor.fetchall():
            yield conversation, number, openers[contact](number, sealed)


class _Opener:
    """Opens one friend's messages: the key is unwrapped once."""

    def __init__(self, contact: Contact) -> None:
        self._contact, self._key = contact, contact.data_key

    def __call__(self, number: int, sealed: bytes | memoryview) -> str:
        plain = seal.unseal(self._key, sealed, self._contact.place(TABLE, COLUMN, number))
        return str(json.loads(plain).get("text", ""))


def _openers(contacts: set[int]) -> dict[int, _Opener]:
    keys = Contact.objects.filter(pk__in=contacts).only(
        "organisation", "line_id_hash", "wrapped_key", "key_epoch"
    )
    return {contact.pk: _Opener(contact) for contact in keys}


def _hit(conversation: Conversation, found: list[tuple[int, str]], wanted: str) -> Hit:
    """Where the words stand last: letter by letter, so that what is shown is what was written."""
    number, text = max(found)
    begin = max(folded(text).find(wanted), 0)
    end = begin + len(wanted)
    before = ("…" if begin > AROUND else "") + text[max(0, begin - AROUND) : begin]
    after = text[end : end + AROUND] + ("…" if end + AROUND < len(text) else "")
    return Hit(conversation, len(found), number, (before, text[begin:end], after))


@transaction.atomic
def read_before(actor: User, conversation: Conversation, earlier: list[Conversation]) -> None:
    """What is kept of a friend's earlier talks is read: on the record."""
    record(actor, "finding.read_before", conversation, conversations=[one.pk for one in earlier])
