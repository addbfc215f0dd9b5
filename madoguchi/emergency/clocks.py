"""The clocks that start when somebody decides to notify, and until when each runs. Pure.

At once: the law on the prevention of child abuse says 速やかに; here a notice that nobody has confirmed calls again after ten
minutes. The intake form is due at the next nine o'clock in the morning, and the child has been seen within 48 hours (the
Ministry's rule for child guidance centres). A clock stops when the receiver's confirmation is entered, never by itself.
"""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.core import clock

CALL_AGAIN_SECONDS = 300


class Task(models.TextChoices):
    AT_ONCE = "at_once", _("すぐに知らせる")
    INTAKE = "intake", _("受付票を次の朝9時までに")
    SAFETY = "safety", _("子どもの安全を48時間以内に目で確かめる")


class ReceiverKind(models.TextChoices):
    CHILD_GUIDANCE = "child_guidance", _("児童相談所")
    POLICE = "police", _("警察")
    AMBULANCE = "ambulance", _("救急・消防")
    OTHER = "other", _("そのほか")


TASKS = {
    ReceiverKind.CHILD_GUIDANCE: (Task.AT_ONCE, Task.INTAKE, Task.SAFETY),
    ReceiverKind.POLICE: (Task.AT_ONCE,),
    ReceiverKind.AMBULANCE: (Task.AT_ONCE,),
    ReceiverKind.OTHER: (Task.AT_ONCE,),
}
_AT_ONCE = timedelta(minutes=10)
_SAFETY = timedelta(hours=48)
_MORNING = time(9)
_LEADS = {Task.AT_ONCE: timedelta(0), Task.INTAKE: timedelta(hours=1), Task.SAFETY: timedelta(hours=6)}


def deadline(task: Task, decided_at: datetime) -> datetime:
    match task:
        case Task.AT_ONCE:
            return decided_at + _AT_ONCE
        case Task.INTAKE:
            here = clock.jst(decided_at)
            today = datetime.combine(here.date(), _MORNING, here.tzinfo)
            return today if today > here else today + timedelta(days=1)
        case Task.SAFETY:
            return decided_at + _SAFETY


def first_call(task: Task, decided_at: datetime) -> datetime:
    """When it calls first: some time before the deadline, and not before it was decided."""
    return max(decided_at, deadline(task, decided_at) - _LEADS[task])
