"""What LINE's answer to a call means, and so what the caller does next: `of(answer, keyed=...)`, total.

`Accepted` is final, also when it is LINE's 409 for a retry key that it has seen before. `Again` may be sent
again later under the same key. Everything else is final and has to be shown: `Refused`, `QuotaExhausted`,
`TokenInvalid`, and `Uncertain` for a call without a retry key whose answer was lost: nobody can know whether
the friend got it, so it is never repeated blindly.

LINE answers 429 for two different things, told apart by the message alone: a rate (wait) and the monthly
limit (waiting won't help). See https://developers.line.biz/en/docs/messaging-api/retrying-api-request/.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, TypeAlias

from .body import JsonObject, storable
from .reasons import Reason

LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is its JSON value, None when there was none or it couldn't be read."""

    status: int
    body: object = field(default=None, repr=False)
    request_id: str | None = None
    accepted_request_id: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The call ended without one. `was_sent` is False only when no connection ever stood."""

    reason: Reason
    was_sent: bool = True


@dataclass(frozen=True, slots=True)
class Accepted:
    """LINE took it (which is not yet "delivered": a friend who blocks us gets nothing, and we aren't told).

    `request_id` is that of the call that was accepted; `was_already` means that it was an earlier one.
    `sent_messages` are dicts with `id` and perhaps `quoteToken`, in the order of the request.
    """

    request_id: str | None
    sent_messages: tuple[JsonObject, ...] = ()
    was_already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """LINE won't have this call, now or later. `message` and `details` (property, message) are LINE's own
    words: for staff who look closer, not for logs; `reason` is safe anywhere."""

    status: int
    reason: Reason
    message: str = field(default="", repr=False)
    details: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Send it once more with the same key: after so many seconds, or None: back off as usual."""

    after: float | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class QuotaExhausted:
    reason: Reason = Reason.QUOTA


@dataclass(frozen=True, slots=True)
class TokenInvalid:
    """The channel's access token has expired or is wrong; nothing was accepted."""

    reason: Reason = Reason.TOKEN


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Sent without a retry key, and the answer was lost: it may have arrived or not."""

    reason: Reason


Outcome: TypeAlias = Accepted | Refused | Again | QuotaExhausted | TokenInvalid | Uncertain
Failure: TypeAlias = Refused | Again | QuotaExhausted | TokenInvalid | Uncertain


def of(answer: Answer | NoAnswer, *, keyed: bool) -> Outcome:
    """What `answer` means. `keyed`: the call can be repeated harmlessly, because it carried a retry key or
    only reads."""
    if isinstance(answer, NoAnswer):
        return Again(None, answer.reason) if keyed or not answer.was_sent else Uncertain(answer.reason)
    return _meaning(answer, keyed)


def _meaning(answer: Answer, keyed: bool) -> Outcome:
    match answer.status:
        case status if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Accepted(answer.request_id, _sent_messages(answer.body))
        case 409 if keyed:
            accepted = answer.accepted_request_id or answer.request_id
            return Accepted(accepted, _sent_messages(answer.body), was_already=True)
        case 401:
            return TokenInvalid()
        case 429:
            return _too_many(answer)
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
            wait = _wait(answer.retry_after)
            return Again(wait, Reason.LINE_DOWN) if keyed else Uncertain(Reason.LINE_DOWN)
        case _:
            return _refused(answer)


def _too_many(answer: Answer) -> Outcome:
    if "monthly limit" in _message(answer.body).lower():
        return QuotaExhausted()
    return Again(_wait(answer.retry_after), Reason.RATE)


def _refused(answer: Answer) -> Refused:
    message = _message(answer.body)
    reason = _reason(answer.status, message)
    return Refused(answer.status, reason, message, _details(answer.body), answer.request_id)


_BY_STATUS = {
    403: Reason.NOT_ALLOWED,
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    413: Reason.TOO_LARGE,
    415: Reason.BAD_MESSAGE,
}

_BY_MESSAGE = (
    ("idtoken", Reason.ID_TOKEN),
    ("failed to send messages", Reason.NOT_A_FRIEND),
    ("the property, 'to", Reason.BAD_RECIPIENT),
    ("the property, to", Reason.BAD_RECIPIENT),
    ("'userid' parameter", Reason.BAD_RECIPIENT),
    ("invalid reply token", Reason.REPLY_TOKEN),
    ("retry key", Reason.BAD_RETRY_KEY),
    ("invalid_client", Reason.BAD_SECRET),
    ("invalid webhook endpoint url", Reason.BAD_WEBHOOK_URL),
    ("the request body", Reason.BAD_MESSAGE),
)


def _reason(status: int, message: str) -> Reason:
    if status == HTTPStatus.BAD_REQUEST:
        said = message.lower()
        return next((reason for words, reason in _BY_MESSAGE if words in said), Reason.REFUSED)
    return _BY_STATUS.get(status, Reason.REFUSED if status >= HTTPStatus.BAD_REQUEST else Reason.NOT_LINE)


def _message(body: object) -> str:
    """LINE's message; in its OAuth answers the error's code and description."""
    given = body if isinstance(body, dict) else {}
    words = [given.get(key) for key in ("message", "error", "error_description")]
    return str(storable(" ".join(word for word in words if isinstance(word, str))))[:500]


def _details(body: object) -> tuple[tuple[str, str], ...]:
    given: Any = body.get("details") if isinstance(body, dict) else None
    items = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    pairs = [(item.get("property", ""), item.get("message", "")) for item in items[:20]]
    return tuple((storable(str(name))[:200], storable(str(words))[:500]) for name, words in pairs)


def _sent_messages(body: object) -> tuple[JsonObject, ...]:
    given = body.get("sentMessages") if isinstance(body, dict) else None
    items = given if isinstance(given, list) else []
    return tuple(storable(item) for item in items if isinstance(item, dict))


def _wait(header: str | None) -> float | None:
    """`Retry-After` in seconds, whether it came as a number or as a date; at most an hour, never negative."""
    if not header:
        return None
    try:
        seconds = float(header) if header.strip().isdecimal() else _seconds_until(header)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _seconds_until(date: str) -> float:
    moment = parsedate_to_datetime(date)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime.now(UTC)).total_seconds()
