"""What changed from one version of a survey to the next, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from madoguchi.surveys import wording
from madoguchi.surveys.definition import END, Definition, Option, Question, Words
from madoguchi.surveys.kinds import LOOKS

LONGEST_NAME = 24


def between(before: Definition, after: Definition) -> list[str]:
    """Sentences; empty when nothing changed."""
    return [*_of_words(before, after), *_of_set(before, after), *_of_each(before, after)]


def name(question: Question) -> str:
    """A question by the beginning of its text."""
    text = " ".join(wording.bare(question.text.ja).split())
    return f"{text[:LONGEST_NAME]}…" if len(text) > LONGEST_NAME else text or _("（質問文なし）")


def _of_words(before: Definition, after: Definition) -> Iterator[str]:
    if before.title != after.title:
        yield _("名前を「%(new)s」に変えた") % {"new": after.title.ja}
    if before.intro != after.intro:
        yield _("はじめの言葉を変えた")
    if before.closing != after.closing:
        yield _("おわりの言葉を変えた")


def _of_set(before: Definition, after: Definition) -> Iterator[str]:
    for question in after.questions:
        if before.question(question.key) is None:
            yield _("質問「%(name)s」を加えた") % {"name": name(question)}
    for question in before.questions:
        if after.question(question.key) is None:
            yield _("質問「%(name)s」を消した") % {"name": name(question)}
    stayed = [row.key for row in before.questions if after.question(row.key)]
    if stayed != [row.key for row in after.questions if before.question(row.key)]:
        yield _("質問の順番を変えた")


def _of_each(before: Definition, after: Definition) -> Iterator[str]:
    for question in after.questions:
        former = before.question(question.key)
        if former is not None and former != question:
            found = [*_of_question(former, question), *_of_paths(former, question, after)]
            yield from (_("「%(name)s」%(what)s") % {"name": name(question), "what": what} for what in found)


def _of_question(former: Question, question: Question) -> Iterator[str]:
    if former.text.ja != question.text.ja:
        yield _("の文を変えた")
    if (former.text.plain, former.text.en) != (question.text.plain, question.text.en):
        yield _("のやさしい日本語か英語を変えた")
    if former.kind != question.kind:
        yield _("の種類を「%(kind)s」に変えた") % {"kind": LOOKS[question.kind].name}
    if former.is_required != question.is_required:
        yield _("に必ず答えてもらうことにした") if question.is_required else _("を飛ばせるようにした")
    if former.attribute != question.attribute:
        yield _("の回答が入る属性を変えた") if question.attribute else _("の回答を属性に入れないことにした")
    if (former.low, former.high) != (question.low, question.high):
        yield _("の範囲を変えた")
    yield from _of_options(former, question)


def _of_options(former: Question, question: Question) -> Iterator[str]:
    def labels(options: Iterator[Option]) -> str:
        return "、".join(wording.bare(option.label.ja) or _("（空）") for option in options)

    new = labels(option for option in question.options if former.option(option.code) is None)
    gone = labels(option for option in former.options if question.option(option.code) is None)
    if new:
        yield _("に選択肢（%(names)s）を加えた") % {"names": new}
    if gone:
        yield _("の選択肢（%(names)s）を消した") % {"names": gone}
    for option in question.options:
        was = former.option(option.code)
        if was is not None and was.label != option.label:
            yield _("の選択肢「%(old)s」を「%(new)s」に変えた") % {
                "old": _label(was.label),
                "new": _label(option.label),
            }
    stayed = [option.code for option in former.options if question.option(option.code)]
    if stayed != [option.code for option in question.options if former.option(option.code)]:
        yield _("の選択肢の順番を変えた")


def _label(words: Words) -> str:
    return wording.bare(words.ja) or _("（空）")


def _of_paths(former: Question, question: Question, after: Definition) -> Iterator[str]:
    def place(to: str) -> str:
        target = after.question(to)
        if to == END:
            return _("おわり")
        return f"「{name(target)}」" if target else _("次の質問")

    if former.to != question.to:
        yield _("の次を%(place)sにした") % {"place": place(question.to)}
    for option in question.options:
        was = former.option(option.code)
        if was is not None and was.to != option.to:
            yield _("で「%(option)s」のときの次を%(place)sにした") % {
                "option": _label(option.label),
                "place": place(option.to),
            }
