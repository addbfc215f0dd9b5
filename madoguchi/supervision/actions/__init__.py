"""Every write of supervision."""

from madoguchi.supervision.actions.pick_up import NotAsked, ask, confirm, withdraw
from madoguchi.supervision.actions.queue import Dealt, deal_out, hold_queue, release_queue

__all__ = [
    "Dealt",
    "NotAsked",
    "ask",
    "confirm",
    "deal_out",
    "hold_queue",
    "release_queue",
    "withdraw",
]
