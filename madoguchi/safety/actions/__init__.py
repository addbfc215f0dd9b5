"""Every write that keeps a friend safe: what the friend presses and says, and what staff do beside the talk."""

from madoguchi.safety.actions.hearing import hear, press, shown_words
from madoguchi.safety.actions.keeping import (
    confirm_there,
    end_harmless,
    set_hours,
    set_quiet,
    set_silent,
    set_texts,
    set_word,
)

__all__ = [
    "confirm_there",
    "end_harmless",
    "hear",
    "press",
    "set_hours",
    "set_quiet",
    "set_silent",
    "set_texts",
    "set_word",
    "shown_words",
]
