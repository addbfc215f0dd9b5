"""Bodies over the limit never reach Django, which would write them to the disk."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from config.bodies import Limited, Receive, Scope, Send
from config.settings import FILE_UPLOAD_MAX_MEMORY_SIZE

Message = MutableMapping[str, Any]


async def reader(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads as Django does: to the end, or gives up without an answer."""
    while (message := await receive())["type"] == "http.request":
        if not message.get("more_body"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            return


def status(headers: list[tuple[bytes, bytes]], pieces: list[bytes]) -> list[int]:
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting[-1]["more_body"] = False
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Limited(reader, 10)({"type": "http", "headers": headers}, receive, send))
    return [message["status"] for message in sent if "status" in message]


@pytest.mark.parametrize(
    ("announced", "answer"), [(b"10", 200), (b"11", 413), (b"9" * 5000, 413), (b"-1", 413)]
)
def test_an_announced_body_over_the_limit_is_refused_unread(announced: bytes, answer: int) -> None:
    assert status([(b"content-length", announced)], [b"x" * 10]) == [answer]


@pytest.mark.parametrize(
    ("pieces", "answer"), [([b"x" * 5] * 2, 200), ([b"x" * 5, b"x" * 6, b"x" * 99], 413)]
)
def test_a_body_that_does_not_say_how_long_it_is_is_counted(pieces: list[bytes], answer: int) -> None:
    assert status([], pieces) == [answer]


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
