"""What calls a person whose screen is locked: all that would call at an open desk, in numbers and nothing else."""

from dataclasses import replace

from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.desk import calling
from madoguchi.desk.calling import Call
from madoguchi.emergency.models import Emergency, Notice
from madoguchi.supervision.models import PickUp


def counted(user: User) -> Call:
    """As the desk counts, with the second pairs of eyes that are asked for, and the statutory clocks past their deadline."""
    call = calling.counted(user)
    asked = PickUp.objects.filter(organisation_id=user.organisation_id).pending().exclude(asked_by=user)
    late = Notice.objects.running().filter(
        deadline_at__lt=Now(),
        emergency__in=Emergency.objects.visible_to(user),
        emergency__conversation__channel__is_practice=False,
    )
    return replace(call, asked=call.asked + asked.count(), overdue=call.overdue + late.count())
