"""Whatever LINE may send is kept as it came, and shown as well as it can be."""

import json

from madoguchi.core import seal
from madoguchi.inbox import rows
from madoguchi.inbox.models import InboundEvent
from tests.doors.knocking import knock
from tests.street import Friend, Town

WHO = "U" + "e" * 32


def raw_text(number: int, text: str, **fields: object) -> dict[str, object]:
    message = {"type": "text", "id": str(9000 + number), "text": text, "quoteToken": "q"}
    return {
        "type": "message",
        "webhookEventId": f"01LET{number:05d}",
        "timestamp": 1790000000000 + number,
        "source": {"type": "user", "userId": WHO},
        "message": message,
        **fields,
    }


def body(*events: object) -> bytes:
    return json.dumps({"destination": "U0", "events": list(events)}).encode()


def said(town: Town, who: str = WHO) -> list[str]:
    """The texts of a friend, as the desk shows them."""
    town.settle()
    thread = Friend(town, who).thread().filter(author_kind="friend")
    return [message.content.get("text", message.kind) for message in thread]


def test_half_an_emoji_and_a_zero_byte_are_kept_as_they_came_and_shown(town: Town) -> None:
    raw = body(raw_text(1, "あ\x00い\ud83d"))
    assert knock(town, raw) == 200
    assert said(town) == ["あ\ufffdい\ufffd"]
    event = InboundEvent.objects.get(channel=town.channel)
    contact = Friend(town, WHO).known()
    where = rows.place(event.organisation_id, event.event_id, bytes(contact.line_id_hash).hex())
    assert seal.unseal(contact.data_key, event.sealed_body or b"", where) == raw


def test_zero_bytes_and_halves_stand_nowhere_in_the_way(town: Town) -> None:
    odd = "\x00\ud83d" * 10
    strange = [
        raw_text(1, "一") | {"type": odd},
        raw_text(2, "二", webhookEventId=odd),
        raw_text(3, "三", replyToken=odd, mode=odd),
        {"type": "postback", "webhookEventId": "01ODD", "timestamp": 1790000000004, "source": {"type": "user", "userId": WHO},
         "postback": {"data": odd, "params": {odd: odd}}},
        raw_text(5, "五"),
    ]  # fmt: skip
    assert knock(town, body(*strange)) == 200
    assert [text for text in said(town) if text in "一二三四五"] == ["二", "三", "五"]
    assert not InboundEvent.objects.filter(channel=town.channel, finished_at=None).exists()


def test_a_hundred_events_in_one_request_are_a_hundred_rows(town: Town) -> None:
    people = [f"U{number:032x}" for number in range(10)]
    events = [
        raw_text(number, f"{number}番", source={"type": "user", "userId": people[number % 10]})
        for number in range(100)
    ]
    assert knock(town, body(*events)) == 200
    assert InboundEvent.objects.filter(channel=town.channel).count() == 100
    for first, who in enumerate(people):
        assert said(town, who) == [f"{number}番" for number in range(first, 100, 10)]


def test_what_is_no_event_takes_nothing_with_it(town: Town) -> None:
    raw = body(raw_text(1, "まえ"), 5, "x", None, [], {}, {"type": 7, "source": "?"}, raw_text(2, "あと"))
    assert knock(town, raw) == 200
    assert said(town) == ["まえ", "あと"]
    assert InboundEvent.objects.filter(channel=town.channel, set_aside_at=None, due_at=None).count() == 8


def test_endless_names_and_absurd_times_are_kept(town: Town) -> None:
    endless = "e" * 70000
    strange = [
        raw_text(1, "まえ", timestamp=-1),
        raw_text(2, endless, timestamp=10**30),
        raw_text(3, "x") | {"type": endless, "webhookEventId": endless},
        raw_text(4, "y") | {"message": {"type": endless, "id": endless, "markAsReadToken": endless}},
        raw_text(5, "z", timestamp="いま"),
    ]
    assert knock(town, body(*strange)) == 200
    assert sorted(len(text) for text in said(town)) == [1, 2, 64, 64, 70000]
    assert not InboundEvent.objects.filter(channel=town.channel, finished_at=None).exists()


def test_the_same_event_in_many_requests_at_once_is_one_row(town: Town) -> None:
    from concurrent.futures import ThreadPoolExecutor

    raw = body(raw_text(1, "一度"))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: knock(town, raw), range(24)))
    assert answers == [200] * 24
    assert said(town) == ["一度"]
    assert InboundEvent.objects.filter(channel=town.channel).count() == 1
