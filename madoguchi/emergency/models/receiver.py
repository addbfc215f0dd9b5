"""Who is notified: an organisation's own list by area, beside what is there for all of Japan."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation
from madoguchi.desk.lines import READY
from madoguchi.emergency.clocks import ReceiverKind


class ReceiverQuerySet(models.QuerySet["Receiver"]):
    def in_use(self, organisation_id: int) -> "ReceiverQuerySet":
        return self.filter(organisation_id=organisation_id, archived_at=None)


class Receiver(models.Model):
    """`area`: as people say it, such as 新宿区; empty: for everywhere."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    area = models.CharField(_("地域"), max_length=40, blank=True)
    kind = models.CharField(_("種類"), max_length=20, choices=ReceiverKind)
    name = models.CharField(_("名前"), max_length=60)
    phone = models.CharField(_("電話"), max_length=20)
    remark = models.CharField(_("受付時間など"), max_length=120, blank=True)
    archived_at = models.DateTimeField(null=True)

    objects = ReceiverQuerySet.as_manager()

    class Meta:
        ordering = ("area", "kind", "name", "pk")

    @property
    def key(self) -> str:
        return f"own-{self.pk}"


@dataclass(frozen=True)
class ReadyMade:
    """Reached from everywhere in Japan, at any hour."""

    key: str
    kind: str
    name: str
    phone: str
    remark: str | Promise
    area: str = ""


def _reached(number: str, kind: ReceiverKind, remark: Promise) -> ReadyMade:
    """One of the lines that friends are told of, as staff call it: its name and number stand there alone."""
    line = next(line for line in READY if line.number == number)
    return ReadyMade(number, kind, line.name, line.number, remark)


READY_MADE = (
    _reached("110", ReceiverKind.POLICE, _("いのちの危険があるとき。24時間")),
    _reached("119", ReceiverKind.AMBULANCE, _("けが・薬を飲んだとき。24時間")),
    _reached("189", ReceiverKind.CHILD_GUIDANCE, _("地域の児童相談所につながる。24時間")),
)
