"""The independent checker: what the friends and counsellors remember and what LINE's side noted, against the database.

It trusts no state and no counter of ours: it opens every kept body and message and compares them one by one with what
was really sent and accepted. Every violation is a sentence that names a promise (R1, R2, R5) and an id, never content.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from faults.answers import Answers
from faults.crowd import Reply, Said
from faults.report import Report
from faults.town import Town
from madoguchi.accounts import keys
from madoguchi.contacts.models import Contact
from madoguchi.core import seal
from madoguchi.desk.models import Conversation
from madoguchi.inbox import rows
from madoguchi.inbox.models import InboundEvent
from madoguchi.threads.models import Message


@dataclass
class Known:
    """What LINE sent: an event as it stood in a webhook, and whether it was ever answered 200."""

    event: dict[str, Any]
    was_answered: bool = False

    @property
    def order(self) -> tuple[int, str]:
        return self.event["timestamp"], self.event["webhookEventId"]


class Checker:
    def __init__(self, place: Town, said: list[Said], replies: list[Reply], report: Report) -> None:
        self.place, self.said, self.replies, self.report = place, said, replies, report
        self._journal = place.account.journal("webhook")
        self._known = self._known_events()
        self._rows: dict[str, list[InboundEvent]] = defaultdict(list)
        for row in InboundEvent.objects.select_related("contact", "channel"):
            self._rows[row.event_id].append(row)
        self._thread: dict[int, list[Message]] = defaultdict(list)
        for message in Message.objects.select_related("contact").in_order():
            self._thread[message.contact_id].append(message)
        self._by_event = {m.event_id: m for messages in self._thread.values() for m in messages if m.event_id}

    def check(self, unfinished: list[str]) -> None:
        """Fill the report."""
        self.report.wrong += unfinished
        self._check_kept()
        self._check_effects()
        self._check_order()
        self._check_conversations()
        Answers(self.place, self._thread, self.replies, self._known_events_raw(), self.report).check()
        self.report.events, self.report.webhooks = len(self.said), len(self._journal)
        self.report.redelivered = sum(entry["isRedelivery"] for entry in self._journal)
        self.report.replies = sum(reply.is_acknowledged for reply in self.replies)

    def _wrong(self, promise: str, what: str) -> None:
        self.report.wrong.append(f"{promise}: {what}")

    def _known_events(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for entry in self._journal:
            for event in json.loads(entry["body"])["events"]:
                known = found.setdefault(event["webhookEventId"], Known(event))
                known.was_answered |= entry["status"] == 200
        return found

    def _known_events_raw(self) -> list[dict[str, Any]]:
        return [known.event for known in self._known.values()]

    def _check_kept(self) -> None:
        """R1: answered 200 means one row, whose body is what LINE sent; and nothing was lost on the way."""
        for said in self.said:
            if not (said.event_id in self._known and self._known[said.event_id].was_answered):
                self._wrong("R1", f"{said.event_id} was never answered 200")
        for event_id, known in self._known.items():
            if known.was_answered and len(self._rows[event_id]) != 1:
                self._wrong("R1", f"{event_id} was answered 200 and has {len(self._rows[event_id])} rows")
            for row in self._rows[event_id]:
                self._check_row(row, known)
        for event_id in self._rows.keys() - self._known.keys():
            if self._rows[event_id]:
                self._wrong("R1", f"{event_id} was never sent")

    def _check_row(self, row: InboundEvent, known: Known) -> None:
        if row.finished_at is None or row.set_aside_at is not None:
            self._wrong("R1", f"{row.event_id} has had no effect: {row.trouble or 'left undone'}")
        elif row.sealed_body is None:
            if known.event.get("message", {}).get("id") not in self._unsent():
                self._wrong("R1", f"{row.event_id} has lost its body")
        elif _lasting(_opened(row)) != _lasting(known.event):
            self._wrong("R1", f"{row.event_id} is not what was sent")

    def _unsent(self) -> set[str]:
        return {said.unsent for said in self.said if said.unsent}

    def _check_effects(self) -> None:
        """R1: each event has exactly its one effect, in the thread of who sent it, and there is nothing else."""
        unsent = self._unsent()
        for said in self.said:
            if said.message_id in unsent:
                self._check_taken_back(said)
            elif said.event_id in self._by_event:
                self._check_effect(said, self._by_event[said.event_id])
            elif said.do not in (
                "block",
                "unblock",
                "unsend",
            ):  # one that a later one overtook leaves nothing
                self._wrong("R1", f"{said.event_id} ({said.do}) left nothing in its thread")
        for message in self._by_event.values():
            if message.event_id not in self._known:
                self._wrong("R1", f"message {message.pk} comes from no event")

    def _check_effect(self, said: Said, message: Message) -> None:
        if bytes(message.contact.line_id_hash) != self._hash(said.user_id):
            self._wrong("R1", f"{said.event_id} stands in another's thread")
        elif said.text is not None and message.content.get("text") != said.text:
            self._wrong("R1", f"{said.event_id} says something else")

    def _check_taken_back(self, said: Said) -> None:
        """R10: one tombstone, whichever came first, the words or their unsending."""
        found = [message for message in self._by_event.values() if message.line_message_id == said.message_id]
        if len(found) != 1 or found[0].unsent_at is None or found[0].sealed_content is not None:
            self._wrong("R10", f"{said.event_id} was taken back and leaves {len(found)}, not one tombstone")

    def _hash(self, user_id: str) -> bytes:
        return seal.lookup(keys.lookup_key(self.place.channel.organisation_id), user_id)

    def _check_order(self) -> None:
        """R5: the order of a thread is (LINE's time, event id); its numbers are 1, 2, 3 ..."""
        for contact in Contact.objects.all():
            messages = self._thread[contact.pk]
            heard = [self._known[m.event_id].order for m in messages if m.event_id in self._known]
            if heard != sorted(heard):
                self._wrong("R5", f"the thread of contact {contact.pk} is out of order")
            if sorted(m.number for m in messages) != list(range(1, contact.last_number + 1)):
                self._wrong("R5", f"the thread of contact {contact.pk} has gaps")

    def _check_conversations(self) -> None:
        """One open conversation a contact, one automatic answer a conversation."""
        conversations = list(Conversation.objects.all())
        open_ones = Counter(c.contact_id for c in conversations if c.is_open)
        self.report.wrong += [
            f"R6: contact {pk} has {n} open conversations" for pk, n in open_ones.items() if n > 1
        ]
        answers = Counter(c.automatic_answer_id for c in conversations)
        self.report.wrong += [
            f"R1: automatic answer {pk} serves {n}" for pk, n in answers.items() if n > 1 or pk is None
        ]
        spoke = {m.contact_id for m in self._by_event.values() if m.line_message_id}
        for contact_id in spoke - {c.contact_id for c in conversations}:
            self._wrong("R1", f"contact {contact_id} spoke and has no conversation")


def _opened(row: InboundEvent) -> dict[str, Any]:
    """The event in a kept body, with the key it must be sealed with by now."""
    contact = row.contact
    owner = bytes(contact.line_id_hash).hex() if contact else row.channel.key
    key = contact.data_key if contact else row.channel.data_key
    body = seal.unseal(key, row.sealed_body or b"", rows.place(row.organisation_id, row.event_id, owner))
    return dict(rows.event_in(body))


def _lasting(event: dict[str, Any]) -> dict[str, Any]:
    """Without the only part that LINE changes when it delivers again."""
    return {key: value for key, value in event.items() if key != "deliveryContext"}
