"""What staff type at the desk, checked; a file a matter."""

from madoguchi.desk.forms.ending import CloseForm, LaterForm
from madoguchi.desk.forms.handing_over import HandOverForm, hand_over_choices
from madoguchi.desk.forms.reception import ReceptionForm
from madoguchi.desk.forms.team import CapsForm, DutyForm, SkillForm
from madoguchi.desk.forms.writing import ReplyForm

__all__ = [
    "CapsForm",
    "CloseForm",
    "DutyForm",
    "HandOverForm",
    "LaterForm",
    "ReceptionForm",
    "ReplyForm",
    "SkillForm",
    "hand_over_choices",
]
