"""The paths through a survey as a list that can be drawn: each question, and where its answers lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from madoguchi.surveys import wording
from madoguchi.surveys.check import explored
from madoguchi.surveys.definition import CHOICES, END, Definition, Option, Question, Wording

NEXT, BACK, NOWHERE = "next", "back", "nowhere"  # what a way is, besides an ordinary jump (empty) and END


@dataclass(frozen=True, slots=True)
class Way:
    """Where some answers lead. `names`: of the choices that lead there, empty for all others. `number`: the
    question's place, 0 for the end and for nowhere."""

    names: tuple[str, ...]
    to: str
    number: int
    mark: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A question on the map. `is_reached`: some path leads here. `is_loop`: from here a path never ends."""

    number: int
    question: Question
    ways: tuple[Way, ...]
    is_reached: bool
    is_loop: bool


def stops(definition: Definition) -> list[Stop]:
    reached, loops = explored(definition)
    return [
        Stop(
            number,
            question,
            tuple(_ways(definition, question, number)),
            question.key in reached,
            question.key in loops,
        )
        for number, question in enumerate(definition.questions, 1)
    ]


def _ways(definition: Definition, question: Question, number: int) -> Iterator[Way]:
    """First where choices lead of their own, in their order; then where all others lead."""
    led: dict[str, list[Option]] = {}
    for option in question.options:
        if option.to:
            led.setdefault(option.to, []).append(option)
    for to, options in led.items():
        names = tuple(wording.label(option.label, Wording.JA) for option in options)
        yield _way(definition, number, to, names)
    all_led = bool(question.options) and all(option.to for option in question.options)
    if question.kind not in CHOICES or not all_led or not question.is_required:
        yield _way(definition, number, question.to or definition.after(question.key), ())


def _way(definition: Definition, number: int, to: str, names: tuple[str, ...]) -> Way:
    keys = [question.key for question in definition.questions]
    if to == END:
        return Way(names, to, 0, END)
    if to not in keys:
        return Way(names, to, 0, NOWHERE)
    there = keys.index(to) + 1
    return Way(names, to, there, BACK if there <= number else NEXT if there == number + 1 else "")
