"""Requests are worked on in turn, and who is patient holds up nobody."""

import asyncio
from collections.abc import Sequence
from typing import Any

from config.turns import AtOnce, InTurn

Header = tuple[bytes, bytes]
USUAL: Sequence[Header] = ()
PATIENT = ((b"priority", b"u=5"),)
LARGE = ((b"content-length", b"5000"),)


class Held:
    """An application whose answers wait until they are let go; `begun`: the headers of those that it works on."""

    def __init__(self) -> None:
        self.begun: list[Sequence[Header]] = []
        self.go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        self.begun.append(scope["headers"])
        await self.go.wait()
        await send({"type": "http.response.start"})


async def _asked(front: InTurn, headers: Sequence[Header]) -> None:
    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: Any) -> None:
        return

    await front({"headers": headers}, receive, send)


async def _begun(*asked: Sequence[Header]) -> list[Sequence[Header]]:
    """Which of these are worked on while none is answered; in the end all are."""
    held = Held()
    front = InTurn(held, AtOnce(usual=2, large=1, patient=1, large_bytes=1000))
    tasks = [asyncio.create_task(_asked(front, headers)) for headers in asked]
    for _ in range(20):
        await asyncio.sleep(0)
    begun = list(held.begun)
    held.go.set()
    await asyncio.gather(*tasks)
    assert len(held.begun) == len(asked)
    return begun


def test_no_more_than_so_many_are_worked_on_at_once() -> None:
    assert asyncio.run(_begun(USUAL, USUAL, USUAL)) == [USUAL, USUAL]


def test_who_is_patient_or_brings_a_file_holds_up_nobody_else() -> None:
    found = asyncio.run(_begun(PATIENT, PATIENT, LARGE, LARGE, USUAL, USUAL))
    assert found == [PATIENT, LARGE, USUAL, USUAL]
