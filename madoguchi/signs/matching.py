"""Rules against a text: which words of it a person must look at, and why.

A `Matcher` is made once for a set of rules and keeps nothing of what it reads, so threads share it. Phrases are found by
their first word and sounds by their first kana, so its time follows the text's length, not the number of rules.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from madoguchi.signs.analysis import Token
from madoguchi.signs.denial import is_denied
from madoguchi.signs.folding import hiragana
from madoguchi.signs.lexicon import Rule, Shared, shared
from madoguchi.signs.reading import Read, read
from madoguchi.signs.words import (
    LONGEST_GAP_WORDS,
    Kind,
    Word,
    first_signs,
    is_thin,
    lemmas,
    sound_pattern,
    spelling_pattern,
    ways,
)

_MOST_THIN = 4
# 「死ぬことしか考えてない」, 「生きてる価値がない」: what denies belongs to the word itself.
_LACK = re.compile("しか|(?:意味|価値|理由|資格|自信|気力|希望)$")
ANY = ""  # spellings that may begin with any sign


@dataclass(frozen=True)
class Hit:
    """`start`, `end`: code points of the original text. `utf16_start`, `utf16_end`: the same in UTF-16 units, as LINE and
    browsers count. `said`: those words themselves; `word`: the rule's word that they were taken for."""

    rule: str
    theme: str
    word: Word
    start: int
    end: int
    utf16_start: int
    utf16_end: int
    said: str = field(repr=False)


@dataclass(frozen=True)
class _Found:
    """A hit before its exceptions: [start, end) of the folded text, and the number of the first word behind it."""

    rule: Rule
    word: Word
    start: int
    end: int
    after: int


@dataclass(frozen=True)
class _Exceptions:
    before: re.Pattern[str]
    after: re.Pattern[str]
    inside: re.Pattern[str]


class Matcher:
    def __init__(self, rules: Iterable[Rule], common: Shared | None = None) -> None:
        common = common or shared()
        self._phrases: dict[str, list[tuple[tuple[tuple[str, ...], ...], Rule, Word]]] = defaultdict(list)
        self._sounds: dict[str, list[tuple[re.Pattern[str], Rule, Word]]] = defaultdict(list)
        self._spellings: dict[str, list[tuple[re.Pattern[str], Rule, Word]]] = defaultdict(list)
        self._exceptions: dict[str, _Exceptions] = {}
        self._harm = re.compile(_any(common.never_quiet))
        for rule in rules:
            self._add(rule, common)

    def hits(self, text: str) -> list[Hit]:
        """In the order of the text; hits of one rule never overlap."""
        return self.hits_in(read(text))

    def hits_in(self, readings: list[Read]) -> list[Hit]:
        found = [_hit(each, reading) for reading in readings for each in self._found(reading)]
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start)):
            if not any(
                hit.rule == other.rule and hit.start < other.end and other.start < hit.end for other in kept
            ):
                kept.append(hit)
        return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.rule))

    def _add(self, rule: Rule, common: Shared) -> None:
        for word in rule.words:
            if word.kind == Kind.SPELLING:
                pattern = re.compile(spelling_pattern(word.text))
                for sign in first_signs(word.text) or (ANY,):
                    self._spellings[sign].append((pattern, rule, word))
                continue
            for way in ways(word.text):
                if word.kind == Kind.LEMMA:
                    parts = lemmas(way)
                    self._phrases[parts[0][0]].append((parts, rule, word))
                else:
                    sound = sound_pattern(way)
                    self._sounds[sound[0]].append((re.compile(sound), rule, word))
        before = (*common.unless_before, *rule.unless_before)
        after = (*common.unless_after, *rule.unless_after)
        self._exceptions[rule.name] = _Exceptions(
            re.compile(f"(?:{_any(before)})$"),
            re.compile(f"(?:{_any(after)})"),
            re.compile(_any(rule.unless_inside)),
        )

    def _found(self, reading: Read) -> Iterator[_Found]:
        seen: set[tuple[str, int, int]] = set()
        for each in (*self._by_phrase(reading), *self._by_sound(reading), *self._by_spelling(reading)):
            key = (each.rule.name, each.start, each.end)
            if key not in seen and not self._is_quiet(reading, each):
                seen.add(key)
                yield each

    def _by_phrase(self, reading: Read) -> Iterator[_Found]:
        tokens = reading.tokens
        for number, token in enumerate(tokens):
            for parts, rule, word in self._phrases.get(token.lemma, ()):
                last = _end_of(parts, tokens, number)
                if last is not None:
                    yield _Found(rule, word, token.start, tokens[last].end, last + 1)

    def _by_sound(self, reading: Read) -> Iterator[_Found]:
        sounded = reading.sounded
        for place, _number in reading.sound_starts:
            for pattern, rule, word in self._sounds.get(sounded.text[place], ()):
                match = pattern.match(sounded.text, place)
                if match is None:
                    continue
                start, end = sounded.span(place, match.end())
                last = reading.token_at[end - 1]
                if match.end() == len(sounded.text) or _may_end_inside(reading, last, match.end()):
                    yield _Found(rule, word, start, end, last + 1)

    def _by_spelling(self, reading: Read) -> Iterator[_Found]:
        text, anywhere = reading.spelled, self._spellings.get(ANY, [])
        for place, sign in enumerate(text):
            for pattern, rule, word in (*self._spellings.get(sign, ()), *anywhere):
                match = pattern.match(text, place)
                if match is not None and match.end() > place:
                    yield _Found(rule, word, place, match.end(), _behind(reading, match.end()))

    def _is_quiet(self, reading: Read, found: _Found) -> bool:
        is_lack = _LACK.search(reading.spelled[found.start : found.end])
        if found.rule.heeds_denial and not is_lack and is_denied(reading.tokens, found.after):
            return True
        exceptions = self._exceptions[found.rule.name]
        if exceptions.inside.search(reading.spelled[found.start : found.end]):
            return True  # a drum is a drum, whoever beats it
        start, end = reading.sentence(found.start, found.end)
        sentence = reading.spelled[start:end]
        is_figure = exceptions.before.search(reading.spelled[start : found.start]) or exceptions.after.match(
            reading.spelled, found.end
        )
        return bool(is_figure) and not self._harm.search(sentence)


