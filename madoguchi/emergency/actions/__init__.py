"""Every write of an emergency."""

from madoguchi.emergency.actions.checklist import Unknown, tick
from madoguchi.emergency.actions.dossier import (
    NotReached,
    Unfit,
    confirm,
    decide,
    open_dossier,
    quote,
    reveal,
    withdraw,
)
from madoguchi.emergency.actions.receivers import add_receiver, archive_receiver, change_receiver

__all__ = [
    "NotReached",
    "Unfit",
    "Unknown",
    "add_receiver",
    "archive_receiver",
    "change_receiver",
    "confirm",
    "decide",
    "open_dossier",
    "quote",
    "reveal",
    "tick",
    "withdraw",
]
