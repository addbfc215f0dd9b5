"""What a friend may tap under a word of ours. What matters now comes first: three at a glance, because a frightened child does
not look through thirteen, and all else behind one "ほか"."""

from collections.abc import Sequence

from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.models import Channel
from madoguchi.desk import asking_who, choices
from madoguchi.desk.choices import Act

AT_A_GLANCE = 3


def how_to_wait(channel: Channel, first_message: int, acts: Sequence[Act], speaker: str) -> list[JsonObject]:
    """The acts, in one button who is speaking if that is not known, and the ways to be safe."""
    asks = [Act.WHO] if channel.asks_speaker and not speaker else []
    return [*choices.buttons(first_message, [*acts, *asks]), *asking_who.safety()]


def who_speaks(first_message: int, acts: Sequence[Act]) -> list[JsonObject]:
    """Who is speaking, then the acts and the ways to be safe."""
    return [*asking_who.who(), *choices.buttons(first_message, acts), *asking_who.safety()]


def at_a_glance(offers: list[JsonObject], first_message: int, more: Act) -> list[JsonObject]:
    """All when they are few; else the first, and the act that shows the others."""
    if len(offers) <= AT_A_GLANCE + 1:
        return offers
    return [*offers[:AT_A_GLANCE], choices.button(first_message, more)]


def others(offers: list[JsonObject]) -> list[JsonObject]:
    """What `at_a_glance` has left out."""
    return offers[AT_A_GLANCE:]
