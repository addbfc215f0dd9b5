"""Every write of the desk."""

from madoguchi.desk.actions.alerts import acknowledge, judge
from madoguchi.desk.actions.approach import may_recommend, recommend
from madoguchi.desk.actions.assigning import AlreadyTaken, OnlyInTurn, deal, give, take, take_next, take_over
from madoguchi.desk.actions.barring import NeedsSecondEyes, QueueHeld
from madoguchi.desk.actions.choosing import choose, pressed_words, still_offered
from madoguchi.desk.actions.duty import report, set_duty, was_seen
from madoguchi.desk.actions.ending import SomethingNew, close, close_as_nothing, release, reopen
from madoguchi.desk.actions.glancing import look_at, look_away
from madoguchi.desk.actions.handing_over import accept, decline, hand_over, see_end, withdraw
from madoguchi.desk.actions.intake import (
    greet,
    hear,
    hear_on_a_page,
    is_for_a_person,
    open_talk,
    reception,
    unsaid,
)
from madoguchi.desk.actions.lines import add_line, change_line, install_lines, raise_line, remove_line
from madoguchi.desk.actions.moving import NotNow, NotYours
from madoguchi.desk.actions.notes import Unfit, call_for_help, note, see, whisper
from madoguchi.desk.actions.opening import drop_special_day, end_by_hand, say_by_hand, set_special_day
from madoguchi.desk.actions.preparing import HasGone, approve, change, give_back, prepare, take_back
from madoguchi.desk.actions.room import HandsFull
from madoguchi.desk.actions.settings import set_reception, set_writing_rules, writing_rules
from madoguchi.desk.actions.shifts import add_shifts, copy_week, remove_shift
from madoguchi.desk.actions.sides import ask_who, hear_who, other_sides, set_speaker
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
from madoguchi.desk.actions.steering import alarm, open_with, steer, switch_module
from madoguchi.desk.actions.talk import (
    Insists,
    MustAsk,
    drop_held,
    is_in_training,
    read,
    reply,
    reply_text,
    resend,
    reveal,
    say,
    send_held,
    show_typing,
)

__all__ = [
    "READY_MADE_SKILLS",
    "AlreadyTaken",
    "HandsFull",
    "HasGone",
    "Insists",
    "MustAsk",
    "NeedsSecondEyes",
    "NotNow",
    "NotYours",
    "OnlyInTurn",
    "QueueHeld",
    "SameName",
    "SomethingNew",
    "Unfit",
    "accept",
    "acknowledge",
    "add_line",
    "add_own_skill",
    "add_shifts",
    "add_skill",
    "alarm",
    "answer_later",
    "approve",
    "archive_skill",
    "ask_who",
    "call_for_help",
    "change",
    "change_line",
    "choose",
    "close",
    "close_as_nothing",
    "copy_week",
    "deal",
    "decline",
    "drop_held",
    "drop_special_day",
    "end_by_hand",
    "give",
    "give_back",
    "greet",
    "hand_over",
    "hear",
    "hear_on_a_page",
    "hear_who",
    "install_lines",
    "is_for_a_person",
    "is_in_training",
    "judge",
    "look_at",
    "look_away",
    "may_recommend",
    "note",
    "open_talk",
    "open_with",
    "other_sides",
    "prepare",
    "pressed_words",
    "put_on_hold",
    "raise_line",
    "read",
    "reception",
    "recommend",
    "release",
    "remove_line",
    "remove_shift",
    "rename_skill",
    "reopen",
    "reply",
    "reply_text",
    "report",
    "resend",
    "restore_skill",
    "resume",
    "reveal",
    "say",
    "say_by_hand",
    "see",
    "see_end",
    "send_held",
    "set_duty",
    "set_reception",
    "set_speaker",
    "set_special_day",
    "set_writing_rules",
    "show_typing",
    "steer",
    "still_offered",
    "switch_module",
    "take",
    "take_back",
    "take_next",
    "take_over",
    "unsaid",
    "was_seen",
    "whisper",
    "withdraw",
    "wrap_up",
    "writing_rules",
]
