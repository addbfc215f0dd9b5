"""Who is speaking: several people may use one account, and are sides of it that do not see each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Speaker(models.TextChoices):
    SELF = "self", _("本人")
    MOTHER = "mother", _("母")
    FATHER = "father", _("父")
    GUARDIAN = "guardian", _("その他の保護者")
    THIRD = "third", _("第三者")
    UNKNOWN = "unknown", _("不明")


def side(speaker: str) -> str:
    """The side that a speaker is on. Whoever would not say, and whoever was not asked, is on none, which sees nothing of any."""
    return "" if speaker == Speaker.UNKNOWN else speaker
