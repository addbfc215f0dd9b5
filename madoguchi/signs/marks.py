"""What the desk asks: which rules a friend's words touch, where, and why. Nothing here decides anything, and no hit has a
figure: a person looks."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from madoguchi.signs import labels
from madoguchi.signs.compiled import Compiled, compiled
from madoguchi.signs.matching import Hit


@dataclass(frozen=True)
class Mark:
    """One rule's reason to mark a piece: its label, and one sentence for staff."""

    rule: str
    label: str
    why: str = field(repr=False)


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as it was written; plain when it has no marks."""

    text: str = field(repr=False)
    marks: tuple[Mark, ...] = ()

    @property
    def shape(self) -> dict[str, str]:
        """As the content of a text message."""
        return {"text": self.text}


def found(organisation_id: int, text: str) -> list[Hit]:
    """In the order of the text; spans in code points and in UTF-16 units (`matching.Hit`)."""
    return compiled(organisation_id).matcher.hits(text) if text else []


def rules_of(hits: list[Hit]) -> list[str]:
    """The names of the rules, each once, in the order of the text."""
    return list(dict.fromkeys(hit.rule for hit in hits))


def marked(organisation_id: int, text: str) -> list[Piece]:
    """The whole text in pieces; joined they are the text again. Where rules overlap a piece has several marks."""
    return pieces(compiled(organisation_id), text)


def pieces(rules: Compiled, text: str) -> list[Piece]:
    hits = rules.matcher.hits(text)
    edges = sorted({0, len(text), *(hit.start for hit in hits), *(hit.end for hit in hits)})
    made: list[Piece] = []
    for start, end in pairwise(edges):
        inside = [hit for hit in hits if hit.start <= start and end <= hit.end]
        made.append(Piece(text[start:end], tuple(_mark(rules, hit) for hit in inside)))
    return made


def label(organisation_id: int, rule: str) -> str:
    """A rule's name on screens, also of one that is gone or switched off."""
    if rule in labels.RULES:
        return str(labels.RULES[rule])
    return label_in(compiled(organisation_id), rule)


def label_in(rules: Compiled, rule: str) -> str:
    if rule in labels.RULES:
        return str(labels.RULES[rule])
    known = rules.states.get(rule)
    return known.rule.own_label if known else rule


def readable(word: str, said: str) -> str:
    """A rule's word without its choices: of each, the one that was said, or else the first."""

    def chosen(match: re.Match[str]) -> str:
        choices = match[1].split("|")
        return next((one for one in choices if one and one in said), choices[0] if "" not in choices else "")

    return _CHOICES.sub(chosen, word)


_CHOICES = re.compile(r"\(([^()]*)\)")


def _mark(rules: Compiled, hit: Hit) -> Mark:
    name = label_in(rules, hit.rule)
    values = {"said": hit.said, "word": readable(hit.word.text, hit.said), "rule": name}
    if hit.said == hit.word.text:
        return Mark(hit.rule, name, _("「%(said)s」は「%(rule)s」の言葉です。") % values)
    return Mark(hit.rule, name, _("「%(said)s」が、「%(rule)s」の言葉「%(word)s」にあたります。") % values)
