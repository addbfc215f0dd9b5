"""A survey walked through without a friend: the messages that LINE would get, from the taps alone. Nothing is kept.

A step is what one tap or one typed word did: `question:act:value`, the question empty at the entrance. Steps that do not fit
(the draft has changed since) are passed over, so a walk goes on as far as it still makes sense.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.limits import MessageError
from madoguchi.channels.line.measure import first_graphemes
from madoguchi.channels.line.templates import LABEL_LIMIT
from madoguchi.surveys import asking, entrance, reading, wording
from madoguchi.surveys.definition import CHOICES, END, Definition, Kind, Question, Wording, Words
from madoguchi.surveys.flow import follower
from madoguchi.surveys.given import SKIPPED, Given
from madoguchi.surveys.postbacks import Act
from madoguchi.surveys.reading import Unfit

SAY, SEND = "say", "send"  # acts of a rehearsal alone: words that are typed; a place or a picture
MOST_STEPS = 300
SAMPLE_AREA = "13104"  # what any postcode means here: the Post's list is not asked for a walk
TYPED = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.DATETIME, Kind.POSTCODE})


@dataclass(frozen=True, slots=True)
class Line:
    """`is_ours`: said by the account, not by the friend."""

    text: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Button:
    """`kind`: LINE's kind of action. A picker has the `ends` it may choose between."""

    label: str
    step: str
    kind: str
    ends: tuple[str, str] = ("", "")


@dataclass(slots=True)
class Rehearsal:
    """Where a walk stands. `asks`: the question before the friend; None at the entrance and when it is over."""

    definition: Definition
    spoken: Wording
    terms: Words = entrance.NO_TERMS
    lines: list[Line] = field(default_factory=list)
    buttons: tuple[Button, ...] = ()
    path: list[str] = field(default_factory=list)
    answers: dict[str, Given] = field(default_factory=dict)
    picked: tuple[str, ...] = ()
    page: int = 0
    begun_at: str = ""
    now: str = ""
    is_over: bool = False

    @property
    def asks(self) -> Question | None:
        return self.definition.question(self.now)

    @property
    def types(self) -> bool:
        """Whether words are asked for here."""
        return self.asks is not None and self.asks.kind in TYPED


def rehearse(
    definition: Definition, steps: Sequence[str], spoken: Wording, *, begin_at: str = "", terms: Words = entrance.NO_TERMS
) -> Rehearsal:  # fmt: skip
    """`begin_at`: the question to begin with; the entrance when it is empty."""
    walk = Rehearsal(_drawable(definition), spoken, terms)
    try:
        _begin(walk, begin_at)
        for step in steps[:MOST_STEPS]:
            key, _colon, rest = step.partition(":")
            act, _colon, value = rest.partition(":")
            with translation.override(_language(walk.spoken)):
                if key == walk.now and not walk.is_over:
                    _step(walk, act, value)
    except MessageError as refused:  # LINE would not take this message: the draft is too long somewhere
        _end(walk, f"（{refused.message_ja}）")
    return walk


def _begin(walk: Rehearsal, key: str) -> None:
    if walk.definition.question(key) is None:
        _introduce(walk)
        return
    walk.begun_at = key
    with translation.override(_language(walk.spoken)):
        _ask(walk, key)


def _drawable(definition: Definition) -> Definition:
    """A draft has choices without words, or with too many: each still gets a button."""

    def fitting(words: Words) -> Words:
        texts = (
            first_graphemes(text, LABEL_LIMIT) if text.strip() else ""
            for text in (words.ja, words.plain, words.en)
        )
        ja, plain, en = texts
        return Words(ja or plain or en or _("（空の選択肢）"), plain, en)

    has_name = bool(definition.title.ja.strip())
    return replace(
        definition,
        title=definition.title if has_name else Words(_("（名前がまだありません）")),
        questions=tuple(
            replace(
                row, options=tuple(replace(option, label=fitting(option.label)) for option in row.options)
            )
            for row in definition.questions
        ),
    )


def _language(spoken: Wording) -> str:
    return "en" if spoken is Wording.EN else "ja"


def _introduce(walk: Rehearsal) -> None:
    with translation.override(_language(walk.spoken)):
        made = entrance.message(
            walk.definition, walk.spoken, lambda act, value: f":{act}:{value}", walk.terms
        )
        _shown(walk, made, entrance.text(walk.definition, walk.spoken, walk.terms))


def _step(walk: Rehearsal, act: str, value: str) -> None:
    if not walk.now:
        _enter(walk, act, value)
    elif question := walk.asks:
        try:
            _answer(walk, question, act, value)
        except Unfit as unfit:
            _ask(walk, walk.now, unfit.sentence)


def _enter(walk: Rehearsal, act: str, value: str) -> None:
    _tapped(walk, f":{act}:{value}")
    if act == Act.WORDING and value in list(Wording):
        walk.spoken = Wording(value)
        _introduce(walk)
    elif act == Act.AGREE:
        first = walk.definition.questions[:1]
        _go(walk, first[0].key if first else END)
    else:
        _leave(walk)


