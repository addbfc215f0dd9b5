"""The checker's other half: what we said, against what LINE accepted, and in which order (R2, R5)."""

from collections import Counter, defaultdict
from typing import Any

from faults.crowd import Reply
from faults.report import Report
from faults.town import Town
from madoguchi.audit.models import Entry
from madoguchi.threads.models import Message

Said = tuple[str, str]  # (LINE user id, text)


class Answers:
    def __init__(
        self,
        place: Town,
        thread: dict[int, list[Message]],
        replies: list[Reply],
        events: list[dict[str, Any]],
        report: Report,
    ) -> None:
        self._place, self._replies, self._report = place, replies, report
        self._ours = [m for messages in thread.values() for m in messages if m.is_outgoing]
        self._line_ids = {m.contact_id: m.contact.line_id for m in self._ours}
        self._asker = {
            event["replyToken"]: event["source"]["userId"] for event in events if event.get("replyToken")
        }
        self._accepted = self._calls()

    def _wrong(self, promise: str, what: str) -> None:
        self._report.wrong.append(f"{promise}: {what}")

    def _calls(self) -> list[Said]:
        """Everything LINE accepted, in its order."""
        calls = self._place.account.journal("api", path="/v2/bot/message/")
        self._report.calls = len(calls)
        return [
            (
                self._asker[request["replyToken"]] if "replyToken" in request else request["to"],
                message["text"],
            )
            for request in (call["request"] for call in calls if call["accepted"])
            for message in request["messages"]
        ]

    def check(self) -> None:
        self._check_acknowledged()
        self._check_accepted()
        self._check_order()
        states = Counter(f"{m.author_kind} {m.state}" for m in self._ours)
        self._report.states = dict(sorted(states.items()))

    def _check_acknowledged(self) -> None:
        """R2: what the desk has taken from a counsellor is there, once, on the record."""
        by_key = {message.client_key: message for message in self._ours if message.client_key}
        written = Counter(
            (entry.subject_id, entry.detail["message"]) for entry in Entry.objects.filter(verb="desk.reply")
        )
        if set(written.values()) - {1}:
            self._wrong("R11", "a reply stands on the record more than once")
        if sum(written.values()) != len(by_key):
            self._wrong("R11", f"{len(by_key)} replies, {sum(written.values())} on the record")
        for reply in self._replies:
            message = by_key.get(reply.key)
            if reply.is_acknowledged and (message is None or message.content.get("text") != reply.text):
                self._wrong("R2", f"reply {reply.key} was acknowledged and is not there")

    def _check_accepted(self) -> None:
        """R2: `accepted` was accepted once, `failed` not at all, `unknown` at most once; nothing else was accepted."""
        bounds: dict[Said, list[int]] = defaultdict(lambda: [0, 0])
        for message in self._ours:
            least, most = {"accepted": (1, 1), "failed": (0, 0), "unknown": (0, 1)}.get(message.state, (0, 0))
            if message.due_at is not None or message.state == "queued":
                self._wrong("R2", f"message {message.pk} is left {message.state}")
            bound = bounds[self._line_ids[message.contact_id], str(message.payload["text"])]
            bound[0] += least
            bound[1] += most
        accepted = Counter(self._accepted)
        for said in bounds.keys() | accepted.keys():
            least, most = bounds[said]
            if not least <= accepted[said] <= most:
                contact = next((pk for pk, line_id in self._line_ids.items() if line_id == said[0]), None)
                self._wrong(
                    "R2", f"to contact {contact} {least} to {most} were said and {accepted[said]} accepted"
                )

    def _check_order(self) -> None:
        """R5: what we say to one friend is accepted in the order in which it was written."""
        first: dict[Said, int] = {}
        for position, said in enumerate(self._accepted):
            first.setdefault(said, position)
        by_contact: dict[int, list[Message]] = defaultdict(list)
        for message in self._ours:
            if message.client_key and message.state == "accepted":
                by_contact[message.contact_id].append(message)
        for contact_id, messages in by_contact.items():
            messages.sort(key=lambda message: message.number)
            places = [first.get((self._line_ids[contact_id], str(m.payload["text"])), -1) for m in messages]
            if places != sorted(places):
                self._wrong("R5", f"contact {contact_id} got our words in another order")
