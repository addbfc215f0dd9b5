"""Pacing, on a clock that the test moves: never over LINE's rate, and no burst after a rest."""

import asyncio

import pytest

from madoguchi.channels.line.pace import RATES, TOLERANCE, Pacer, Paces

from .stand import run


class Clock:
    """Time that passes only by sleeping, each sleep `late` seconds too long."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 100.0
        self.late = late

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + self.late
        await asyncio.sleep(0)


def most_in_one_second(moments: list[float]) -> int:
    return max(sum(1 for other in moments if moment <= other < moment + 1) for moment in moments)


async def slots(pacer: Pacer, clock: Clock, number: int) -> list[float]:
    moments = []
    for _ in range(number):
        await pacer.slot()
        moments.append(clock.now)
    return moments


@pytest.mark.parametrize("late", [0.0, 0.001, 0.004])
def test_two_hundred_a_second_is_nearly_reached_and_never_passed(late: float) -> None:
    clock = Clock(late)
    moments = run(slots(Pacer(200, clock=clock, sleep=clock.sleep), clock, 1000))
    assert most_in_one_second(moments) <= 196
    assert 999 / (moments[-1] - moments[0]) > 185


def test_a_rest_is_never_made_up_for() -> None:
    clock = Clock()
    pacer = Pacer(100, clock=clock, sleep=clock.sleep)

    async def story() -> list[float]:
        before = await slots(pacer, clock, 50)
        clock.now += 60
        return before + await slots(pacer, clock, 200)

    assert most_in_one_second(run(story())) <= 96 + 1 + 100 * TOLERANCE


def test_a_429_holds_everybody_for_as_long_as_line_said() -> None:
    clock = Clock()
    pacer = Pacer(100, clock=clock, sleep=clock.sleep)
    pacer.hold(5)
    assert run(slots(pacer, clock, 1)) == [105.0]


def test_a_429_that_comes_while_somebody_waits_holds_that_one_too() -> None:
    clock = Clock()
    pacer = Pacer(1, clock=clock, sleep=clock.sleep)

    async def story() -> float:
        await pacer.slot()
        waiting = asyncio.create_task(pacer.slot())
        await asyncio.sleep(0)
        pacer.hold(30)
        await waiting
        return clock.now

    assert run(story()) >= 130


def test_waiters_are_served_in_order_and_a_cancelled_one_takes_no_slot() -> None:
    clock, served = Clock(), list[int]()
    pacer = Pacer(10, clock=clock, sleep=clock.sleep)

    async def wait(number: int) -> None:
        await pacer.slot()
        served.append(number)

    async def story() -> None:
        tasks = [asyncio.create_task(wait(number)) for number in range(20)]
        tasks[7].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(story())
    assert served == [number for number in range(20) if number != 7]
    assert clock.now == pytest.approx(100 + 18 / 9.6, abs=0.05)


def test_every_endpoint_has_its_own_pace_and_processes_share_it() -> None:
    paces = Paces(share=0.5)
    assert paces.of("multicast") is paces.of("multicast")
    assert paces.of("multicast") is not paces.of("push")
    assert (RATES["multicast"], RATES["push"], RATES["loading"]) == (200, 2000, 100)
    with pytest.raises(ValueError, match="above zero"):
        Pacer(0)


def test_on_the_real_clock_the_pace_is_kept_too() -> None:
    async def story() -> float:
        loop, pacer = asyncio.get_running_loop(), Pacer(200)
        began = loop.time()
        await asyncio.gather(*(pacer.slot() for _ in range(97)))
        return loop.time() - began

    assert run(story()) >= 96 / 192 - TOLERANCE - 1 / 192
