"""What staff type at the desk, checked; a file a matter."""

from madoguchi.desk.forms.ending import CloseForm, LaterForm
from madoguchi.desk.forms.handing_over import HandOverForm, hand_over_choices
from madoguchi.desk.forms.opening import ByHandForm, HoursForm, SpecialDayForm
from madoguchi.desk.forms.promising import PromisesForm
from madoguchi.desk.forms.reception import ReceptionForm
from madoguchi.desk.forms.shifts import ShiftForm
from madoguchi.desk.forms.team import CapsForm, DutyForm, SkillForm
from madoguchi.desk.forms.texts import OtherLineForm, TextsForm
from madoguchi.desk.forms.writing import ChangeForm, ReplyForm, WritingRulesForm, known_rules

__all__ = [
    "ByHandForm",
    "CapsForm",
    "ChangeForm",
    "CloseForm",
    "DutyForm",
    "HandOverForm",
    "HoursForm",
    "LaterForm",
    "OtherLineForm",
    "PromisesForm",
    "ReceptionForm",
    "ReplyForm",
    "ShiftForm",
    "SkillForm",
    "SpecialDayForm",
    "TextsForm",
    "WritingRulesForm",
    "hand_over_choices",
    "known_rules",
]
