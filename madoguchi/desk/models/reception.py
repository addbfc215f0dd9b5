"""How a channel takes people in."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.channels.models import Channel


class Intake(models.TextChoices):
    OPEN = "open", _("受付中")
    FULL = "full", _("混み合っています")
    CLOSED = "closed", _("受付時間外")
    PAUSED = "paused", _("受付を止めています")


class Assigning(models.TextChoices):
    """How a waiting talk finds its counsellor."""

    BY_HAND = "by_hand", _("相談員が選んで担当する")
    NEXT = "next", _("相談員が「次の人」を担当する")
    AUTOMATIC = "automatic", _("手の空いた相談員に自動で割り当てる")


class SecondEyes(models.TextChoices):
    """Whose pick-up of a waiting talk a colleague confirms first; empty: nobody's."""

    GRAVE = "grave", _("重大な相談を担当するとき")
    ALWAYS = "always", _("どの相談を担当するときも")


class ByHand(models.TextChoices):
    """What a person has said of the intake, whatever the hours and the queue say; empty: nothing."""

    PAUSED = "paused", _("受付を止める")
    FULL = "full", _("混み合っていることにする")


class Holidays(models.TextChoices):
    """What counts on a national holiday."""

    AS_WEEKDAY = "as_weekday", _("曜日どおりに受け付ける")
    CLOSED = "closed", _("休む")
    OWN = "own", _("祝日の受付時間で受け付ける")


class Reception(models.Model):
    """How a channel takes people in: hours, capacity, and the texts that go out by themselves."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # Seven days, Monday first, each a list of [from, to] as "HH:MM"; what ends after midnight ends at "26:00". Empty: always
    # open. `special_days`: {"YYYY-MM-DD": {"spans": [[from, to]], "note": words for staff}}, which go before all else.
    hours = models.JSONField(_("受付時間"), default=list)
    holidays = models.CharField(_("国民の祝日"), max_length=10, choices=Holidays, default=Holidays.AS_WEEKDAY)
    holiday_hours = models.JSONField(_("祝日の受付時間"), default=list)
    special_days = models.JSONField(_("特別な日"), default=dict)
    # What a person said of the intake, since when and until when (null: until somebody ends it), and the text for this time.
    by_hand = models.CharField(_("手で変えた受付"), max_length=10, choices=ByHand, blank=True)
    by_hand_at = models.DateTimeField(null=True)
    by_hand_until = models.DateTimeField(_("自動で元に戻る時刻"), null=True)
    by_hand_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_hand_text = models.TextField(_("そのあいだの自動応答"), max_length=2000, default="", blank=True)
    needs_shift = models.BooleanField(_("シフトに入っている人がいる間だけ受け付ける"), default=False)
    is_sized_by_shift = models.BooleanField(
        _("受ける数を、シフトに入って「受けられます」の人から決める"), default=False
    )
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
    paused_text = models.TextField(
        _("最初の自動応答（受付を止めているとき）"), max_length=2000, default="", blank=True
    )
    quiet_text = models.TextField(_("相手の返事がしばらくないとき"), max_length=2000, default="", blank=True)
    missed_text = models.TextField(
        _("だれも答えられないまま終わるとき"), max_length=2000, default="", blank=True
    )
    # Minutes after which something happens by itself; 0: never. Grave talks are spared (desk.elapsing).
    quiet_minutes = models.PositiveIntegerField(_("返事がないとき、声をかけるまで（分）"), default=20)
    wrap_up_minutes = models.PositiveIntegerField(_("声をかけたあと、まとめに移すまで（分）"), default=40)
    hold_minutes = models.PositiveIntegerField(_("保留を知らせるまで（分）"), default=15)
    summing_minutes = models.PositiveIntegerField(_("まとめの残りを知らせるまで（分）"), default=30)
    waiting_minutes = models.PositiveIntegerField(
        _("待っている人がいることを全員に知らせるまで（分）"), default=10
    )
    answer_minutes = models.PositiveIntegerField(
        _("担当の人の返事を待っていることを知らせるまで（分）"), default=10
    )
    missed_minutes = models.PositiveIntegerField(_("だれも答えないまま終わるまで（分）"), default=24 * 60)
    # What is offered to who cannot be answered at once (desk.choices).
    offers_choices = models.BooleanField(
        _("すぐに答えられないとき、待ち方を選べるボタンをつける"), default=True
    )
    offers_from = models.PositiveSmallIntegerField(
        _("受付中でも、待っている人が何人いたらボタンをつけるか"), default=0
    )
    later_minutes = models.PositiveSmallIntegerField(
        _("「あとで返事」を約束するまでの受付時間（分）"),
        default=120,
        validators=[MinValueValidator(15), MaxValueValidator(24 * 60)],
    )
    later_capacity = models.PositiveSmallIntegerField(_("1枠に約束する「あとで返事」の数"), default=4)
    slot_minutes = models.PositiveSmallIntegerField(
        _("1枠の長さ（分）"), default=30, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    slot_capacity = models.PositiveSmallIntegerField(_("1枠に予約できる人数"), default=1)
    # Names of what else runs when somebody comes; each is a module of its own, and one that is not named costs nothing.
    modules = ArrayField(models.CharField(max_length=20), verbose_name=_("使う機能"), default=list)
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
