"""Every write of the desk."""

from madoguchi.desk.actions.alerts import acknowledge, judge
from madoguchi.desk.actions.assigning import AlreadyTaken, deal, give, take, take_next, take_over
from madoguchi.desk.actions.barring import NeedsSecondEyes, QueueHeld
from madoguchi.desk.actions.duty import report, set_duty, was_seen
from madoguchi.desk.actions.ending import SomethingNew, close, close_as_nothing, release, reopen
from madoguchi.desk.actions.handing_over import accept, decline, hand_over, withdraw
from madoguchi.desk.actions.intake import (
    greet,
    hear,
    hear_on_a_page,
    is_for_a_person,
    open_talk,
    reception,
    unsaid,
)
from madoguchi.desk.actions.moving import NotNow, NotYours
from madoguchi.desk.actions.notes import Unfit, call_for_help, note, see, whisper
from madoguchi.desk.actions.room import HandsFull
from madoguchi.desk.actions.settings import set_reception
from madoguchi.desk.actions.skills import (
    READY_MADE_SKILLS,
    SameName,
    add_own_skill,
    add_skill,
    archive_skill,
    rename_skill,
    restore_skill,
)
from madoguchi.desk.actions.staying import answer_later, put_on_hold, resume, wrap_up
from madoguchi.desk.actions.talk import read, reply, reply_text, resend, reveal

__all__ = [
    "READY_MADE_SKILLS",
    "AlreadyTaken",
    "HandsFull",
    "NeedsSecondEyes",
    "NotNow",
    "NotYours",
    "QueueHeld",
    "SameName",
    "SomethingNew",
    "Unfit",
    "accept",
    "acknowledge",
    "add_own_skill",
    "add_skill",
    "answer_later",
    "archive_skill",
    "call_for_help",
    "close",
    "close_as_nothing",
    "deal",
    "decline",
    "give",
    "greet",
    "hand_over",
    "hear",
    "hear_on_a_page",
    "is_for_a_person",
    "judge",
    "note",
    "open_talk",
    "put_on_hold",
    "read",
    "reception",
    "release",
    "rename_skill",
    "reopen",
    "reply",
    "reply_text",
    "report",
    "resend",
    "restore_skill",
    "resume",
    "reveal",
    "see",
    "set_duty",
    "set_reception",
    "take",
    "take_next",
    "take_over",
    "unsaid",
    "was_seen",
    "whisper",
    "withdraw",
    "wrap_up",
]
