"""TALK: a conversation is a span of its contact's thread; an assignment says who holds it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact
from madoguchi.desk import signs
from madoguchi.threads.models import Message


class State(models.TextChoices):
    WAITING = "waiting", _("待っています")
    LIVE = "live", _("対応中")
    CLOSED = "closed", _("終了")


class Outcome(models.TextChoices):
    RESOLVED = "resolved", _("解消")
    GUIDED = "guided", _("他窓口を案内")
    ENDED_BY_CONSULTER = "ended_by_consulter", _("相談者の都合で終了")
    NO_CONSULTATION = "no_consultation", _("間違い・無応答")
    HANDED_OVER = "handed_over", _("児童相談所へ引き継ぎ")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self) -> "ConversationQuerySet":
        return self.exclude(state=State.CLOSED)

    def waiting(self) -> "ConversationQuerySet":
        """Grave signs before all, then the longest wait first."""
        grave = Alert.objects.filter(conversation=models.OuterRef("pk"), acknowledged_at=None)
        waiting = self.filter(state=State.WAITING).annotate(is_grave=models.Exists(grave))
        return waiting.order_by("-is_grave", "waiting_since", "pk")

    def held_by(self, user: User) -> "ConversationQuerySet":
        return self.filter(state=State.LIVE, owner=user).order_by("taken_at", "pk")

    def held_by_others(self, user: User) -> "ConversationQuerySet":
        return self.filter(state=State.LIVE).exclude(owner=user).order_by("taken_at", "pk")

    def left_alone(self) -> "ConversationQuerySet":
        """Held by somebody who has been switched off or has no role to talk any more."""
        may_talk = models.Q(owner__deactivated_at=None, owner__roles__overlap=sorted(TALKERS))
        return self.filter(state=State.LIVE).exclude(may_talk)

    def visible_to(self, user: User) -> "ConversationQuerySet":
        """A counsellor sees those waiting and those held now or before; a supervisor the whole team's."""
        mine = self.filter(organisation_id=user.organisation_id)
        if user.has_role([Role.SUPERVISOR]):
            return mine
        if not user.has_role([Role.COUNSELLOR]):
            return self.none()
        held = Assignment.objects.filter(conversation=models.OuterRef("pk"), counsellor=user)
        return mine.filter(
            models.Q(state=State.WAITING)
            | models.Q(owner=user)
            | models.Q(models.Exists(held), state=State.CLOSED)
        )


class Conversation(models.Model):
    """`version` moves with every change of owner or state: compare-and-set, so that two who take get one winner."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("相談番号"))
    state = models.CharField(_("状態"), max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("担当"))
    first_message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    last_message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    automatic_answer = models.OneToOneField(Message, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("受付"), db_default=Now())
    waiting_since = models.DateTimeField(db_default=Now())
    taken_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(_("最初の回答"), null=True)
    friend_spoke_at = models.DateTimeField(null=True)  # the friend's last word that nobody has answered yet
    seen_number = models.PositiveIntegerField(default=0)  # up to which message its owner has opened it
    closed_at = models.DateTimeField(_("終了"), null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("結果"), max_length=20, choices=Outcome, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=~models.Q(state="closed"), name="one_open_conversation"),
            models.UniqueConstraint(fields=["channel", "number"], name="one_conversation_a_number"),
            models.CheckConstraint(
                condition=models.Q(state="closed") | models.Q(state="live", owner__isnull=False) | models.Q(state="waiting", owner=None),
                name="live_has_an_owner",
            ),
            models.CheckConstraint(condition=~models.Q(state="closed") | ~models.Q(outcome=""), name="closed_has_an_outcome"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "state", "waiting_since"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["contact", "-opened_at"]),
        ]

    def __str__(self) -> str:
        return f"相談 {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    def is_held_by(self, user: User) -> bool:
        return self.state == State.LIVE and self.owner_id == user.pk

    def may_be_ended_by(self, user: User) -> bool:
        """Closed or given back: by who holds it, and by a supervisor."""
        return self.is_held_by(user) or (self.state == State.LIVE and user.has_role([Role.SUPERVISOR]))


class Assignment(models.Model):
    """Who held a conversation from when to when; at most one at any instant."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at=None), name="one_owner_at_a_time"
            )
        ]


class Alert(models.Model):
    """A grave sign in a message, made with the message; it calls again until a person answers for it. Holds no words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="alerts")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    rules = models.JSONField()  # the names of the rules that matched, see desk.signs
    raised_at = models.DateTimeField(db_default=Now())
    calls = models.PositiveIntegerField(default=1)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)  # when it calls again (core.work); null once acknowledged
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="alert_due")
        ]

    @property
    def rule_labels(self) -> list[str]:
        return [signs.label(rule) for rule in self.rules]


class Intake(models.TextChoices):
    OPEN = "open", _("受付中")
    FULL = "full", _("混み合っています")
    CLOSED = "closed", _("受付時間外")


class Reception(models.Model):
    """How a channel takes people in: hours, capacity, and the texts that go out by themselves."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # seven of [from, to] as "HH:MM" or null, Monday first; empty: always open
    hours = models.JSONField(_("受付時間"), default=list)
    is_paused = models.BooleanField(_("受付を止める"), default=False)
    capacity = models.PositiveIntegerField(_("同時に受ける相談の数"), default=20)
    greeting = models.TextField(_("あいさつ（友だち追加のとき）"), max_length=2000)
    open_text = models.TextField(_("最初の自動応答（受付中）"), max_length=2000)
    full_text = models.TextField(_("最初の自動応答（混み合っているとき）"), max_length=2000)
    closed_text = models.TextField(_("最初の自動応答（受付時間外）"), max_length=2000)
    last_number = models.PositiveIntegerField(default=0, editable=False)
