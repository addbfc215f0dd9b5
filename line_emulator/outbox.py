"""Events on their way to the accounts' webhooks, and the reply tokens that came with them.

A record `event` queues one, a record `tried` says how an attempt ended; what has no final `tried` is sent after a
restart. Nothing here sends: that is sender.py.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from line_emulator.clock import Clock
from line_emulator.ledger import Ledger, Record

TWENTY_MINUTES_MS = 20 * 60_000
FINISHED_KEPT = 10_000


@dataclass(slots=True)
class Queued:
    """One event. `lane`: its chat, inside which order is kept. `attempts`: how often it was sent."""

    channel_id: str
    lane: str
    event: Record
    attempts: int = 0
    was_held: bool = False

    @property
    def event_id(self) -> str:
        return str(self.event["webhookEventId"])


@dataclass(slots=True)
class ReplyToken:
    """`sent_at`: the last time a webhook carried it, 0 = never."""

    channel_id: str
    chat_id: str
    event_at: int
    sent_at: int = 0
    is_used: bool = False


class Outbox:
    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._clock = clock
        self.waiting: dict[str, Queued] = {}
        self.finished: OrderedDict[str, Queued] = OrderedDict()
        self.tokens: dict[str, ReplyToken] = {}
        self.endings: dict[str, Counter[str]] = {}
        self.on_queued: Callable[[Queued], None] = lambda _: None
        ledger.on("event", self._apply_event)
        ledger.on("tried", self._apply_tried)
        ledger.on("endings", self._apply_endings)
        ledger.on("reply_used", self._apply_used)
        ledger.on("reply_token", self._apply_token)

    def snapshot(self) -> Iterator[Record]:
        for queued in self.waiting.values():
            yield {
                "t": "event", "channelId": queued.channel_id, "lane": queued.lane, "event": queued.event,
                "attempts": queued.attempts,
            }  # fmt: skip
        for channel_id, counts in self.endings.items():
            yield {"t": "endings", "channelId": channel_id, "counts": dict(counts)}
        for text, token in self.tokens.items():
            yield {
                "t": "reply_token", "token": text, "channelId": token.channel_id, "chatId": token.chat_id,
                "eventAt": token.event_at, "sentAt": token.sent_at, "used": token.is_used,
            }  # fmt: skip

    def is_token_good(self, text: str, channel_id: str, seconds: float) -> bool:
        """Known, this channel's, unused, sent at most `seconds` ago, its event at most 20 minutes old (LINE.md 3.2)."""
        token = self.tokens.get(text)
        if token is None or token.channel_id != channel_id or token.is_used or not token.sent_at:
            return False
        now = self._clock.now()
        return now - token.sent_at <= seconds * 1000 and now - token.event_at <= TWENTY_MINUTES_MS

    def mark_sent(self, batch: Iterable[Queued]) -> None:
        """At the start of an attempt: the endpoint may reply before it answers the webhook."""
        now = self._clock.now()
        for queued in batch:
            token = self.tokens.get(queued.event.get("replyToken", ""))
            if token:
                token.sent_at = now

    def _apply_event(self, record: Record) -> None:
        queued = Queued(record["channelId"], record["lane"], record["event"], record.get("attempts", 0))
        self.waiting[queued.event_id] = queued
        text = queued.event.get("replyToken")
        if text and text not in self.tokens:
            self.tokens[text] = ReplyToken(
                queued.channel_id, queued.lane, record.get("at") or self._clock.now()
            )
            self._forget_old_tokens()
        self.on_queued(queued)

    def _apply_endings(self, record: Record) -> None:
        self.endings[record["channelId"]] = Counter(record["counts"])

    def _apply_tried(self, record: Record) -> None:
        self.endings.setdefault(record["channelId"], Counter())[record["reason"]] += 1
        for event_id in record["eventIds"]:
            queued = self.waiting.get(event_id) or self.finished.get(event_id)
            if queued is None:
                continue
            queued.attempts += 1
            token = self.tokens.get(queued.event.get("replyToken", ""))
            if token:
                token.sent_at = max(token.sent_at, record["at"])
            if record["final"] and self.waiting.pop(event_id, None):
                self.finished[event_id] = queued
        while len(self.finished) > FINISHED_KEPT:
            self.finished.popitem(last=False)

    def _apply_used(self, record: Record) -> None:
        self.tokens[record["token"]].is_used = True

    def _apply_token(self, record: Record) -> None:
        self.tokens[record["token"]] = ReplyToken(
            record["channelId"], record["chatId"], record["eventAt"], record["sentAt"], record["used"]
        )

    def _forget_old_tokens(self) -> None:
        """Insertion order is age order. An hour of grace: the clock may be moved back."""
        oldest = self._clock.now() - TWENTY_MINUTES_MS - 3_600_000
        while self.tokens:
            text = next(iter(self.tokens))
            if self.tokens[text].event_at > oldest:
                return
            del self.tokens[text]
