"""A LINE official account that this desk answers."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts import keys
from madoguchi.accounts.models import Organisation, User
from madoguchi.core import seal


class ChannelQuerySet(models.QuerySet["Channel"]):
    def of(self, user: User) -> "ChannelQuerySet":
        return self.filter(organisation_id=user.organisation_id)

    def real(self) -> "ChannelQuerySet":
        """Those that LINE knows: not the one for practice."""
        return self.filter(is_practice=False)


class Channel(models.Model):
    """One Messaging API channel. Its secret and token are sealed with a data key of its own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("名前"), max_length=60)
    # in the webhook's address; unguessable
    key = models.CharField(max_length=43, unique=True, editable=False)
    line_channel_id = models.CharField(_("チャネルID"), max_length=20)
    bot_user_id = models.CharField(max_length=33, blank=True, editable=False)
    basic_id = models.CharField(max_length=40, blank=True, editable=False)
    wrapped_key = models.BinaryField(editable=False)
    key_epoch = models.PositiveIntegerField(editable=False)
    sealed_secret = models.BinaryField(editable=False)
    # still accepted while LINE changes over
    sealed_former_secret = models.BinaryField(null=True, editable=False)
    former_secret_until = models.DateTimeField(null=True, editable=False)
    # null: short tokens are fetched with id and secret
    sealed_token = models.BinaryField(null=True, editable=False)
    # The LINE Login channel of the same provider and its LIFF app; neither is a secret, and empty without LIFF.
    login_channel_id = models.CharField(_("LINEログインのチャネルID"), max_length=20, blank=True, default="")
    liff_id = models.CharField(_("LIFF ID"), max_length=32, blank=True, default="")
    # How this account keeps friends safe; empty texts and names: those that come with the product (channels.harmless).
    asks_speaker = models.BooleanField(_("相談が始まるとき、話している人をたずねる"), default=True)
    harmless_texts = models.JSONField(_("画面をかえている間のお知らせ"), default=list, blank=True)
    quiet_name = models.CharField(_("ひかえめな名前"), max_length=20, blank=True, default="")
    quiet_icon = models.CharField(_("ひかえめなアイコン"), max_length=10, blank=True, default="")
    is_quiet = models.BooleanField(_("すべての友だちに、ひかえめな名前で送る"), default=False)
    # talks that are played from a script: never sent to LINE, never counted
    is_practice = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    checked_at = models.DateTimeField(null=True, editable=False)
    check_result = models.JSONField(default=dict, editable=False)  # see actions.keep_findings

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            # over all organisations: two who answer for one account would each have half of it
            models.UniqueConstraint(fields=["line_channel_id"], name="one_channel_a_line_channel"),
            models.UniqueConstraint(
                fields=["liff_id"], condition=~models.Q(liff_id=""), name="one_channel_a_liff_app"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_proven(self) -> bool:
        """LINE has once said who this account is: from then on its channel ID stays."""
        return bool(self.bot_user_id)

    @property
    def data_key(self) -> bytes:
        return keys.data_key(self.organisation_id, self.wrapped_key, self.key_epoch)

    def seal(self, column: str, text: str) -> bytes:
        return seal.seal(self.data_key, text.encode(), self.place(column))

    def unseal(self, column: str) -> str:
        """The plain text of `sealed_<column>`, or an empty string when it is not set."""
        sealed: Any = getattr(self, f"sealed_{column}")
        return seal.unseal(self.data_key, sealed, self.place(column)).decode() if sealed else ""

    def place(self, column: str) -> bytes:
        return seal.place(self.organisation_id, "channels_channel", column.removeprefix("former_"), self.key)

    def secrets(self) -> list[str]:
        """The secrets a webhook may be signed with: today's, and the former one during a change."""
        return [secret for secret in (self.unseal("secret"), self.unseal("former_secret")) if secret]
