"""Where friends come from: a poster, a school, a site. Each has a link and a QR code of its own, which count."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation
from madoguchi.channels.models import Channel

KEY_LETTERS = (
    "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when it is read from a poster
)


def new_key() -> str:
    return "".join(secrets.choice(KEY_LETTERS) for _place in range(10))


class Origin(models.Model):
    """`key` stands in the public address /from/<key>."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="+", verbose_name=_("LINE公式アカウント")
    )
    name = models.CharField(_("入口の名前"), max_length=60)
    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="one_origin_a_name")]

    def __str__(self) -> str:
        return self.name


class OriginVisit(models.Model):
    """How often an origin's link was opened on a day in Japan. A count, so that nobody is followed."""

    origin = models.ForeignKey(Origin, models.CASCADE, related_name="visits")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    visited_on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "visited_on"], name="one_count_a_day")]
