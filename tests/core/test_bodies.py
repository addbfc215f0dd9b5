"""What a request may bring, how long it may take over it, and how much all of them may hold together."""

import asyncio
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest

from config.bodies import TAKES_FILES, USUAL_BYTES, Limited, Receive, Scope, Send
from config.settings import FILE_UPLOAD_MAX_MEMORY_SIZE
from madoguchi.accounts.permissions import TABLE
from madoguchi.core.inflow import BUFFER_BYTES, Inflow, Room, announced

Message = MutableMapping[str, Any]


async def reader(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads as Django does: to the end, or gives up without an answer."""
    while (message := await receive())["type"] == "http.request":
        if not message.get("more_body"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            return


def status(headers: list[tuple[bytes, bytes]], pieces: list[bytes], path: str = "/sign-in/") -> list[int]:
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting[-1]["more_body"] = False
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    asyncio.run(Limited(reader, 12 << 20)(scope, receive, send))
    return [message["status"] for message in sent if "status" in message]


@pytest.mark.parametrize(
    ("length", "answer"),
    [
        (b"10", 200),
        (b"%d" % USUAL_BYTES, 200),
        (b"%d" % (USUAL_BYTES + 1), 413),
        (b"9" * 5000, 413),
        (b"-1", 413),
    ],
)
def test_an_announced_body_over_the_limit_is_refused_unread(length: bytes, answer: int) -> None:
    assert status([(b"content-length", length)], [b"x" * 10]) == [answer]


@pytest.mark.parametrize(("count", "answer"), [(2, 200), (3, 413)])
def test_a_body_that_does_not_say_how_long_it_is_is_counted(count: int, answer: int) -> None:
    assert status([], [b"x" * (USUAL_BYTES // 2)] * count) == [answer]


@pytest.mark.parametrize("given", [b"0" * 5000 + b"5", b"1048577", b"+1", b"1_0", b" 1", b"\xb2", b""])
def test_a_length_that_is_none_is_found_before_it_is_reckoned_with(given: bytes) -> None:
    assert announced([(b"content-length", given)], 1 << 20) is None
    assert announced([(b"content-length", b"1048576")], 1 << 20) == 1 << 20
    assert announced([], 1 << 20) == 0


def never() -> Receive:
    async def receive() -> Message:
        await asyncio.sleep(3600)
        raise AssertionError

    return receive


def test_a_body_that_does_not_come_is_given_up_and_the_next_is_heard() -> None:
    async def slowly() -> tuple[Message, int]:
        inflow = Inflow(never(), 100, Room(100, seconds=0.1))
        async with asyncio.timeout(5):
            return await inflow(), inflow.status

    assert asyncio.run(slowly()) == ({"type": "http.disconnect"}, 408)


def test_a_request_that_is_cancelled_ends_as_such() -> None:
    async def leaving() -> None:
        asking = asyncio.ensure_future(Inflow(never(), 100, Room(100))())
        await asyncio.sleep(0)
        asking.cancel()
        await asking

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(leaving())


def test_all_bodies_share_one_room_and_leave_it_again() -> None:
    def pieces() -> Iterator[Message]:
        while True:
            yield {"type": "http.request", "body": b"x" * BUFFER_BYTES, "more_body": True}

    async def many() -> list[int]:
        room, coming = Room(5 * BUFFER_BYTES), pieces()

        async def receive() -> Message:
            return next(coming)

        open_ones = [Inflow(receive, 12 << 20, room) for _ in range(3)]
        for inflow in open_ones:  # the first piece of each is free, then come 2 + 2 + 2
            for _ in range(3):
                await inflow()
        for inflow in open_ones:
            inflow.close()
        assert room.take(5 * BUFFER_BYTES)
        return [inflow.status for inflow in open_ones]

    assert asyncio.run(many()) == [0, 0, 503]


def test_the_real_application_refuses_what_it_would_write_to_the_disk() -> None:
    from config.asgi import application

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * (1 << 20), "more_body": True}

    scope = {"type": "http", "method": "POST", "path": "/sign-in/", "headers": [], "query_string": b""}
    asyncio.run(application(scope, receive, send))
    assert [message["status"] for message in sent if "status" in message] == [413]
    assert FILE_UPLOAD_MAX_MEMORY_SIZE == 12 << 20


def test_what_takes_files_is_a_route() -> None:
    assert set(TAKES_FILES) <= set(TABLE)
