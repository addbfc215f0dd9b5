"""TALK, a file a noun."""

from madoguchi.contacts.models import Speaker
from madoguchi.desk.models.alert import Alert, AlertKind
from madoguchi.desk.models.conversation import (
    HELD,
    ON_THE_LINE,
    Assignment,
    Conversation,
    ConversationQuerySet,
    Missed,
    Outcome,
    Promise,
    State,
)
from madoguchi.desk.models.duty import Duty, DutyState, Skill
from madoguchi.desk.models.glance import Glance
from madoguchi.desk.models.hand_over import HandOver, HandOverEnd
from madoguchi.desk.models.note import Note, NoteKind
from madoguchi.desk.models.other_line import OtherLine
from madoguchi.desk.models.prepared import (
    Confirming,
    Prepared,
    PreparedFile,
    PreparedState,
    Stopped,
    WritingRules,
)
from madoguchi.desk.models.reception import Assigning, ByHand, Holidays, Intake, Reception, SecondEyes
from madoguchi.desk.models.shift import Shift

__all__ = [
    "HELD",
    "ON_THE_LINE",
    "Alert",
    "AlertKind",
    "Assigning",
    "Assignment",
    "ByHand",
    "Confirming",
    "Conversation",
    "ConversationQuerySet",
    "Duty",
    "DutyState",
    "Glance",
    "HandOver",
    "HandOverEnd",
    "Holidays",
    "Intake",
    "Missed",
    "Note",
    "NoteKind",
    "OtherLine",
    "Outcome",
    "Prepared",
    "PreparedFile",
    "PreparedState",
    "Promise",
    "Reception",
    "SecondEyes",
    "Shift",
    "Skill",
    "Speaker",
    "State",
    "Stopped",
    "WritingRules",
]
