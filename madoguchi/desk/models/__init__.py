"""TALK, a file a noun."""

from madoguchi.desk.models.alert import Alert
from madoguchi.desk.models.conversation import (
    HELD,
    ON_THE_LINE,
    Assignment,
    Conversation,
    ConversationQuerySet,
    Missed,
    Outcome,
    Promise,
    Speaker,
    State,
)
from madoguchi.desk.models.duty import Duty, DutyState, Skill
from madoguchi.desk.models.glance import Glance
from madoguchi.desk.models.hand_over import HandOver, HandOverEnd
from madoguchi.desk.models.note import Note, NoteKind
from madoguchi.desk.models.reception import Assigning, Intake, Reception, SecondEyes

__all__ = [
    "HELD",
    "ON_THE_LINE",
    "Alert",
    "Assigning",
    "Assignment",
    "Conversation",
    "ConversationQuerySet",
    "Duty",
    "DutyState",
    "Glance",
    "HandOver",
    "HandOverEnd",
    "Intake",
    "Missed",
    "Note",
    "NoteKind",
    "Outcome",
    "Promise",
    "Reception",
    "SecondEyes",
    "Skill",
    "Speaker",
    "State",
]
