"""Events as they came. Stored before they are understood; kept until they have had their one effect, and after."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact

MEANINGS = {
    "message": _("メッセージ"),
    "answer": _("アンケートの回答"),
    "choice": _("待ち方の選択"),
    "repeated": _("くり返し（すでに受信）"),
    "unsend": _("送信取り消し"),
    "follow": _("友だち追加"),
    "unfollow": _("ブロック"),
    "overtaken": _("あとの変化が先に届いた"),
    "postback": _("ボタン"),
    "noted": _("トークに記録"),
    "not_understood": _("未対応の種類"),
    "group": _("グループ（トークに入れない）"),
    "without_person": _("相手のIDなし"),
    "account": _("アカウントへの通知"),
}


class InboundEvent(models.Model):
    """One webhook event. The door writes it before it answers 200; the worker gives it its one effect.

    `sealed_body` is a webhook body that holds just this event: the bytes as they came when it came alone. It is sealed
    with the channel's key until a contact is known, then with the contact's, so that erasing the person erases it.
    """

    # The hottest table: no constraint and no index of its own for ids that the door has just read from their tables,
    # where channels and organisations are never removed. Each would cost every webhook.
    organisation = models.ForeignKey(
        Organisation, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    channel = models.ForeignKey(
        Channel, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    event_id = models.CharField(max_length=64)
    kind = models.CharField(_("種類"), max_length=64)
    # keyed hash of the source; events of one sender are handled in order
    sender = models.BinaryField(null=True)
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(_("受信"), db_default=Now())
    sealed_body = models.BinaryField(null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    meaning = models.CharField(_("扱い"), max_length=40, blank=True)  # what it became, see inbox.router
    finished_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(_("取り置き"), null=True)
    # where its handler broke; never content
    trouble = models.CharField(_("理由"), max_length=120, blank=True)
    due_at = models.DateTimeField(null=True, db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(db_default=0, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "event_id"], name="one_row_an_event")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(due_at__isnull=False), name="event_due_in_order"),
            models.Index(
                fields=["channel", "sender", "happened_at", "event_id"],
                condition=models.Q(due_at__isnull=False),
                name="event_due_of_sender",
            ),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="event_of_contact"),
            models.Index(fields=["organisation", "set_aside_at"], condition=models.Q(set_aside_at__isnull=False), name="event_set_aside"),
        ]  # fmt: skip

    @property
    def meaning_text(self) -> str:
        """What became of it, in words."""
        return str(MEANINGS.get(self.meaning, self.meaning or "—"))
