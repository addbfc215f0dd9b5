"""Scripts of invented consulters, each a TOML file of this folder: pure.

title, who, about: for who chooses one. steps: each says one thing after so many seconds, or waits for the counsellor.
  says = "…" · sticker = "446/1988" · picture = true · press = "w:self"    what the friend does; `after`: seconds before it
  waits = "answer" | "end"    for the counsellor's next answer, or for the talk's end; `patience`: seconds, then `meanwhile` is
                              said once, and after as long again the friend leaves
  [[steps.when]] has = ["…"], goto = "name"    where to go on when the answer has one of these words; else with the next step
  name = "…"    a step that others go to · goto = "…" after the step
"""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("scripts")
PATIENCE = 300.0


@dataclass(frozen=True)
class Way:
    has: tuple[str, ...]
    goto: str


@dataclass(frozen=True)
class Step:
    says: str = field(default="", repr=False)
    sticker: str = ""
    picture: bool = False
    press: str = ""
    after: float = 3.0
    waits: str = ""
    patience: float = PATIENCE
    meanwhile: str = field(default="", repr=False)
    when: tuple[Way, ...] = ()
    name: str = ""
    goto: str = ""


@dataclass(frozen=True)
class Script:
    key: str
    title: str
    who: str
    about: str
    steps: tuple[Step, ...] = field(repr=False)

    def place(self, name: str) -> int:
        return next(at for at, step in enumerate(self.steps) if step.name == name)

    def after(self, at: int, answer: str = "") -> int:
        """Which step comes after this one; the script's length: it is over."""
        step = self.steps[at]
        way = next((way for way in step.when if any(word in answer for word in way.has)), None)
        if way is not None:
            return self.place(way.goto)
        return self.place(step.goto) if step.goto else at + 1


class Unplayable(Exception):
    """A script that leads nowhere, or says nothing."""


@lru_cache(maxsize=1)
def scripts() -> dict[str, Script]:
    return {path.stem: read(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def read(key: str, text: str) -> Script:
    """Raises Unplayable."""
    try:
        raw = tomllib.loads(text)
        steps = tuple(_step(one) for one in raw["steps"])
        script = Script(key, raw["title"], raw["who"], raw["about"], steps)
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise Unplayable(key) from error
    names = {step.name for step in steps if step.name}
    gone = {goto for step in steps for goto in (step.goto, *(way.goto for way in step.when)) if goto} - names
    does = [step.says or step.sticker or step.picture or step.press or step.waits for step in steps]
    if gone or not steps or not all(does) or any(step.waits not in ("", "answer", "end") for step in steps):
        raise Unplayable(key)
    return script


def _step(raw: dict[str, Any]) -> Step:
    ways = tuple(Way(tuple(way["has"]), way["goto"]) for way in raw.get("when", []))
    return Step(**{**raw, "when": ways})
