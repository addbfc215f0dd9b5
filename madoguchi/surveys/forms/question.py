"""A question's card as it was sent -> the question. Whatever was typed is taken: what is wrong with it stands on the card."""

from dataclasses import replace

from django.http import QueryDict

from madoguchi.surveys.check import MOST_OPTIONS
from madoguchi.surveys.definition import CHOICES, CODE, RANGED, UNKEPT, Kind, Option, Question, Words
from madoguchi.surveys.editing import new_options, of_kind

LONGEST = 4000  # letters of one field; far above what may go out


def text(given: str) -> str:
    """As it is kept: lines end as they do everywhere."""
    return UNKEPT.sub("", given.replace("\r\n", "\n"))[:LONGEST]


def words(sent: QueryDict, name: str) -> Words:
    return Words(*(text(sent.get(f"{name}_{wording}", "")) for wording in ("ja", "plain", "en")))


def question(sent: QueryDict, former: Question) -> Question:
    """What the card says now. `former` gives the key, and what the card did not show."""
    kind = sent.get("kind", "")
    read = replace(
        former,
        text=words(sent, "text"),
        is_required="is_required" in sent,
        to=text(sent.get("to", ""))[:12],
        attribute=text(sent.get("attribute", ""))[:40],
        options=_options(sent) if former.kind in CHOICES else (),
    )
    if former.kind in RANGED:
        read = replace(read, low=text(sent.get("low", "")).strip(), high=text(sent.get("high", "")).strip())
    return of_kind(read, Kind(kind)) if kind in list(Kind) and kind != former.kind else read


def _options(sent: QueryDict) -> tuple[Option, ...]:
    columns = [
        sent.getlist(name)[:MOST_OPTIONS] for name in ("opt", "opt_ja", "opt_plain", "opt_en", "opt_to")
    ]
    made: list[Option] = []
    for code, ja, plain, en, to in zip(*columns, strict=False):
        label = Words(*(text(part).replace("\n", " ") for part in (ja, plain, en)))
        known = CODE.match(code) and all(option.code != code for option in made)
        option = Option(code, label) if known else replace(new_options(made, [""])[0], label=label)
        made.append(replace(option, to=text(to)[:12]))
    return tuple(made)
