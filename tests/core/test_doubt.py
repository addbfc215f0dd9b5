"""Where rights to a topic change, a tab hears nothing of it until it has been judged anew."""

import asyncio
from collections.abc import Callable
from typing import Any

from madoguchi.core.stream import Allowed, Stream


class Desk:
    """One stream with one tab that asked for `contact-1` and `desk-1`. `may`: what it may hear now; `judged`: how often it
    was judged, `open`: set while judgements are given."""

    def __init__(self) -> None:
        self.may: list[str] | None = ["contact-1", "desk-1"]
        self.judged, self.told = 0, ""
        self.open = asyncio.Event()
        self.open.set()
        self.gone = asyncio.Event()
        self.stream = Stream(self._authorise)
        scope = {"query_string": b"topic=contact-1&topic=desk-1&topic=contact-1"}
        self.tab = asyncio.ensure_future(self.stream(scope, self._receive, self._send))

    async def _authorise(self, _scope: Any, asked: list[str]) -> Allowed | None:
        self.judged += 1
        may = self.may
        await self.open.wait()
        return (
            None
            if may is None
            else Allowed([topic for topic in asked if topic in may], {"user-1": "bye"}, 60)
        )

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.told += message.get("body", b"").decode()

    async def say(self, *topics: str) -> None:
        for topic in topics:
            self.stream._spread(topic)
        await asyncio.sleep(0.02)

    def heard(self) -> int:
        return self.told.count('"contact-1"}')


def on(story: Callable[[Desk], Any]) -> None:
    async def run() -> None:
        desk = Desk()
        await asyncio.sleep(0.02)
        await story(desk)
        desk.gone.set()
        await asyncio.wait_for(desk.tab, 5)
        assert not desk.stream._tabs

    asyncio.run(run())


def test_who_lost_it_hears_of_the_change_and_nothing_after() -> None:
    async def story(desk: Desk) -> None:
        await desk.say("contact-1")
        desk.may = ["desk-1"]
        await desk.say("contact-1", "?contact-1", "contact-1")
        await desk.say("contact-1", "desk-1")
        assert desk.heard() == 2
        assert '{"topic": "desk-1"}' in desk.told
        assert desk.judged == 2

    on(story)


def test_who_keeps_it_misses_nothing_and_others_are_not_asked() -> None:
    async def story(desk: Desk) -> None:
        desk.open.clear()
        await desk.say("?contact-1", "contact-1", "?contact-2", "?trouble-1")
        assert desk.heard() == 0
        desk.open.set()
        await desk.say()
        assert desk.heard() == 1
        await desk.say("contact-1")
        assert (desk.heard(), desk.judged) == (2, 2)

    on(story)


def test_a_second_doubt_during_the_first_counts() -> None:
    async def story(desk: Desk) -> None:
        desk.open.clear()
        await desk.say("?contact-1")
        desk.may = []
        await desk.say("?contact-1", "contact-1")
        desk.open.set()
        await desk.say("contact-1")
        assert (desk.heard(), desk.judged) == (0, 3)

    on(story)


def test_what_changes_while_a_tab_subscribes_is_not_missed() -> None:
    async def run() -> None:
        desk = Desk()
        desk.open.clear()
        await asyncio.sleep(0.02)
        desk.may = []
        await desk.say("?contact-1", "contact-1")
        desk.open.set()
        await desk.say()
        await desk.say("contact-1")
        assert desk.heard() == 0
        desk.gone.set()
        await asyncio.wait_for(desk.tab, 5)

    asyncio.run(run())


def test_after_missed_hints_everything_is_judged_anew() -> None:
    async def story(desk: Desk) -> None:
        desk.may = ["desk-1"]
        desk.stream._all_look_again()
        await desk.say()
        await desk.say("contact-1", "desk-1")
        assert (desk.heard(), desk.told.count('"desk-1"}')) == (0, 1)

    on(story)


def test_a_tab_that_can_not_be_judged_ends() -> None:
    async def story(desk: Desk) -> None:
        desk.may = None
        await desk.say("?desk-1")
        await asyncio.wait_for(desk.tab, 5)

    on(story)
