"""The builder's page as its templates need it: cards, what is wrong with them, the phone, the paths, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Attribute, Option, Terms
from madoguchi.contacts.models.attribute import covers
from madoguchi.surveys import changes, paths, wording
from madoguchi.surveys.actions import answering, building
from madoguchi.surveys.check import Problem
from madoguchi.surveys.definition import CHOICES, END, RANGED, Definition, Kind, Question, Wording
from madoguchi.surveys.editing import fingerprint
from madoguchi.surveys.entrance import NAMES
from madoguchi.surveys.kinds import LOOKS, Look
from madoguchi.surveys.models import Edit, Submission, Survey, Welcome
from madoguchi.surveys.rehearsal import MOST_STEPS, Rehearsal, rehearse
from madoguchi.surveys.stages import Stage, stage
from madoguchi.surveys.views.together import at_work

WORDS_PLACES = ("intro", "closing")
RANGE_INPUTS = {Kind.NUMBER: "text", Kind.DATE: "date", Kind.DATETIME: "datetime-local"}


@dataclass
class Card:
    """A question in the list. `said`: its problems by place; only an open card has fields."""

    number: int
    question: Question
    stop: paths.Stop
    said: dict[str, list[str]]
    base: str
    is_open: bool = False
    attribute: Attribute | None = None
    attributes: Sequence[Attribute] = ()
    targets: Sequence[tuple[str, str]] = ()
    offered: int = 0  # so many choices of the attribute could be taken over
    leftover: str = ""  # pasted lines that there was no room for
    shows_words: bool = False
    new_option: str = ""  # the choice that was just added

    @property
    def look(self) -> Look:
        return LOOKS[self.question.kind]

    @property
    def name(self) -> str:
        return wording.bare(self.question.text.ja).strip()

    @property
    def has_choices(self) -> bool:
        return self.question.kind in CHOICES

    @property
    def has_range(self) -> bool:
        return self.question.kind in RANGED

    @property
    def range_input(self) -> str:
        return RANGE_INPUTS.get(self.question.kind, "text")

    @property
    def troubles(self) -> int:
        return sum(map(len, self.said.values()))

    @property
    def branches(self) -> bool:
        return len({way.to for way in self.stop.ways}) > 1

    @property
    def jump(self) -> int:
        """The number of the only question that comes next, where it is not the one below."""
        ways = self.stop.ways
        return ways[0].number if len(ways) == 1 and ways[0].mark not in (paths.NEXT, END) else 0


@dataclass(frozen=True)
class Trouble:
    """A problem in the summary, with where it is mended."""

    where: str
    message: str
    open: str
    anchor: str


@dataclass
class Wish:
    """What the page is to show besides the draft itself."""

    open: str = ""
    shut: str = ""  # the card that was just closed
    focus: str = ""  # where the keyboard goes: the open "card", or its "text"
    steps: Sequence[str] = ()
    spoken: Wording = Wording.JA
    begin: str | None = None  # where the walk begins; None: where the open card is
    conflict: Edit | None = None
    has_conflict: bool = False
    typed: Question | None = None  # what was typed into the open card, when it could not be saved
    is_gone: bool = False  # the question that was typed into was removed by somebody else
    card: dict[str, Any] = field(default_factory=dict)


def wish(request: HttpRequest, open_key: str = "") -> Wish:
    """From what the page sent along with a tap or an edit."""
    sent = request.POST
    spoken = sent.get("spoken", "")
    return Wish(
        open=open_key,
        steps=[step[:2100] for step in sent.getlist("step")[:MOST_STEPS]],
        spoken=Wording(spoken) if spoken in list(Wording) else Wording.JA,
        begin=sent["begin"][:12] if "begin" in sent else None,
    )


def drawn(request: HttpRequest, survey: Survey, wished: Wish) -> dict[str, Any]:
    """The whole context. Everything is worked out anew from the draft: it is small."""
    definition, user = survey.draft_definition, user_of(request)
    found = building.problems(survey)
    finished = Submission.objects.filter(survey=survey).finished().count()
    is_changed = survey.version is None or survey.version.content != survey.draft
    return {
        "survey": survey,
        "definition": definition,
        "can_build": may(user, "surveys:edit-question") and survey.archived_at is None,
        "stage": stage(survey, finished),
        "stages": Stage,
        "is_unreached": survey.is_asked
        and not finished
        and not Welcome.objects.filter(survey=survey).exists(),
        "is_changed": is_changed,
        "cards": _cards(survey, definition, found, wished),
        "bases": {place: fingerprint(definition, place) for place in WORDS_PLACES},
        "said": {place: _said(found, "", place) for place in ("title", "intro", "closing", "questions")},
        "troubles": _troubles(definition, found),
        "last_edit": survey.edits.select_related("made_by").order_by("-revision").first(),
        "wished": wished,
        "kinds": LOOKS.values(),
        "stops": paths.stops(definition),
        "hands": at_work(user, survey, survey.draft_revision, wished.open),
        **phone(survey, definition, wished),
    }


def phone(survey: Survey, definition: Definition, wished: Wish) -> dict[str, Any]:
    begin = wished.begin if wished.begin is not None else wished.open
    begin = END if begin == "closing" else begin
    terms = Terms.objects.of(survey.organisation_id).current(survey.purpose)
    walk = rehearse(definition, wished.steps, wished.spoken, begin_at=begin, terms=answering.words_of(terms))
    return {
        "walk": walk,
        "begin": begin,
        "wordings": [(one.value, name) for one, name in NAMES.items()],
        "input": _input(walk),
    }


def _input(walk: Rehearsal) -> str:
    """Which field the phone shows below: text, or none."""
    return "text" if walk.types and not walk.is_over else ""


def _cards(survey: Survey, definition: Definition, found: list[Problem], wished: Wish) -> list[Card]:
    stops = paths.stops(definition)
    known = {attribute.key: attribute for attribute in _attributes(survey)}
    cards = [
        Card(
            stop.number,
            stop.question,
            stop,
            _by_place(found, stop.question.key),
            fingerprint(definition, stop.question.key),
            attribute=known.get(stop.question.attribute),
        )
        for stop in stops
    ]
    if wished.is_gone and wished.typed:
        lost = paths.Stop(len(cards) + 1, wished.typed, (), is_reached=True, is_loop=False)
        cards.append(Card(lost.number, lost.question, lost, {}, ""))
    for card in cards:
        if card.question.key == wished.open:
            _opened(survey, definition, card, list(known.values()), wished)
    return cards


def _opened(survey: Survey, definition: Definition, card: Card, known: list[Attribute], wished: Wish) -> None:
    card.is_open = True
    card.question = wished.typed or card.question
    question = card.question
    card.attributes = [
        attribute
        for attribute in known
        if attribute.key == question.attribute
        or (attribute.kind in building.FITTING[question.kind] and covers(survey.purpose, attribute.purpose))
    ]
    card.targets = _targets(definition, question)
    card.shows_words = any(option.label.plain or option.label.en for option in question.options)
    card.offered = _offered(card)
    for name, value in wished.card.items():
        setattr(card, name, value)


def _attributes(survey: Survey) -> list[Attribute]:
    options = Prefetch("options", Option.objects.filter(archived_at=None))
    return list(Attribute.objects.of(survey.organisation_id).current().in_order().prefetch_related(options))


def _offered(card: Card) -> int:
    """How many choices the chosen attribute could give, when the question does not have just these."""
    attribute = next((one for one in card.attributes if one.key == card.question.attribute), None)
    if attribute is None or not card.has_choices:
        return 0
    theirs = [option.code for option in attribute.options.all()]
    return 0 if [option.code for option in card.question.options] == theirs else len(theirs)


def _targets(definition: Definition, question: Question) -> list[tuple[str, str]]:
    """Where an answer may lead: the questions below, the end; and where it leads now, even if that is wrong."""
    keys = [row.key for row in definition.questions]
    at = keys.index(question.key) if question.key in keys else len(keys)
    below = [
        (row.key, f"{number}. {changes.name(row)}") for number, row in enumerate(definition.questions, 1)
    ]
    led = {question.to, *(option.to for option in question.options)}
    offered = [pair for place, pair in enumerate(below) if place > at or pair[0] in led]
    lost = [(to, _("（なくなった質問）")) for to in sorted(led) if to and to != END and to not in keys]
    return [*lost, *offered, (END, _("おわり（アンケートを終える）"))]


def _by_place(found: list[Problem], key: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for problem in found:
        if problem.key == key:
            said.setdefault(problem.place, []).append(problem.message)
    return said


def _said(found: list[Problem], key: str, place: str) -> list[str]:
    return _by_place(found, key).get(place, [])


def _troubles(definition: Definition, found: list[Problem]) -> list[Trouble]:
    """The summary. The same said of one question after the other is said once."""
    numbers = {question.key: number for number, question in enumerate(definition.questions, 1)}
    made: list[Trouble] = []
    first, last = 0, 0
    for problem in found:
        number = numbers.get(problem.key, 0)
        if made and number and number == last + 1 and made[-1].message == problem.message:
            where = _("質問%(first)s〜%(last)s") % {"first": first, "last": number}
            made[-1] = replace(made[-1], where=where)
        else:
            made.append(_trouble(definition, problem))
            first = number
        last = number
    return made


def _trouble(definition: Definition, problem: Problem) -> Trouble:
    question = definition.question(problem.key)
    if question is None:
        place = "closing" if problem.place == "closing" else "intro"
        where = _("おわりの言葉") if place == "closing" else _("名前とはじめの言葉")
        if problem.place == "questions":
            return Trouble(_("質問"), problem.message, "", "add-question")
        return Trouble(where, problem.message, place, f"card-{place}")
    number = [row.key for row in definition.questions].index(problem.key) + 1
    where = _("質問%(number)s") % {"number": number}
    return Trouble(where, problem.message, problem.key, f"card-{problem.key}")
