"""What else a person can call or write to."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation


class OtherLine(models.Model):
    """Another line: its name, number, hours in words. `area`: the beginning of the codes of the areas it is for (JIS X 0401 and
    0402: 13 is Tokyo, 13104 is Shinjuku), empty: for everybody."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(_("窓口の名前"), max_length=60)
    number = models.CharField(_("電話番号など"), max_length=60)
    hours = models.CharField(_("受付時間"), max_length=60, blank=True)
    note = models.CharField(_("ひとこと"), max_length=80, blank=True)
    area = models.CharField(
        _("地域の番号"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{2}(\d{3})?\Z", _("都道府県の2けたか、市区町村の5けたの番号で書いてください。"))],
    )  # fmt: skip
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
