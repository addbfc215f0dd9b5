"""How much a request may bring: little, except to the few routes that take files, and there only from whom they are for.

Django keeps a body in memory up to `FILE_UPLOAD_MAX_MEMORY_SIZE` and writes what is larger into a temporary file: in the
clear, and for anybody who knocks. So nothing larger gets that far, and nothing large from anybody who knocks.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.db import connections
from django.urls import Resolver404, resolve

from madoguchi.console.streaming import request_of
from madoguchi.core import walls
from madoguchi.core.inflow import CLOSED, Inflow, Room, announced

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

USUAL_BYTES = 256 << 10
ROOM_BYTES = 64 << 20  # five of the largest at once, twenty photographs; Django copies each once or twice

STAFF, LINK = "staff", "link"  # who may bring a file: who is signed in, or who has a link that lives
TAKES_FILES = {
    "desk:reply": STAFF,
    "contacts:upload": STAFF,
    "surveys:import": STAFF,
    "surveys:question": LINK,
}

_TEXTS = {
    400: "リクエストの形が正しくありません。",
    408: "届くのに時間がかかりすぎました。もう一度送ってください。",
    413: "大きすぎるため受け取れません。",
    503: "いま混み合っています。少し待ってから、もう一度送ってください。",
}


class Limited:
    """ASGI application in front of another, `most` bytes a body for the routes of TAKES_FILES."""

    def __init__(self, application: Application, most: int) -> None:
        self._application, self._most = application, most
        self._room = Room(ROOM_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = announced(scope["headers"], self._most)
        most = USUAL_BYTES
        if length is not None and length > USUAL_BYTES and await _may_bring_a_file(scope):
            most = self._most
        if length is None or length > most:
            await refuse(send, 413)
            return
        inflow = Inflow(receive, most, self._room)
        try:
            await self._application(scope, inflow, send)
        finally:
            inflow.close()
        if inflow.status:
            await refuse(send, inflow.status)


async def _may_bring_a_file(scope: Scope) -> bool:
    try:
        route = resolve(scope["path"])
    except Resolver404:
        return False
    who = TAKES_FILES.get(route.view_name)
    if who is None or scope["method"] != "POST":
        return False
    return await sync_to_async(_is_let_in, thread_sensitive=False)(
        scope, who, str(route.kwargs.get("token", ""))
    )


def _is_let_in(scope: Scope, who: str, token: str) -> bool:
    """Only a first look, so that strangers fill no memory; the view decides."""
    try:
        with walls.everywhere():
            return _is_signed_in(scope) if who == STAFF else _is_a_living_link(token)
    finally:
        connections.close_all()


def _is_signed_in(scope: Scope) -> bool:
    return get_user(request_of(scope)).is_authenticated


def _is_a_living_link(token: str) -> bool:
    from madoguchi.surveys.actions import links  # noqa: PLC0415 - needs the models

    return links.behind(token) is not None


async def refuse(send: Send, status: int) -> None:
    """A plain answer in words, after which the connection ends."""
    body = _TEXTS[status].encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        *CLOSED,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
