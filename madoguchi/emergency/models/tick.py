"""One answer on the checklist of a grave talk: who ticked it and when. Answers are added, never changed: the last one counts."""

import uuid

from django.db import models
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.desk.models import Conversation
from madoguchi.emergency.questions import ITEMS, Answer, Item


class Tick(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    item = models.CharField(max_length=30)  # a key of questions.ITEMS
    answer = models.CharField(max_length=10, choices=Answer)
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    sealed_words = models.BinaryField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["conversation", "item", "-id"])]

    @property
    def words(self) -> str:
        if self.sealed_words is None:
            return ""
        return str(self.conversation.contact.unseal("emergency_tick", "words", self.token, self.sealed_words))

    @property
    def asked(self) -> Item | None:
        return ITEMS.get(self.item)
