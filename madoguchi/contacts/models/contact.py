"""A LINE friend, as one account knows one. The LINE id and name are sealed; a keyed hash finds the row again."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts import keys
from madoguchi.accounts.models import Organisation, User
from madoguchi.channels.models import Channel
from madoguchi.contacts.handles import new_handle
from madoguchi.contacts.models.attribute import READERS
from madoguchi.contacts.models.origin import Origin
from madoguchi.contacts.models.speaker import Speaker, side
from madoguchi.core import seal


class ProfileState(models.TextChoices):
    UNKNOWN = "unknown", _("未取得")
    KNOWN = "known", _("取得済み")
    ABSENT = "absent", _("取得できません")


@dataclass(frozen=True)
class Secret:
    """What was agreed with a friend. `word`: folded; turns the thread harmless and back. `way_back`: the number of the harmless
    text that leads back when it is tapped twice; -1: none. `name`: what we are called, instead of the channel's quiet name.
    `awaits`: the next word is the one to agree on. `taps`: how often the way back was tapped in a row."""

    word: str = field(default="", repr=False)
    way_back: int = field(default=-1, repr=False)
    name: str = field(default="", repr=False)
    awaits: bool = False
    taps: int = field(default=0, repr=False)

    @property
    def has_way_back(self) -> bool:
        """The friend alone can end what is harmless."""
        return bool(self.word) or self.way_back >= 0


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> "ContactQuerySet":
        """The friends of the organisation, for who talks with them or sends to them."""
        return self.filter(organisation_id=user.organisation_id) if user.has_role(READERS) else self.none()

    def reachable(self) -> "ContactQuerySet":
        return self.filter(blocked_at=None)

    def locked(self) -> "ContactQuerySet":
        """For the rest of the transaction. Not their keys: rows that only refer to a contact, as a note of whoever holds the
        talk does, are checked at their commit, and would wait here."""
        return self.select_for_update(of=("self",), no_key=True)


class Contact(models.Model):
    """One friend of one channel. `last_number` and `last_revision` count the messages of the thread and are moved
    under this row's lock, so a reader that pulls after a revision misses nothing."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    line_id_hash = models.BinaryField(max_length=32)
    wrapped_key = models.BinaryField()
    key_epoch = models.PositiveIntegerField()
    sealed_line_id = models.BinaryField()
    sealed_profile = models.BinaryField(null=True)  # {"name": str, "picture": str, "language": str}
    handle = models.CharField(_("呼び名"), max_length=30, default=new_handle)
    last_number = models.PositiveIntegerField(default=0)
    last_revision = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField(db_default=Now())
    followed_at = models.DateTimeField(_("友だち追加"), null=True)
    blocked_at = models.DateTimeField(_("ブロック"), null=True)
    # LINE's time of the newest follow or unfollow: an older one changes nothing
    reachability_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField(
        _("最後の動き"), db_default=Now()
    )  # wrote, answered or added the account
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, related_name="+", verbose_name=_("入口"))
    origin_at = models.DateTimeField(null=True)
    # What keeps this friend safe (contacts.wishes). All in the plain but what would give it away, and read with the row.
    speaker = models.CharField(max_length=10, choices=Speaker, blank=True)  # in the talk that is open now
    safe_from = models.TimeField(null=True)  # both or none; in Japan's time, may pass midnight
    safe_until = models.TimeField(null=True)
    is_silent = models.BooleanField(default=False)  # we never write first
    is_quiet = models.BooleanField(default=False)  # under the channel's quiet name
    harmless_since = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)  # from harmless; null again once a person has seen to it
    sealed_safety = models.BinaryField(null=True)  # see Secret
    profile_state = models.CharField(max_length=10, choices=ProfileState, default=ProfileState.UNKNOWN)
    # The profile look-up is work (core.work): due, leased, tried again; it never holds up a message.
    due_at = models.DateTimeField(null=True, db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "line_id_hash"], name="one_contact_a_line_id"),
            models.CheckConstraint(
                condition=models.Q(safe_from=None, safe_until=None)
                | models.Q(safe_from__isnull=False, safe_until__isnull=False)
                & ~models.Q(safe_from=models.F("safe_until")),
                name="safe_hours_begin_and_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(due_at__isnull=False), name="contact_profile_due"
            ),
            models.Index(fields=["organisation", "-active_at", "-id"]),
            models.Index(fields=["id"], condition=~models.Q(speaker=""), name="contact_speaking"),
        ]

    def __str__(self) -> str:
        return f"{self.handle} {self.pk}"

    @property
    def data_key(self) -> bytes:
        return keys.data_key(self.organisation_id, self.wrapped_key, self.key_epoch)

    def place(self, table: str, column: str, row: object) -> bytes:
        """Associated data of a value of this contact. The LINE id's hash stands for the contact, known before the row is."""
        return seal.place(self.organisation_id, table, column, row, bytes(self.line_id_hash).hex())

    def seal(self, table: str, column: str, row: object, value: Any) -> bytes:
        return seal.seal(
            self.data_key, json.dumps(value, ensure_ascii=False).encode(), self.place(table, column, row)
        )

    def unseal(self, table: str, column: str, row: object, sealed: Any) -> Any:
        return json.loads(seal.unseal(self.data_key, sealed, self.place(table, column, row)))

    @property
    def line_id(self) -> str:
        return str(self.unseal("contacts_contact", "line_id", "", self.sealed_line_id))

    @property
    def profile(self) -> dict[str, str]:
        """{"name", "picture", "language"}; empty while it is not known."""
        return (
            self.unseal("contacts_contact", "profile", "", self.sealed_profile) if self.sealed_profile else {}
        )

    @property
    def side(self) -> str:
        """Whose eyes are at the telephone in the talk that is open now; empty: nobody's that we know."""
        return side(self.speaker)

    @property
    def secret(self) -> Secret:
        if not self.sealed_safety:
            return Secret()
        return Secret(**self.unseal("contacts_contact", "safety", "", self.sealed_safety))

    def seal_secret(self, secret: Secret) -> bytes | None:
        return self.seal("contacts_contact", "safety", "", asdict(secret)) if secret != Secret() else None
