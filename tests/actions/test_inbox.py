"""What the inbox keeps of an event once it has had its effect."""

from typing import Any

from madoguchi.channels.line.body import dump
from madoguchi.channels.line.events import Event
from madoguchi.inbox import actions, rows
from madoguchi.inbox.locks import _lock
from madoguchi.inbox.models import InboundEvent
from tests.people import Town, event, text


def kept(town: Town, one: Event) -> InboundEvent:
    """The event as the door keeps it."""
    lock = _lock(town.channel, is_changing=False)
    (row,) = rows.rows_of(lock, dump({"events": [one.raw]}))
    return InboundEvent.objects.create(**row._asdict())


def handled(town: Town, *events: Event) -> list[InboundEvent]:
    """Each kept and handled, one after the other."""
    found = []
    for one in events:
        found.append(kept(town, one))
        (job,) = actions.claim_events(1)
        actions.handle(job)
    for row in found:
        row.refresh_from_db()
    return found


def meanings(found: list[InboundEvent]) -> list[tuple[str, bool]]:
    """(what it became, whether its body is still there)."""
    return [(row.meaning, row.sealed_body is not None) for row in found]


def test_what_was_heard_keeps_its_body_under_the_contacts_key(town: Town) -> None:
    (row,) = handled(town, text("きいて"))
    assert row.contact is not None
    assert meanings([row]) == [("message", True)]
    where = rows.place(row.organisation_id, row.event_id, bytes(row.contact.line_id_hash).hex())
    assert "きいて" in _opened(row, where)


def test_taking_a_message_back_takes_its_words_from_every_event_that_brought_it(town: Town) -> None:
    first, again = text("秘密", message_id="77"), text("秘密", message_id="77")
    other = text("のこる", message_id="78")
    found = handled(town, first, again, other, event("unsend", unsend={"messageId": "77"}))
    assert meanings(found) == [("message", False), ("repeated", False), ("message", True), ("unsend", True)]


def test_words_that_come_after_they_were_taken_back_are_not_kept(town: Town) -> None:
    found = handled(town, event("unsend", unsend={"messageId": "77"}), text("秘密", message_id="77"))
    assert meanings(found) == [("unsend", True), ("repeated", False)]


def test_someone_who_adds_the_account_is_given_back_until_line_was_asked_for_the_name(town: Town) -> None:
    row = kept(town, event("follow", "U" + "e" * 32, follow={"isUnblocked": False}))
    (job,) = actions.claim_events(1)
    newcomer = actions.handle(job)
    row.refresh_from_db()
    assert newcomer is not None
    assert (newcomer.line_id, row.finished_at) == ("U" + "e" * 32, None)
    assert actions.handle(job, was_asked=True) is None
    row.refresh_from_db()
    assert row.meaning == "follow"


def _opened(row: InboundEvent, where: bytes) -> str:
    from madoguchi.core import seal

    contact: Any = row.contact
    return seal.unseal(contact.data_key, row.sealed_body or b"", where).decode()
