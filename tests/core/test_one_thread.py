"""A request stays in one thread, and what streams ends when nobody reads it any more."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.core import signals
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from config.one_thread import InOneThread

Message = Any  # a dictionary, of which Django and the servers say different things
BODY: Message = {"type": "http.request", "body": b"", "more_body": False}


def scope(path: str = "/") -> Message:
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }


class Browser:
    """Sends its request, and leaves when it is told to."""

    def __init__(self) -> None:
        self.leaves, self.got, self._has_asked = asyncio.Event(), list[Any](), False

    async def receive(self) -> Message:
        if not self._has_asked:
            self._has_asked = True
            return BODY
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.got.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.got)


class Threads(InOneThread):
    """With an answer of its own; `seen`: in which thread each part was done."""

    def __init__(self, answer: HttpResponseBase) -> None:
        super().__init__(threads=2)
        self.answer, self.seen = answer, list[str]()
        answer._resource_closers.append(self.note)  # type: ignore[attr-defined]

    def get_response(self, request: HttpRequest) -> Any:
        assert request.path == "/"
        self.note()
        return self.answer

    def note(self, **_what: object) -> None:
        self.seen.append(threading.current_thread().name)


def test_all_of_a_request_is_done_in_one_thread() -> None:
    server = Threads(HttpResponse("こんにちは"))
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(server.note)

    async def ask() -> Browser:
        browser = Browser()
        await server(scope(), browser.receive, browser.send)
        return browser

    try:
        assert asyncio.run(ask()).body.decode() == "こんにちは"
    finally:
        for signal in (signals.request_started, signals.request_finished):
            signal.disconnect(server.note)
    assert len(server.seen) == 4
    assert len(set(server.seen)) == 1
    assert server.seen[0].startswith("request")


def test_a_stream_whose_reader_has_left_is_not_made_to_its_end() -> None:
    made: list[int] = []

    async def ask() -> Browser:
        browser = Browser()

        async def pieces() -> AsyncIterator[bytes]:
            try:
                for number in range(1000):
                    made.append(number)
                    yield b"piece "
                    if number == 2:
                        browser.leaves.set()
                    await asyncio.sleep(0)
            finally:
                made.append(-1)

        server = Threads(StreamingHttpResponse(pieces()))
        await server(scope(), browser.receive, browser.send)
        assert len(server.seen) == 2  # asked, and closed
        return browser

    browser = asyncio.run(ask())
    assert 3 <= len(made) < 20
    assert made[-1] == -1
    assert browser.body.startswith(b"piece piece piece")


def test_what_fails_in_a_stream_is_not_kept_quiet() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"piece"
        raise OSError("the disk is gone")

    async def ask() -> None:
        browser = Browser()
        await Threads(StreamingHttpResponse(pieces()))(scope(), browser.receive, browser.send)

    with pytest.raises(OSError, match="the disk is gone"):
        asyncio.run(ask())


def test_who_leaves_before_the_whole_body_is_there_is_not_answered() -> None:
    server = Threads(HttpResponse("こんにちは"))
    browser = Browser()

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(server(scope(), gone, browser.send))
    assert (server.seen, browser.got) == ([], [])
