"""What is wrong with a survey before it may go out: each problem with its place, in the words of whoever builds it.

A survey without problems can be answered to its end, by taps and by typing, within LINE's limits.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from madoguchi.channels.line.measure import graphemes, length_utf16
from madoguchi.channels.line.templates import LABEL_LIMIT
from madoguchi.surveys import reading, wording
from madoguchi.surveys.definition import CHOICES, END, RANGED, Definition, Option, Question, Words
from madoguchi.surveys.flow import ways_on

MOST_QUESTIONS = 100
MOST_OPTIONS = 100
LONGEST_TITLE = 60  # letters
LONGEST_TEXT = 1000  # UTF-16 code units; with what the desk adds it stays far below LINE's 5,000


@dataclass(frozen=True, slots=True)
class Problem:
    """`key`: the question's, or empty for the survey as a whole. `place`: the field, as the builder names it."""

    key: str
    place: str
    message: str


def problems(definition: Definition) -> list[Problem]:
    """Empty: the survey may go out."""
    return [*_of_the_whole(definition), *_of_questions(definition), *_of_paths(definition)]


def _of_the_whole(definition: Definition) -> Iterator[Problem]:
    if not definition.title.ja.strip():
        yield Problem("", "title", _("アンケートの名前を入力してください。"))
    if graphemes(definition.title.ja) > LONGEST_TITLE:
        yield Problem(
            "", "title", _("アンケートの名前は%(most)s文字までにしてください。") % {"most": LONGEST_TITLE}
        )
    for place, words in (("intro", definition.intro), ("closing", definition.closing)):
        yield from _too_long("", place, words)
    if not definition.questions:
        yield Problem("", "questions", _("質問がまだありません。「質問を加える」から始めてください。"))
    if len(definition.questions) > MOST_QUESTIONS:
        yield Problem("", "questions", _("質問は%(most)s問までにしてください。") % {"most": MOST_QUESTIONS})
    counted = Counter(question.key for question in definition.questions)
    yield from (
        Problem(key, "key", _("同じ記号の質問がほかにもあります。")) for key, n in counted.items() if n > 1
    )


def _of_questions(definition: Definition) -> Iterator[Problem]:
    for question in definition.questions:
        if not question.text.ja.strip():
            yield Problem(question.key, "text", _("質問の文を入力してください。"))
        yield from _too_long(question.key, "text", question.text)
        yield from _of_options(question) if question.kind in CHOICES else _of_none(question)
        yield from _of_range(question)


def _too_long(key: str, place: str, words: Words) -> Iterator[Problem]:
    longest = max(length_utf16(text) for text in (words.ja, words.plain, words.en))
    if longest > LONGEST_TEXT:
        yield Problem(
            key,
            place,
            _("%(most)s文字までにしてください。%(over)s文字減らしてください。")
            % {"most": f"{LONGEST_TEXT:,}", "over": f"{longest - LONGEST_TEXT:,}"},
        )


def _of_none(question: Question) -> Iterator[Problem]:
    if question.options:
        yield Problem(question.key, "options", _("この種類の質問に選択肢は付けられません。"))


def _of_options(question: Question) -> Iterator[Problem]:
    if len(question.options) < 2:
        yield Problem(question.key, "options", _("選択肢を2つ以上にしてください。"))
    if len(question.options) > MOST_OPTIONS:
        yield Problem(
            question.key, "options", _("選択肢は%(most)s個までにしてください。") % {"most": MOST_OPTIONS}
        )
    codes = Counter(option.code for option in question.options)
    if any(n > 1 for n in codes.values()):
        yield Problem(question.key, "options", _("同じ記号の選択肢があります。"))
    yield from _of_labels(question)


def _of_labels(question: Question) -> Iterator[Problem]:
    """A label must fit on a button, and what somebody types must mean one option only."""
    yield from _of_empty(question)
    owners: dict[str, Option] = {}
    for option in question.options:
        if not option.label.ja.strip():
            continue
        for label in wording.labels(option.label):
            if (long := graphemes(label)) > LABEL_LIMIT:
                said = _("選択肢「%(label)s」は%(most)s文字までにしてください（いま%(long)s文字）。")
                told = {"label": label, "most": LABEL_LIMIT, "long": long}
                yield Problem(question.key, "options", said % told)
            if owners.setdefault(reading.folded(label), option) is not option:
                yield Problem(
                    question.key, "options", _("選択肢「%(label)s」が2つあります。") % {"label": label}
                )


def _of_empty(question: Question) -> Iterator[Problem]:
    """All of them in one sentence: a new question begins with two."""
    empty = [str(at) for at, option in enumerate(question.options, 1) if not option.label.ja.strip()]
    if empty:
        said = _("選択肢%(numbers)sが空です。文字を入れるか消してください。")
        yield Problem(question.key, "options", said % {"numbers": _("、").join(empty)})


def _of_range(question: Question) -> Iterator[Problem]:
    if question.kind not in RANGED:
        if question.low or question.high:
            yield Problem(question.key, "low", _("この種類の質問に範囲は付けられません。"))
        return
    low, high = (reading.bound(question.kind, text) for text in (question.low, question.high))
    for place, text, value in (("low", question.low, low), ("high", question.high, high)):
        if text and value is None:
            said = _("「%(text)s」は範囲として読めません。%(example)s")
            told = {"text": text, "example": reading.EXAMPLES[question.kind]}
            yield Problem(question.key, place, said % told)
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        yield Problem(question.key, "low", _("下限が上限より大きくなっています。"))


def _of_paths(definition: Definition) -> Iterator[Problem]:
    keys = {question.key for question in definition.questions}
    for question in definition.questions:
        for to in (question.to, *(option.to for option in question.options)):
            if to and to != END and to not in keys:
                yield Problem(question.key, "to", _("行き先の質問がありません。選び直してください。"))
    reached, loops = explored(definition)
    yield from (
        Problem(key, "to", _("ここから前の質問に戻り、終わらない道ができています。行き先を直してください。"))
        for key in loops
    )
    for question in definition.questions:
        if question.key not in reached:
            yield Problem(
                question.key,
                "to",
                _("どの道からもこの質問に来られません。行き先を直すか、質問を消してください。"),
            )


def explored(definition: Definition) -> tuple[set[str], list[str]]:
    """Every question that some answers lead to, and those from which a way leads back onto itself."""
    if not definition.questions:
        return set(), []
    reached: set[str] = set()
    loops: list[str] = []
    first = definition.questions[0]
    trail = [(first.key, ways_on(definition, first))]
    on_trail = {first.key}
    reached.add(first.key)
    while trail:
        key, ways = trail[-1]
        to = next(ways, None)
        if to is None:
            trail.pop()
            on_trail.discard(key)
        elif to in on_trail and key not in loops:
            loops.append(key)
        elif to not in reached and (question := definition.question(to)) is not None:
            reached.add(to)
            on_trail.add(to)
            trail.append((to, ways_on(definition, question)))
    return reached, loops
