"""Surveys as a builder might make them: a small one by hand, and any at all for property tests."""

from hypothesis import strategies as st

from madoguchi.surveys.definition import CHOICES, END, Definition, Kind, Option, Question, Words

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
).filter(str.strip)
PLAIN_TYPES = [kind for kind in Kind if kind not in CHOICES]


def question(key: str, kind: Kind = Kind.TEXT, text: str = "質問", **more: object) -> Question:
    return Question(key, kind, Words(ja=text), **more)  # type: ignore[arg-type]


def options(*names: str, **to: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{at}", Words(ja=name), to.get(f"o{at}", "")) for at, name in enumerate(names))


def survey(*questions: Question) -> Definition:
    return Definition(title=Words(ja="相談の前に"), questions=questions)


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Any survey, with ways forward only, so that most of them have no problem."""
    count = draw(st.integers(1, 8))
    keys = [f"q{number}" for number in range(1, count + 1)]
    made = []
    for at, key in enumerate(keys):
        further = st.sampled_from([*keys[at + 1 :], END, ""])
        kind = draw(st.sampled_from(list(Kind)))
        names = draw(st.lists(TEXTS, min_size=2, max_size=30, unique=True)) if kind in CHOICES else []
        chosen = tuple(Option(f"o{n}", Words(ja=name[:20]), draw(further)) for n, name in enumerate(names))
        made.append(
            Question(
                key,
                kind,
                Words(ja=draw(TEXTS)),
                draw(st.booleans()),
                chosen,
                draw(further) if not chosen else "",
            )
        )
    return Definition(title=Words(ja=draw(TEXTS)), questions=tuple(made))
