"""Every write of the desk."""

from madoguchi.desk.actions.alerts import acknowledge
from madoguchi.desk.actions.intake import greet, hear, hear_on_a_page, is_for_a_person, reception, unsaid
from madoguchi.desk.actions.settings import set_reception
from madoguchi.desk.actions.talk import (
    AlreadyTaken,
    NotYours,
    SomethingNew,
    close,
    read,
    release,
    reply,
    reply_text,
    resend,
    reveal,
    take,
)

__all__ = [
    "AlreadyTaken",
    "NotYours",
    "SomethingNew",
    "acknowledge",
    "close",
    "greet",
    "hear",
    "hear_on_a_page",
    "is_for_a_person",
    "read",
    "reception",
    "release",
    "reply",
    "reply_text",
    "resend",
    "reveal",
    "set_reception",
    "take",
    "unsaid",
]