def _answer(walk: Rehearsal, question: Question, act: str, value: str) -> None:
    if act == SAY:
        walk.lines.append(Line(value, is_ours=False))
        _keep(walk, question, reading.typed(question, value, lambda _postcode: SAMPLE_AREA))
        return
    _tapped(walk, f"{question.key}:{act}:{value}")
    match act:
        case Act.PICK:
            _pick(walk, question, value)
        case Act.DONE if question.kind is Kind.MULTIPLE:
            _decide(walk, question)
        case Act.PAGE:
            walk.page = int(value) if value.isdecimal() and len(value) < 4 else 0
            _ask(walk, question.key)
        case Act.WHEN:
            given = reading.typed(question, value, lambda _postcode: None)
            walk.lines.append(Line(asking.worded(question, given), is_ours=False))
            _keep(walk, question, given)
        case Act.SKIP if not question.is_required:
            _keep(walk, question, SKIPPED)
        case Act.BACK if walk.path:
            _ask(walk, walk.path.pop())
        case _ if act == SEND and question.kind in (Kind.PLACE, Kind.PICTURE):
            walk.lines.append(
                Line(_("（場所）") if question.kind is Kind.PLACE else _("（写真）"), is_ours=False)
            )
            _keep(walk, question, Given(private={"title": _("場所")}))
        case Act.LATER:
            _leave(walk)


def _pick(walk: Rehearsal, question: Question, code: str) -> None:
    if question.kind is Kind.CONFIRMATION:
        _keep(walk, question, Given(codes=("ok",)))
        return
    picked = reading.picked(question, code)
    if question.kind is not Kind.MULTIPLE:
        _keep(walk, question, Given(codes=(picked,)))
        return
    chosen = set(walk.picked) ^ {picked}
    walk.picked = tuple(option.code for option in question.options if option.code in chosen)
    _ask(walk, question.key)


def _decide(walk: Rehearsal, question: Question) -> None:
    if not walk.picked and question.is_required:
        raise Unfit(_("1つ以上選んでから「決定」を押してください。"))
    _keep(walk, question, Given(codes=walk.picked) if walk.picked else SKIPPED)


def _keep(walk: Rehearsal, question: Question, given: Given) -> None:
    walk.answers[question.key] = given
    walk.path.append(question.key)
    walk.picked, walk.page = (), 0
    _go(walk, follower(walk.definition, question, given))


def _go(walk: Rehearsal, key: str) -> None:
    if key in walk.path:
        _end(walk, _("（ここで前の質問に戻り、終わらなくなります。行き先を直してください。）"))
    elif walk.definition.question(key) is None:
        closing = walk.definition.closing.worded(walk.spoken)
        _end(walk, wording.with_readings(closing) or _("回答ありがとうございました。"))
    else:
        _ask(walk, key)


def _leave(walk: Rehearsal) -> None:
    _end(walk, _("（ここで止まります。「つづける」を押すと、続きから答えられます。）"))


def _end(walk: Rehearsal, words: str) -> None:
    walk.lines.append(Line(words, is_ours=True))
    walk.buttons, walk.now, walk.is_over = (), END, True


def _ask(walk: Rehearsal, key: str, note: str = "") -> None:
    """Put a question before the friend, as the account would (actions.talking)."""
    question = walk.definition.question(key)
    if question is None:
        return
    if key != walk.now:
        earlier = walk.answers.get(key)
        walk.picked, walk.page = (earlier.codes if earlier and question.kind in CHOICES else ()), 0
    walk.now = key
    earlier = walk.answers.get(key)
    asked = asking.Asked(
        question,
        walk.spoken,
        note,
        _number(walk),
        walk.picked if question.kind is Kind.MULTIPLE else (),
        walk.page,
        asking.worded(question, earlier, walk.spoken) if earlier else "",
        bool(walk.path),
    )
    _shown(walk, asking.message(asked, lambda act, value: f"{key}:{act}:{value}"), asking.text(asked))


def _number(walk: Rehearsal) -> int:
    """As the friend counts; a walk that begins further down counts the questions above it."""
    keys = [question.key for question in walk.definition.questions]
    return len(walk.path) + 1 + (keys.index(walk.begun_at) if walk.begun_at in keys else 0)


def _shown(walk: Rehearsal, message: JsonObject, text: str) -> None:
    walk.lines.append(Line(text, is_ours=True))
    actions = [item["action"] for item in message["quickReply"]["items"]]
    walk.buttons = tuple(_button(walk, action) for action in actions)


def _button(walk: Rehearsal, action: JsonObject) -> Button:
    kind = str(action["type"])
    step = str(action.get("data") or f"{walk.now}:{SEND}:{kind}")
    return Button(str(action["label"]), step, kind, (str(action.get("min", "")), str(action.get("max", ""))))


def _tapped(walk: Rehearsal, step: str) -> None:
    """What the chat shows for a tap: the button's label, for those that say something."""
    pressed = next((button for button in walk.buttons if button.step == step), None)
    if pressed is not None and pressed.kind == "postback" and f":{Act.PAGE}:" not in step:
        walk.lines.append(Line(pressed.label.removeprefix("✓"), is_ours=False))
