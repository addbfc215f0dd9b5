"""A conversation is a span of its contact's thread; an assignment says who holds it."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, ExpressionWrapper, Q, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least, Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact, Speaker
from madoguchi.desk.models.duty import Duty
from madoguchi.desk.models.presence import GONE_AFTER, has_ended, is_away, is_unseen
from madoguchi.desk.models.reception import Assigning, Intake, Reception
from madoguchi.threads.models import Message


class State(models.TextChoices):
    WAITING = "waiting", _("待っています")
    LIVE = "live", _("対応中")
    HOLD = "hold", _("保留")
    LATER = "later", _("あとで答える")
    WRAP_UP = "wrap_up", _("まとめ中")
    CLOSED = "closed", _("終了")


# Somebody's: that person alone writes to the friend, and hears the friend's next word.
HELD = (State.LIVE, State.HOLD, State.LATER, State.WRAP_UP)
# What fills a counsellor: the friend is there, or may be back at any moment.
ON_THE_LINE = (State.LIVE, State.HOLD)


class Outcome(models.TextChoices):
    RESOLVED = "resolved", _("解消")
    GUIDED = "guided", _("他窓口を案内")
    ENDED_BY_CONSULTER = "ended_by_consulter", _("相談者の都合で終了")
    NO_CONSULTATION = "no_consultation", _("間違い・無応答")
    HANDED_OVER = "handed_over", _("児童相談所へ引き継ぎ")


class Missed(models.TextChoices):
    """Why nobody answered: an access is either handled, with an outcome, or missed, with one of these."""

    CLOSED = "closed", _("受付時間外だった")
    FULL = "full", _("混み合っていた")
    GAVE_UP = "gave_up", _("待ちきれずに終わった")


class Promise(models.TextChoices):
    """What the person chose when nobody could answer at once: one queue, three promises."""

    NOW = "now", _("このまま待つ")
    LATER = "later", _("あとで返事をもらう")
    BOOKED = "booked", _("時間を決めて話す")


GRAVE_WEIGHT = 2
EARLY = timedelta(minutes=10)  # so long before a promised moment its talk stands in the queue
GRAVE_LEAD = timedelta(minutes=30)  # a grave talk goes before whoever has not waited so much longer
LIFTED_LEAD = timedelta(minutes=15)  # and so does who was lifted by an answer


_WEIGHT = Case(When(grave_at__isnull=False, then=Value(GRAVE_WEIGHT)), default=Value(1))


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self) -> "ConversationQuerySet":
        return self.exclude(state=State.CLOSED)

    def counted(self) -> "ConversationQuerySet":
        """Whatever is counted, weighed, called about or reported: real talks. What is played for practice never counts."""
        return self.filter(channel__is_practice=False)

    def waiting(self) -> "ConversationQuerySet":
        return self.filter(state=State.WAITING).annotate(turn_at=turn_at()).order_by("turn_at", "pk")

    def ready(self) -> "ConversationQuerySet":
        """Those waiting whose turn may come now: not who was promised a later moment, unless the talk is grave."""
        return self.waiting().filter(turn_may_come(Now()))

    def held_by(self, user: User) -> "ConversationQuerySet":
        return self.filter(state__in=HELD, owner=user).order_by("taken_at", "pk")

    def held_by_others(self, user: User) -> "ConversationQuerySet":
        return self.filter(state__in=HELD).exclude(owner=user).order_by("taken_at", "pk")

    def load(self) -> int:
        """How much these talks weigh for who holds them: those on the line, a grave one as two."""
        return int(
            self.counted().filter(state__in=ON_THE_LINE).aggregate(load=Coalesce(Sum(_WEIGHT), 0))["load"]
        )

    def loads(self) -> dict[int, int]:
        """`load` of each who holds any of these talks, by the holder's id."""
        held = self.counted().filter(state__in=ON_THE_LINE, owner__isnull=False).order_by().values("owner")
        return dict(held.annotate(load=Sum(_WEIGHT)).values_list("owner", "load"))

    def left_alone(self) -> "ConversationQuerySet":
        """Held by somebody who has been switched off or has no role to talk any more."""
        may_talk = Q(owner__deactivated_at=None, owner__roles__overlap=sorted(TALKERS))
        return self.filter(state__in=HELD).exclude(may_talk)

    def unattended(self) -> "ConversationQuerySet":
        """The friend waits for an answer, or a promise is past, and the holder is not at a desk: not seen for some minutes, away
        for some minutes, or gone for the day."""
        on_the_line = Q(state__in=ON_THE_LINE, friend_spoke_at__isnull=False)
        past = Q(state=State.LATER, promised_at__lt=Now())
        long = past | Q(friend_spoke_at__lt=Now() - GONE_AFTER)
        is_gone = is_unseen("owner") | (long & (has_ended("owner") | is_away("owner")))
        return self.counted().filter(on_the_line | past).filter(is_gone)

    def left(self) -> "ConversationQuerySet":
        """Those that are known to be unattended, the longest wait first."""
        return self.filter(left_at__isnull=False, state__in=HELD).order_by("friend_spoke_at", "pk")

    def visible_to(self, user: User) -> "ConversationQuerySet":
        """A counsellor sees those waiting (but none of a channel where the next one is taken unseen), those held now or before,
        and those being handed over to that person; a supervisor the whole team's."""
        mine = self.filter(organisation_id=user.organisation_id)
        if user.has_role([Role.SUPERVISOR]):
            return mine
        if not user.has_role([Role.COUNSELLOR]):
            return self.none()
        held = Assignment.objects.filter(conversation=models.OuterRef("pk"), counsellor=user)
        was_mine = Q(models.Exists(held), state=State.CLOSED)
        return mine.filter(waiting_for(user.organisation_id) | Q(owner=user) | was_mine | Q(_handed_to(user)))


