"""The path through a survey, worked out from the answers alone: there is no place to remember and none to lose.

Someone who comes back after days, goes back, or whose earlier answer changed the path is asked the first question on
the path that has no answer yet. Answers that are not on the path any more are kept, and do not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from madoguchi.surveys.definition import CHOICES, END, Definition, Question
from madoguchi.surveys.given import Given


@dataclass(frozen=True, slots=True)
class Walk:
    """`path`: the keys of the answered questions, in order. `next`: the one to be asked, or None at the end."""

    path: tuple[str, ...]
    next: str | None

    def before(self, key: str) -> str | None:
        """The question that was answered before `key` on this path."""
        way = (*self.path, self.next) if self.next else self.path
        at = way.index(key) if key in way else 0
        return way[at - 1] if at > 0 else None

    def has(self, key: str) -> bool:
        return key in self.path or key == self.next


def walk(definition: Definition, answers: Mapping[str, Given]) -> Walk:
    path: list[str] = []
    key = definition.questions[0].key if definition.questions else END
    while key != END and key not in path:
        question = definition.question(key)
        if question is None:
            break
        if key not in answers:
            return Walk(tuple(path), key)
        path.append(key)
        key = follower(definition, question, answers[key])
    return Walk(tuple(path), None)


def follower(definition: Definition, question: Question, given: Given) -> str:
    """Where this answer leads: a key or END. The first of the chosen options that names a place decides."""
    led = (option.to for option in question.options if option.code in given.codes and option.to)
    return next(led, "") or question.to or definition.after(question.key)


def ways_on(definition: Definition, question: Question) -> Iterator[str]:
    """Everywhere that some answer to this question leads."""
    ordinary = question.to or definition.after(question.key)
    led = [option.to for option in question.options]
    if question.kind not in CHOICES or not question.is_required or not led or not all(led):
        yield ordinary
    yield from (to for to in led if to)
