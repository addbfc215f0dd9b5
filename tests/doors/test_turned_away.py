"""The webhook door turns away what is not LINE's or no webhook: the right status, and nothing kept."""

import json
from collections.abc import Iterator

import pytest

from madoguchi.inbox.models import InboundEvent
from tests.doors.knocking import knock
from tests.street import Town, found_town

EMPTY = b'{"destination":"U0","events":[]}'
LARGEST = 1 << 20


def kept(town: Town) -> int:
    return InboundEvent.objects.filter(channel=town.channel).count()


def one_event(padding: int = 0) -> bytes:
    event = {
        "type": "follow",
        "webhookEventId": "01DOOR",
        "source": {"type": "user", "userId": "U" + "d" * 32},
    }
    return json.dumps({"destination": "U0", "events": [event]}).encode() + b" " * padding


@pytest.mark.parametrize("signature", ["", "bm8=", "0" * 44, "é", "=" * 5000])
def test_without_a_right_signature_nobody_comes_in(town: Town, signature: str) -> None:
    assert knock(town, one_event(), signature=signature) == 401
    assert knock(town, EMPTY, signature=signature) == 401
    assert kept(town) == 0


def test_a_changed_body_is_forged(town: Town) -> None:
    from madoguchi.channels.line.signature import sign

    signature = sign(town.account.channel["secret"], one_event())
    assert knock(town, one_event() + b" ", signature=signature) == 401
    assert kept(town) == 0


@pytest.mark.parametrize("key", ["", "nobody", "%00", "A" * 4000])
def test_an_address_nobody_has_is_refused_like_a_forgery(town: Town, key: str) -> None:
    assert knock(town, one_event(), key=key) == 401


def test_another_channels_signature_opens_nothing(town: Town) -> None:
    other = found_town(town.platform, town.desk)
    assert knock(town, one_event(), secret=other.account.channel["secret"]) == 401
    assert knock(other, one_event(), secret=town.account.channel["secret"]) == 401
    assert kept(town) == kept(other) == 0


def test_a_body_over_the_limit_is_refused_when_it_is_announced(town: Town) -> None:
    room = LARGEST - len(one_event())
    assert knock(town, one_event(room + 1)) == 413
    assert kept(town) == 0
    assert knock(town, one_event(room)) == 200
    assert kept(town) == 1


def test_a_body_over_the_limit_is_refused_when_it_comes_in_pieces(town: Town) -> None:
    def pieces() -> Iterator[bytes]:
        yield one_event()
        for _ in range(20):
            yield b" " * 65536

    assert knock(town, b"".join(pieces()), pieces=pieces()) == 413
    assert kept(town) == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" ", b"{", b"\xff\xfe", b"null", b"7", b"[]", b'"events"', b"{}", b'{"events":{}}', b'{"events":null}',
        b'{"events":[' + b"[" * 100 + b"]" * 100 + b"]}", b'{"a":' * 5000 + b"1" + b"}" * 5000, b"[" * 100000,
        b'{"events":[{"type":NaN}]}',
    ],
)  # fmt: skip
def test_a_signed_body_that_is_no_webhook_is_refused(town: Town, raw: bytes) -> None:
    assert knock(town, raw) == 400
    assert kept(town) == 0


def test_lines_connection_check_is_answered_and_leaves_nothing(town: Town) -> None:
    assert knock(town, EMPTY) == 200
    assert kept(town) == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_the_door_is_for_posts_alone(town: Town, method: str) -> None:
    assert knock(town, one_event(), method=method) == 405
    assert kept(town) == 0