def waiting_for(organisation_id: int) -> Q:
    """Those who wait and whom a counsellor may see: not where people are taken in turn, unseen."""
    in_turn = Reception.objects.filter(organisation_id=organisation_id, assigning=Assigning.NEXT)
    return Q(state=State.WAITING) & ~Q(channel_id__in=in_turn.values("channel_id"))


def turn_may_come(now: Any) -> Q:
    """Whether it may be somebody's turn at `now`: a promise holds no grave talk back."""
    return Q(promised_at=None) | Q(promised_at__lte=now + EARLY) | Q(grave_at__isnull=False)


def waits_since() -> Case:
    """Since when a talk counts as waiting: a promise from the moment that was promised, but a grave talk never from later than
    its own first word."""
    first = Least("promised_at", "waiting_since")  # of what is set
    return Case(When(grave_at__isnull=False, then=first), default=Coalesce("promised_at", "waiting_since"))


def turn_at() -> Case:
    """What the queue is ordered by: since when a talk waits, a grave one as if it had waited half an hour longer, one that answers
    have lifted a little longer. The longest wait comes first, so nobody waits for ever."""

    def led(lead: timedelta) -> Combinable:
        return ExpressionWrapper(waits_since() - lead, models.DateTimeField())

    return Case(
        When(grave_at__isnull=False, then=led(GRAVE_LEAD)),
        When(lifted_at__isnull=False, then=led(LIFTED_LEAD)),
        default=waits_since(),
    )


