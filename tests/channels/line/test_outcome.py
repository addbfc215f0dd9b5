"""What an answer means: the table of LINE's answers, and that no answer is without a meaning."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.channels.line import outcome
from madoguchi.channels.line.outcome import (
    Accepted,
    Again,
    Answer,
    NoAnswer,
    Outcome,
    QuotaExhausted,
    Refused,
    TokenInvalid,
    Uncertain,
)
from madoguchi.channels.line.reasons import Reason, webhook_problem_ja

from .test_body import JSON

SENT = {"sentMessages": [{"id": "1", "quoteToken": "q"}]}
RATE = {"message": "The API rate limit has been exceeded. Try again later."}
QUOTA = {"message": "You have reached your monthly limit."}

KEYED = [
    (Answer(200, SENT, "r1"), Accepted("r1", ({"id": "1", "quoteToken": "q"},))),
    (Answer(200, None, "r1"), Accepted("r1")),
    (Answer(202, {}, "r1"), Accepted("r1")),
    (Answer(409, SENT, "r2", "r1"), Accepted("r1", ({"id": "1", "quoteToken": "q"},), was_already=True)),
    (
        Answer(409, {"message": "The retry key is already accepted"}, "r2", "r1"),
        Accepted("r1", was_already=True),
    ),
    (Answer(401, {"message": "Authentication failed"}), TokenInvalid()),
    (Answer(429, RATE), Again(None, Reason.RATE)),
    (Answer(429, RATE, retry_after="7"), Again(7.0, Reason.RATE)),
    (Answer(429, None), Again(None, Reason.RATE)),
    (Answer(429, QUOTA, retry_after="7"), QuotaExhausted()),
    (Answer(500, {}), Again(None, Reason.LINE_DOWN)),
    (Answer(503, None, retry_after="30"), Again(30.0, Reason.LINE_DOWN)),
    (NoAnswer(Reason.TIMEOUT), Again(None, Reason.TIMEOUT)),
    (NoAnswer(Reason.CONNECTION, was_sent=False), Again(None, Reason.CONNECTION)),
]

UNKEYED = [
    (Answer(200, SENT, "r1"), Accepted("r1", ({"id": "1", "quoteToken": "q"},))),
    (Answer(500, {}), Uncertain(Reason.LINE_DOWN)),
    (NoAnswer(Reason.TIMEOUT), Uncertain(Reason.TIMEOUT)),
    (NoAnswer(Reason.CONNECTION), Uncertain(Reason.CONNECTION)),
    (NoAnswer(Reason.CONNECTION, was_sent=False), Again(None, Reason.CONNECTION)),
    (Answer(429, RATE), Again(None, Reason.RATE)),
    (Answer(409, {}), Refused(409, Reason.REFUSED)),
]

REFUSALS = [
    (400, "Failed to send messages", Reason.NOT_A_FRIEND),
    (400, "The property, 'to[1]', in the request body is invalid (line: -, column: -)", Reason.BAD_RECIPIENT),
    (400, "The request body has 1 error(s)", Reason.BAD_MESSAGE),
    (400, "Invalid reply token", Reason.REPLY_TOKEN),
    (400, "something new", Reason.REFUSED),
    (403, "Access to this API is not available for your account", Reason.NOT_ALLOWED),
    (404, "Not found", Reason.NOT_FOUND),
    (410, "The content is gone", Reason.GONE),
    (413, "", Reason.TOO_LARGE),
    (415, "", Reason.BAD_MESSAGE),
    (418, "", Reason.REFUSED),
    (302, "", Reason.NOT_LINE),
]


@pytest.mark.parametrize(("answer", "meaning"), KEYED)
def test_a_call_with_a_retry_key_is_done_refused_or_safely_repeated(
    answer: Answer | NoAnswer, meaning: Outcome
) -> None:
    assert outcome.of(answer, keyed=True) == meaning


@pytest.mark.parametrize(("answer", "meaning"), UNKEYED)
def test_a_reply_whose_answer_is_lost_is_uncertain_and_never_repeated(
    answer: Answer | NoAnswer, meaning: Outcome
) -> None:
    assert outcome.of(answer, keyed=False) == meaning


@pytest.mark.parametrize(("status", "message", "reason"), REFUSALS)
def test_a_refusal_has_a_reason_for_the_log_and_a_sentence_for_staff(
    status: int, message: str, reason: Reason
) -> None:
    details = [{"property": "messages[0].text", "message": "May not be empty"}]
    refused = outcome.of(Answer(status, {"message": message, "details": details}), keyed=True)
    assert isinstance(refused, Refused)
    assert (refused.status, refused.reason, refused.message) == (status, reason, message)
    assert refused.details == (("messages[0].text", "May not be empty"),)
    assert "May not" not in repr(refused)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_code_and_a_japanese_sentence(reason: Reason) -> None:
    assert reason.value.isascii()
    assert reason.ja.endswith("。")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        ("-3", None),
        ("soon", None),
        ("", None),
        ("99999999", 3600.0),
        ("9" * 400, 3600.0),
    ],
)
def test_retry_after_is_honoured_within_reason(header: str, seconds: float | None) -> None:
    assert outcome.of(Answer(429, RATE, retry_after=header), keyed=True) == Again(seconds, Reason.RATE)


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    again = outcome.of(Answer(503, retry_after=date), keyed=True)
    assert isinstance(again, Again)
    assert again.after is not None
    assert 25 < again.after <= 30


@given(st.integers(-5, 1200), JSON, st.none() | st.text(), st.booleans())
def test_every_answer_whatever_its_body_has_a_meaning(
    status: int, body: object, header: str | None, keyed: bool
) -> None:
    result = outcome.of(Answer(status, body, header, header, header), keyed=keyed)
    assert isinstance(result, Accepted | Refused | Again | QuotaExhausted | TokenInvalid | Uncertain)
    assert isinstance(result, Accepted) == (200 <= status < 300 or (status == 409 and keyed))


def test_the_webhook_test_speaks_in_sentences() -> None:
    assert webhook_problem_ja({"success": True, "statusCode": 200, "reason": "OK"}) is None
    signature = webhook_problem_ja({"success": False, "statusCode": 401, "reason": "ERROR_STATUS_CODE"})
    assert signature is not None
    assert "チャネルシークレット" in signature
    for odd in (
        {},
        {"reason": "COULD_NOT_CONNECT"},
        {"reason": None, "statusCode": "x"},
        {"success": "true"},
    ):
        assert (webhook_problem_ja(odd) or "").endswith("。")
