"""What one friend answered, as it stands beside the talk: the newest of each survey, what changed since the time before,
earlier ones, what is under way, and what else is known of the friend. Drawn from rows that `actions.reading_beside` opened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from madoguchi.contacts.models import Change
from madoguchi.surveys import asking, flow, wording
from madoguchi.surveys.definition import Kind, Question
from madoguchi.surveys.given import Given
from madoguchi.surveys.models import Submission, Survey


@dataclass(frozen=True)
class ShownAnswer:
    """`before`: what was answered the time before, when it was something else."""

    question: Question = field(repr=False)
    words: str = field(repr=False)
    before: str = field(default="", repr=False)
    is_changed: bool = False
    is_skipped: bool = False

    @property
    def text(self) -> str:
        return wording.bare(self.question.text.ja)

    @property
    def is_picture(self) -> bool:
        return self.question.kind is Kind.PICTURE


@dataclass(frozen=True)
class ShownSubmission:
    """`state`: finished, dropped, paused or under_way; `next`: what is asked now."""

    submission: Submission = field(repr=False)
    state: str
    answers: list[ShownAnswer] = field(repr=False)
    next: str = ""


@dataclass(frozen=True)
class ShownSurvey:
    survey: Survey
    latest: ShownSubmission
    earlier: list[ShownSubmission]


@dataclass(frozen=True)
class ShownFact:
    """What became known otherwise than by a survey; `change`: who said so, and when."""

    name: str
    words: str = field(repr=False)
    change: Change = field(repr=False)
    before: str = field(default="", repr=False)


@dataclass(frozen=True)
class Beside:
    """`waiting`: surveys that this friend was offered and has not begun."""

    surveys: list[ShownSurvey]
    waiting: list[Survey]
    facts: list[ShownFact] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        return not (self.surveys or self.waiting or self.facts)


def shown(submissions: Sequence[Submission], unseen: Collection[str] = ()) -> list[ShownSurvey]:
    """`submissions`: of one friend, the newest first, with contact, survey, version and answers. `unseen`: keys of the
    attributes whose answers are left out, because the reader may not read them."""
    by_survey: dict[int, list[Submission]] = {}
    for each in submissions:
        by_survey.setdefault(each.survey_id, []).append(each)
    return [_survey(found, unseen) for found in by_survey.values()]


def _survey(found: list[Submission], unseen: Collection[str]) -> ShownSurvey:
    given = [each.given() for each in found]
    drawn = [
        _submission(each, given[place], _before(place, found, given), unseen)
        for place, each in enumerate(found)
    ]
    return ShownSurvey(found[0].survey, drawn[0], drawn[1:])


def _before(place: int, found: list[Submission], given: list[dict[str, Given]]) -> dict[str, Given]:
    """What the same side of the account answered the time before: what another person answered is no change."""
    earlier = range(place + 1, len(found))
    return next((given[at] for at in earlier if found[at].side == found[place].side), {})


def _submission(
    submission: Submission, given: dict[str, Given], before: dict[str, Given], unseen: Collection[str]
) -> ShownSubmission:
    definition = submission.version.definition
    walk = flow.walk(definition, given)
    answered = [question for key in walk.path if (question := definition.question(key))]
    asked = definition.question(walk.next) if walk.next else None
    return ShownSubmission(
        submission,
        _state(submission),
        [
            _answer(question, given[question.key], before.get(question.key))
            for question in answered
            if question.attribute not in unseen
        ],
        wording.bare(asked.text.ja) if asked and submission.is_open else "",
    )


def _answer(question: Question, given: Given, before: Given | None) -> ShownAnswer:
    words = asking.worded(question, given)
    earlier = asking.worded(question, before) if before else ""
    is_changed = before is not None and words != earlier
    return ShownAnswer(question, words, earlier, is_changed, given.is_skipped)


def _state(submission: Submission) -> str:
    if submission.finished_at:
        return "finished"
    if submission.dropped_at:
        return "dropped"
    return "paused" if submission.paused_at else "under_way"