def _handed_to(user: User) -> models.Exists:
    """Somebody wants to hand it over to this person, to a skill of this person's, or to all: both see it until that has ended."""
    skills = Duty.objects.filter(counsellor=user).annotate(skill=models.Func("skills", function="unnest"))
    to_whom = (
        Q(hand_overs__to_counsellor=user)
        | Q(hand_overs__to_skill__in=skills.values("skill"))
        | Q(hand_overs__to_counsellor__isnull=True, hand_overs__to_skill="")
    )
    # In one filter: the pending one and nothing that was asked before.
    return models.Exists(Conversation.objects.filter(to_whom, pk=models.OuterRef("pk"), hand_overs__end=""))


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
    # How it came: what the friend was told of our hours, what was promised, and who is speaking this time.
    intake = models.CharField(_("受付のとき"), max_length=10, choices=Intake, default=Intake.OPEN)
    promise = models.CharField(_("約束"), max_length=10, choices=Promise, blank=True)
    promised_at = models.DateTimeField(_("約束の時刻"), null=True)
    near_asked_at = models.DateTimeField(
        null=True
    )  # wants one word when the turn comes near; null again when it was said
    lifted_at = models.DateTimeField(
        null=True
    )  # since when answers lift it in the queue, without being grave
    steered_at = models.DateTimeField(null=True)  # since when answers have moved it, or called somebody to it
    speaker = models.CharField(_("話している人"), max_length=10, choices=Speaker, blank=True)
    sealed_approach = models.BinaryField(
        null=True
    )  # what the next one who talks with this friend should know
    needs = ArrayField(models.CharField(max_length=20), default=list)  # keys of Skill
    # Since when it is held to be grave: by a rule until a person has looked (null), by that person after.
    grave_at = models.DateTimeField(null=True)
    grave_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_answered_at = models.DateTimeField(_("最初の回答"), null=True)
    friend_spoke_at = models.DateTimeField(null=True)  # the friend's last word that nobody has answered yet
    last_spoke_at = models.DateTimeField(db_default=Now())  # anybody: what idle rules count from
    state_since = models.DateTimeField(db_default=Now())
    seen_number = models.PositiveIntegerField(default=0)  # up to which message its owner has opened it
    closed_at = models.DateTimeField(_("終了"), null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("結果"), max_length=20, choices=Outcome, blank=True)
    missed = models.CharField(_("対応できなかった理由"), max_length=10, choices=Missed, blank=True)
    # The next moment at which something happens by itself (desk.elapsing); core.work claims it.
    nudged_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)  # since when the friend waits and its holder is not at a desk
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    # Names of the modules that its channel has switched on; known of a talk that has just been opened.
    modules: tuple[str, ...] = ()

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=~Q(state="closed"), name="one_open_conversation"),
            models.UniqueConstraint(fields=["channel", "number"], name="one_conversation_a_number"),
            models.CheckConstraint(
                condition=Q(state="closed") | (Q(state="waiting") & Q(owner=None)) | (~Q(state="waiting") & Q(owner__isnull=False)),
                name="whose_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(outcome="") & Q(missed="")) | (Q(outcome="") & ~Q(missed="")),
                name="handled_or_missed",
            ),
            models.CheckConstraint(condition=Q(missed="") | Q(first_answered_at=None), name="answered_is_not_missed"),
            models.CheckConstraint(condition=~Q(state="later") | Q(promised_at__isnull=False), name="later_has_a_moment"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "state", "waiting_since"]),
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["contact", "-opened_at"]),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="conversation_due"),
            models.Index(fields=["state"], condition=Q(state__in=HELD), name="conversation_held"),
            models.Index(
                fields=["organisation"], condition=Q(left_at__isnull=False), name="conversation_left"
            ),
            models.Index(
                fields=["channel"], condition=Q(near_asked_at__isnull=False), name="conversation_near"
            ),
            models.Index(
                fields=["channel", "promised_at"],
                condition=Q(state="waiting", promised_at__isnull=False),
                name="conversation_promised",
            ),
        ]

    def __str__(self) -> str:
        return f"相談 {self.number}"

    @property
    def approach(self) -> str:
        """The approach recommended for the next talk; empty when nobody wrote one."""
        sealed = self.sealed_approach
        return str(self.contact.unseal("desk_conversation", "approach", self.pk, sealed)) if sealed else ""

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    def is_held_by(self, user: User) -> bool:
        return self.state in HELD and self.owner_id == user.pk

    def may_be_ended_by(self, user: User) -> bool:
        """Closed or given back: by who holds it, and by a supervisor."""
        return self.is_held_by(user) or (self.state in HELD and user.has_role([Role.SUPERVISOR]))

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def weight(self) -> int:
        """What it adds to a counsellor's load."""
        return GRAVE_WEIGHT if self.grave_at else 1


class Assignment(models.Model):
    """Who held a conversation from when to when; at most one at any instant."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )  # null: the desk itself
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at=None), name="one_owner_at_a_time"
            )
        ]
