"""Handing a talk over warmly: asked for with a note, both see the talk, and it changes hands when it is accepted."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.desk.models.conversation import Conversation
from madoguchi.desk.models.duty import Duty, DutyState
from madoguchi.desk.models.presence import GONE_AFTER, has_ended, is_unseen


class HandOverEnd(models.TextChoices):
    ACCEPTED = "accepted", _("引き継ぎました")
    DECLINED = "declined", _("断られました")
    WITHDRAWN = "withdrawn", _("取り下げました")
    RETURNED = "returned", _("相手が席にいないので戻りました")


UNACCEPTED = (HandOverEnd.DECLINED, HandOverEnd.RETURNED)


ASKED_OF_ALL = models.Q(to_counsellor=None, to_skill="")


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def pending(self) -> "HandOverQuerySet":
        return self.filter(end="")

    def unheard(self) -> "HandOverQuerySet":
        """Pending for some minutes, while nobody who is asked is at a desk."""
        here = Duty.objects.filter(
            organisation=models.OuterRef("organisation"), seen_at__gt=Now() - GONE_AFTER
        )
        here = here.exclude(state=DutyState.ENDED).exclude(counsellor=models.OuterRef("asked_by"))
        able = here.filter(skills__contains=[models.OuterRef("to_skill")])
        person = models.Q(to_counsellor__isnull=False) & (
            is_unseen("to_counsellor") | has_ended("to_counsellor")
        )
        skill = ~models.Q(to_skill="") & ~models.Q(models.Exists(able))
        queue = ASKED_OF_ALL & ~models.Q(models.Exists(here))
        return self.pending().filter(asked_at__lt=Now() - GONE_AFTER).filter(person | skill | queue)

    def news_for(self, user: User | int) -> "HandOverQuerySet":
        """How they ended, for who has not read it: not accepted, told to who asked; come back, told to both."""
        asked = models.Q(asked_by=user, asker_saw_at=None, end__in=UNACCEPTED)
        was_asked = models.Q(to_counsellor=user, asked_saw_at=None, end=HandOverEnd.RETURNED)
        return self.filter(asked | was_asked)

    def asked_of(self, user: User, skills: list[str]) -> "HandOverQuerySet":
        """Those that this person may accept: asked by name, of one of the person's skills, or of all."""
        by_skill = models.Q(to_skill__in=skills) & ~models.Q(to_skill="")
        found = self.pending().filter(models.Q(to_counsellor=user) | by_skill | ASKED_OF_ALL)
        return found.exclude(asked_by=user)


class HandOver(models.Model):
    """To a person, to whoever has a skill, or to whoever takes it. Until the end is known, who held the talk still does."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="hand_overs")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_counsellor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_skill = models.CharField(max_length=20, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    sealed_words = models.BinaryField()
    asked_at = models.DateTimeField(db_default=Now())
    end = models.CharField(max_length=10, choices=HandOverEnd, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # who has read how it ended: who asked, and who was asked by name
    asker_saw_at = models.DateTimeField(null=True)
    asked_saw_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(end=""), name="one_pending_hand_over"
            ),
            models.CheckConstraint(
                condition=models.Q(to_counsellor=None) | models.Q(to_skill=""), name="handed_to_one_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["to_counsellor"], condition=models.Q(end=""), name="hand_over_to"),
            models.Index(
                fields=["asked_by"],
                condition=models.Q(end__in=UNACCEPTED, asker_saw_at=None),
                name="hand_over_unaccepted",
            ),
            models.Index(
                fields=["to_counsellor"],
                condition=models.Q(end="returned", asked_saw_at=None),
                name="hand_over_returned",
            ),
        ]

    @property
    def words(self) -> str:
        return str(self.conversation.contact.unseal("desk_handover", "words", self.token, self.sealed_words))
