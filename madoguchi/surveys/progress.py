"""How far along a friend is. Which questions come is only known by the answers, so what is left is an estimate."""

from madoguchi.surveys.actions.answering import Standing
from madoguchi.surveys.definition import END, Question
from madoguchi.surveys.flow import follower
from madoguchi.surveys.given import SKIPPED


def of(now: Standing, question: Question) -> dict[str, int]:
    """{"number": the how-manieth this is, "about": how many there will be if nothing leads elsewhere}."""
    path = now.walk.path
    number = path.index(question.key) + 1 if question.key in path else len(path) + 1
    seen, key = len(path), now.walk.next or END
    passed: set[str] = set()
    while key != END and key not in passed:
        passed.add(key)
        asked = now.definition.question(key)
        if asked is None:
            break
        key = follower(now.definition, asked, SKIPPED)
    return {"number": number, "about": max(number, seen + len(passed))}