def _behind(reading: Read, end: int) -> int:
    """The number of the first word behind a spelling. 「ありま」 has its own denial in it: the ん of ありません is none behind it."""
    after = reading.token_at[end - 1] + 1
    is_own = after < len(reading.tokens) and reading.tokens[after - 1].lemma == "ます"
    return after + 1 if is_own and reading.tokens[after].lemma == "ない" else after


def _any(patterns: tuple[str, ...]) -> str:
    return "|".join(spelling_pattern(pattern) for pattern in patterns) or "(?!)"


def _end_of(parts: tuple[tuple[str, ...], ...], tokens: list[Token], first: int) -> int | None:
    """The number of the last word of a phrase that begins at `first`, or None."""
    place = first
    for number, part in enumerate(parts):
        slack = LONGEST_GAP_WORDS if number else 0
        found = None
        for begin in range(place, min(place + slack + 1, len(tokens))):
            found = _end_of_part(part, tokens, begin)
            if found is not None:
                break
        if found is None:
            return None
        place = found + 1
    return place - 1


def _end_of_part(part: tuple[str, ...], tokens: list[Token], first: int) -> int | None:
    place, wanted, thin = first, 0, 0
    while place < len(tokens):
        if tokens[place].lemma == part[wanted]:
            wanted, thin = wanted + 1, 0
            if wanted == len(part):
                return place
        elif wanted == 0 or thin == _MOST_THIN or not is_thin(tokens[place]):
            return None
        else:
            thin += 1
        place += 1
    return None


def _may_end_inside(reading: Read, last: int, end: int) -> bool:
    """A sound ends with a word, or inside one that is written in kana: not in the middle of how a kanji is read."""
    token = reading.tokens[last]
    next_start = reading.sounded.starts[end]
    return next_start >= token.end or token.surface == token.sound or hiragana(token.surface) == token.sound


def _hit(found: _Found, reading: Read) -> Hit:
    start, end = reading.folded.span(found.start, found.end)
    original = reading.original
    before = len(original[:start].encode("utf-16-le", "surrogatepass")) // 2
    length = len(original[start:end].encode("utf-16-le", "surrogatepass")) // 2
    return Hit(
        found.rule.name,
        found.rule.theme,
        found.word,
        start,
        end,
        before,
        before + length,
        original[start:end],
    )
