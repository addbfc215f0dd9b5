"""Who is on duty from when to when."""

from datetime import datetime

from django.db import models

from madoguchi.accounts.models import Organisation, User


class ShiftQuerySet(models.QuerySet["Shift"]):
    def at(self, moment: datetime) -> "ShiftQuerySet":
        return self.filter(begins_at__lte=moment, ends_at__gt=moment)

    def between(self, begin: datetime, end: datetime) -> "ShiftQuerySet":
        """Those that touch this time, in its order."""
        return self.filter(begins_at__lt=end, ends_at__gt=begin).order_by("begins_at", "pk")


class Shift(models.Model):
    """One person's time at the desk. A person's shifts may touch, and never overlap (`actions.shifts`)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(User, models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="shift_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["organisation", "begins_at", "ends_at"], name="shift_when")]
