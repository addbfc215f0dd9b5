"""How a channel takes people in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.channels.models import Channel


class Intake(models.TextChoices):
    OPEN = "open", _("受付中")
    FULL = "full", _("混み合っています")
    CLOSED = "closed", _("受付時間外")


class Assigning(models.TextChoices):
    """How a waiting talk finds its counsellor."""

    BY_HAND = "by_hand", _("相談員が選んで担当する")
    NEXT = "next", _("相談員が「次の人」を担当する")
    AUTOMATIC = "automatic", _("手の空いた相談員に自動で割り当てる")


class SecondEyes(models.TextChoices):
    """Whose pick-up of a waiting talk a colleague confirms first; empty: nobody's."""

    GRAVE = "grave", _("重大な相談を担当するとき")
    ALWAYS = "always", _("どの相談を担当するときも")


class Reception(models.Model):
    """How a channel takes people in: hours, capacity, and the texts that go out by themselves."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # seven of [from, to] as "HH:MM" or null, Monday first; empty: always open
    hours = models.JSONField(_("受付時間"), default=list)
    is_paused = models.BooleanField(_("受付を止める"), default=False)
    capacity = models.PositiveIntegerField(_("同時に受ける相談の数"), default=20)
    assigning = models.CharField(
        _("担当の決め方"), max_length=10, choices=Assigning, default=Assigning.BY_HAND
    )
    # how much a counsellor is given by itself, and at most; a grave talk weighs two
    usual_load = models.PositiveSmallIntegerField(_("相談員ひとりの相談の数（ふだん）"), default=2)
    most_load = models.PositiveSmallIntegerField(_("相談員ひとりの相談の数（多くても）"), default=3)
    # by role; null: as for everybody
    trainee_load = models.PositiveSmallIntegerField(_("研修中の人の相談の数（多くても）"), default=1)
    supervisor_load = models.PositiveSmallIntegerField(
        _("スーパーバイザーの相談の数（多くても）"), null=True, blank=True
    )
    greeting = models.TextField(_("あいさつ（友だち追加のとき）"), max_length=2000)
    open_text = models.TextField(_("最初の自動応答（受付中）"), max_length=2000)
    full_text = models.TextField(_("最初の自動応答（混み合っているとき）"), max_length=2000)
    closed_text = models.TextField(_("最初の自動応答（受付時間外）"), max_length=2000)
    quiet_text = models.TextField(_("相手の返事がしばらくないとき"), max_length=2000, default="", blank=True)
    # Minutes after which something happens by itself; 0: never. Grave talks are spared (desk.elapsing).
    quiet_minutes = models.PositiveIntegerField(_("返事がないとき、声をかけるまで（分）"), default=20)
    wrap_up_minutes = models.PositiveIntegerField(_("声をかけたあと、まとめに移すまで（分）"), default=40)
    hold_minutes = models.PositiveIntegerField(_("保留を知らせるまで（分）"), default=15)
    waiting_minutes = models.PositiveIntegerField(
        _("待っている人がいることを全員に知らせるまで（分）"), default=10
    )
    missed_minutes = models.PositiveIntegerField(_("だれも答えないまま終わるまで（分）"), default=24 * 60)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    # A supervisor deals this queue out by hand: since when nobody takes from it by themselves, and who said so.
    queue_held_at = models.DateTimeField(null=True, editable=False)
    queue_held_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    second_eyes = models.CharField(
        _("担当するときの、もうひとりの確認"), max_length=10, choices=SecondEyes, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_load__gte=models.F("usual_load"), usual_load__gte=1),
                name="most_is_not_less_than_usual",
            )
        ]
