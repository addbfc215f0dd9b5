"""The API misbehaves on request, and the journal knows what really happened."""

import time
from uuid import uuid4

import pytest
import urllib3

from tests.emulator.stand import Account


def test_a_500_before_acceptance_leaves_nothing_behind(account: Account, friend: str) -> None:
    account.fault("errorBefore")
    key = str(uuid4())
    assert [account.push(friend, key=key).status for _ in range(2)] == [500, 200]
    assert len(account.thread(friend)) == 1
    assert [(e["accepted"], e["fault"]) for e in account.journal("api")] == [
        (False, "errorBefore"),
        (True, None),
    ]


def test_a_500_after_acceptance_has_sent_and_the_key_proves_it(account: Account, friend: str) -> None:
    account.fault("errorAfter")
    key = str(uuid4())
    assert [account.push(friend, key=key).status for _ in range(2)] == [500, 409]
    assert len(account.thread(friend)) == 1
    first, second = account.journal("api")
    assert (first["accepted"], first["status"], second["accepted"]) == (True, 500, False)
    assert second["acceptedRequestId"] == first["requestId"]


@pytest.mark.parametrize("accept", [True, False])
def test_a_dropped_connection_may_hide_an_accepted_message(
    account: Account, friend: str, *, accept: bool
) -> None:
    account.fault("dropConnection", accept=accept)
    key = str(uuid4())
    with pytest.raises(urllib3.exceptions.ProtocolError):
        account.push(friend, key=key)
    assert len(account.thread(friend)) == int(accept)
    assert account.push(friend, key=key).status == (409 if accept else 200)
    (entry, _) = account.journal("api")
    assert (entry["status"], entry["accepted"]) == (None, accept)


def test_a_call_can_hang(account: Account, friend: str) -> None:
    account.fault("hang", delayMs=400, accept=True)
    with pytest.raises(urllib3.exceptions.TimeoutError):
        account.api(
            "POST",
            "/v2/bot/message/push",
            {"to": friend, "messages": [{"type": "text", "text": "a"}]},
            timeout=0.1,
        )
    assert len(account.thread(friend)) == 1


def test_answers_can_be_slow(account: Account) -> None:
    account.fault("latency", delayMs=150)
    started = time.monotonic()
    assert account.api("GET", "/v2/bot/info").status == 200
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("rateLimit", 429, "The API rate limit has been exceeded. Try again later."),
        ("monthlyLimit", 429, "You have reached your monthly limit."),
        ("expiredToken", 401, "Authentication failed due to the following reason: "),
    ],
)
def test_refusals_can_be_had(account: Account, friend: str, kind: str, status: int, words: str) -> None:
    account.fault(kind, count=2)
    answers = [account.push(friend) for _ in range(3)]
    assert [answer.status for answer in answers] == [status, status, 200]
    assert answers[0].body["message"].startswith(words)
    assert len(account.thread(friend)) == 1


def test_a_fault_hits_its_path_alone_and_can_be_taken_back(account: Account, friend: str) -> None:
    account.fault("errorBefore", path="push", count=None)
    assert account.api("GET", "/v2/bot/info").status == 200
    assert [account.push(friend).status for _ in range(2)] == [500, 500]
    (fault,) = account.emulator.get(f"/emu/channels/{account.id}/faults")["faults"]
    assert (fault["hits"], fault["count"]) == (2, None)
    removed = account.emulator.send("DELETE", f"/emu/channels/{account.id}/faults")
    assert removed.body == {"removed": 1}
    assert account.push(friend).status == 200


def test_an_error_after_acceptance_needs_an_accepted_call(account: Account, friend: str) -> None:
    account.fault("errorAfter")
    assert account.push(friend, {"type": "text", "text": ""}).status == 400


def test_a_misspelt_fault_is_refused(account: Account) -> None:
    path = f"/emu/channels/{account.id}/faults"
    assert account.emulator.send("POST", path, {"kind": "meteor"}).status == 400
    assert account.emulator.send("POST", path, {"kind": "hang", "delay": 5}).status == 400
    assert account.emulator.send("POST", "/emu/channels/0000000000/faults", {"kind": "hang"}).status == 404


def test_the_journal_keeps_no_secrets(account: Account, friend: str) -> None:
    account.push(friend)
    form = f"grant_type=client_credentials&client_id={account.id}&client_secret={account.channel['secret']}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    issued = account.emulator.send("POST", "/oauth2/v3/token", form.encode(), headers)
    text = str(account.journal("api"))
    assert issued.status == 200
    for secret in (account.channel["secret"], account.channel["accessToken"], issued.body["access_token"]):
        assert secret not in text


def test_the_journal_is_read_from_where_one_was(account: Account, friend: str) -> None:
    account.push(friend)
    page = account.emulator.get(f"/emu/journal?channelId={account.id}")
    account.push(friend)
    newer = account.emulator.get(f"/emu/journal?after={page['last']}&channelId={account.id}&path=push")
    assert [entry["n"] > page["last"] for entry in newer["entries"]] == [True]
    assert newer["entries"][0]["request"]["to"] == friend
