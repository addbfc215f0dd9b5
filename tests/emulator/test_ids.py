"""Identifiers in LINE's shapes."""

from line_emulator.ids import Ulids

NOW = 1_763_800_000_000


def test_what_happens_in_one_millisecond_sorts_in_its_order() -> None:
    ids = Ulids()
    made = [ids.next(NOW) for _ in range(1_000)]
    assert made == sorted(set(made))
    assert {len(one) for one in made} == {26}


def test_another_millisecond_has_its_own_time() -> None:
    ids = Ulids()
    later, earlier = ids.next(NOW + 1), ids.next(NOW)
    assert earlier < later
    assert earlier[:10] != later[:10]
