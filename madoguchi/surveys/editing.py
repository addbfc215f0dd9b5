"""Changes to a definition, each a function from the old one to the new one. Nothing here knows who asked for it.

A change names questions and choices and never places in a list, so two people's changes to different questions both stand.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from madoguchi.surveys.check import MOST_OPTIONS
from madoguchi.surveys.definition import CHOICES, RANGED, Definition, Kind, Option, Question, Words, to_json


def fingerprint(definition: Definition, key: str) -> str:
    """Of what stands in one place now (a question's key, "intro", "closing"); empty when there is no such question."""
    whole = to_json(definition)
    asked = {"intro": [whole["title"], whole["intro"]], "closing": whole["closing"]}
    asked |= {question["key"]: question for question in whole["questions"]}
    if key not in asked:
        return ""
    return hashlib.sha256(json.dumps(asked[key], sort_keys=True).encode()).hexdigest()[:16]


def new_key(definition: Definition, taken: Iterable[str]) -> str:
    """A key that no question has, nor had in a version that went out: answers are counted by it."""
    used = {question.key for question in definition.questions} | set(taken)
    return next(key for number in range(1, 10_000) if (key := f"q{number}") not in used)


def added(definition: Definition, question: Question, after: str = "") -> Definition:
    """With one more question, below `after`, or at the end."""
    at = _place(definition, after) + 1 if definition.question(after) else len(definition.questions)
    rows = definition.questions
    return replace(definition, questions=(*rows[:at], question, *rows[at:]))


def changed(definition: Definition, question: Question) -> Definition:
    """With this question instead of the one of the same key."""
    rows = (question if row.key == question.key else row for row in definition.questions)
    return replace(definition, questions=tuple(rows))


def removed(definition: Definition, key: str) -> Definition:
    """Without a question. What led to it goes on to the next one."""

    def lead_on(to: str) -> str:
        return "" if to == key else to

    return replace(
        definition,
        questions=tuple(
            replace(
                row,
                to=lead_on(row.to),
                options=tuple(replace(option, to=lead_on(option.to)) for option in row.options),
            )
            for row in definition.questions
            if row.key != key
        ),
    )


def duplicated(definition: Definition, key: str, copy_key: str) -> Definition:
    """With a copy of a question below it. It fills no attribute: two questions would write over each other."""
    question = definition.question(key)
    return (
        definition
        if question is None
        else added(definition, replace(question, key=copy_key, attribute=""), key)
    )


def moved(definition: Definition, key: str, steps: int) -> Definition:
    """One question up (-1) or down (1); at an end it stays."""
    if definition.question(key) is None:
        return definition
    at = _place(definition, key)
    to = min(max(at + steps, 0), len(definition.questions) - 1)
    rest = [row for row in definition.questions if row.key != key]
    return replace(definition, questions=(*rest[:to], definition.questions[at], *rest[to:]))


def moved_before(definition: Definition, key: str, other: str) -> Definition:
    """One question to above another; with an `other` that is not there, to the end."""
    question = definition.question(key)
    if question is None or key == other:
        return definition
    rest = [row for row in definition.questions if row.key != key]
    at = next((place for place, row in enumerate(rest) if row.key == other), len(rest))
    return replace(definition, questions=(*rest[:at], question, *rest[at:]))


def _place(definition: Definition, key: str) -> int:
    return [question.key for question in definition.questions].index(key)


def of_kind(question: Question, kind: Kind) -> Question:
    """The same question asked in another way: what the new kind cannot have goes."""
    keeps_choices = kind in CHOICES
    keeps_range = kind in RANGED and kind == question.kind
    return replace(
        question,
        kind=kind,
        options=(question.options or new_options((), ["", ""])) if keeps_choices else (),
        low=question.low if keeps_range else "",
        high=question.high if keeps_range else "",
        attribute=question.attribute if kind in CHOICES and question.kind in CHOICES else "",
    )


def new_options(present: Sequence[Option], labels: Iterable[str]) -> tuple[Option, ...]:
    """Choices with these labels, with codes that none of `present` has."""
    used = {option.code for option in present}
    free = (code for number in range(1, 10_000) if (code := f"o{number}") not in used)
    return tuple(Option(code, Words(ja=label)) for label, code in zip(labels, free, strict=False))


def with_lines(question: Question, text: str) -> tuple[Question, str]:
    """With a choice more for each line, and the lines that there was no room for. Choices without words give way."""
    present = tuple(option for option in question.options if option.label != Words())
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    room = MOST_OPTIONS - len(present)
    options = (*present, *new_options(present, lines[:room]))
    return replace(question, options=options), "\n".join(lines[room:])


def without_option(question: Question, code: str) -> Question:
    return replace(question, options=tuple(option for option in question.options if option.code != code))


def option_moved(question: Question, code: str, steps: int) -> Question:
    rows = list(question.options)
    at = next((place for place, option in enumerate(rows) if option.code == code), None)
    if at is None:
        return question
    row = rows.pop(at)
    rows.insert(max(at + steps, 0), row)
    return replace(question, options=tuple(rows))
