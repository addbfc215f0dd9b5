"""Surveys, their frozen versions, and what friends answered.

A submission has no place to remember: which question comes next follows from its answers (surveys.flow). Choices,
numbers and dates are kept in the plain, keyed by a pseudonymous contact; words, places and postcodes are sealed with
the contact's key.
"""

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, Role, User
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Consent, Contact, Purpose, Speaker
from madoguchi.core import clock
from madoguchi.surveys.definition import Definition, Wording, from_json
from madoguchi.surveys.given import Given
from madoguchi.threads.models import Message

SEE_ALL = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.COUNSELLOR)


def new_token() -> str:
    """22 characters that nobody guesses."""
    return secrets.token_urlsafe(16)


class SurveyQuerySet(models.QuerySet["Survey"]):
    def of(self, user: User) -> "SurveyQuerySet":
        return self.filter(organisation_id=user.organisation_id)

    def current(self) -> "SurveyQuerySet":
        return self.filter(archived_at=None)

    def visible_to(self, user: User) -> "SurveyQuerySet":
        """Those this person may see. Whoever only delivers sees nothing that is for consultations alone."""
        mine = self.of(user)
        return mine if user.has_role(SEE_ALL) else mine.filter(purpose__in=(Purpose.DELIVERY, Purpose.BOTH))

    def asked_in_talks(self) -> "SurveyQuerySet":
        """Those that friends may answer now and that consultations may ask."""
        begun = models.Q(opens_at=None) | models.Q(opens_at__lte=Now())
        unended = models.Q(closes_at=None) | models.Q(closes_at__gt=Now())
        asked = self.current().filter(begun, unended, opened_at__isnull=False, version__isnull=False)
        return asked.filter(purpose__in=(Purpose.CONSULTATION, Purpose.BOTH)).order_by("title", "pk")


class Survey(models.Model):
    """`draft` is what the builder edits (definition.to_json); `draft_revision` moves with each edit, compare-and-set."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(_("名前"), max_length=60)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    purpose = models.CharField(_("目的"), max_length=12, choices=Purpose, default=Purpose.CONSULTATION)
    draft = models.JSONField(default=dict)
    draft_revision = models.PositiveIntegerField(default=1)
    version = models.ForeignKey(
        "Version", models.PROTECT, null=True, related_name="+"
    )  # the one that is asked
    opened_at = models.DateTimeField(_("公開"), null=True)  # null: not asked now
    opens_at = models.DateTimeField(_("受付開始"), null=True)
    closes_at = models.DateTimeField(_("受付終了"), null=True)
    cap = models.PositiveIntegerField(_("回答の上限"), null=True)
    is_repeatable = models.BooleanField(_("一人が何度でも答えられる"), default=False)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"])]

    @property
    def draft_definition(self) -> Definition:
        return from_json(self.draft)

    @property
    def is_asked(self) -> bool:
        """Whether friends may answer now. The cap is the answers' affair: see Submission."""
        now = clock.now()
        has_begun = self.opens_at is None or self.opens_at <= now
        return bool(
            self.opened_at
            and self.version_id
            and has_begun
            and (self.closes_at is None or now < self.closes_at)
        )

    @property
    def is_full(self) -> bool:
        return self.cap is not None and Submission.objects.filter(survey=self).finished().count() >= self.cap


class Version(models.Model):
    """A survey as it went out; never changed, because answers speak of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="one_version_a_number")]

    @property
    def definition(self) -> Definition:
        return from_json(self.content)


class Edit(models.Model):
    """What the draft was before a change, so that it can be taken back; only the newest are kept.

    `revision`: the draft's after the change. `place`: the question changed, "intro", "closing" or empty for more.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    before = models.JSONField()
    place = models.CharField(max_length=12, blank=True)
    what = models.CharField(max_length=10)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "revision"], name="one_edit_a_revision")]


class Way(models.TextChoices):
    LINE = "line", _("LINE")
    WEB = "web", _("ページ")
    LIFF = "liff", _("LIFF")


@dataclass(frozen=True)
class Draft:
    """Words that are still being written on a page: no answer yet. `number` rises with each keeping."""

    question: str = ""
    text: str = field(default="", repr=False)
    number: int = 0


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def finished(self) -> "SubmissionQuerySet":
        return self.exclude(finished_at=None)

    def of_side(self, contact: Contact) -> "SubmissionQuerySet":
        """The friend's own, of whoever is speaking now."""
        return self.filter(contact=contact, side=contact.side)

    def unfinished(self) -> "SubmissionQuerySet":
        return self.filter(finished_at=None, dropped_at=None)


class Submission(models.Model):
    """One friend's answers to one survey. `turn` counts a friend's submissions where one may answer again.

    `asked` is the key of the question that stands before the friend now, and `picked` what was chosen of several so
    far; both are only about what is on the screen. `paused_at`: the friend put it off, or a talk took precedence.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    turn = models.PositiveIntegerField(default=1)
    # who was speaking when it was begun (contacts.models.side): another side of the account sees nothing of it
    side = models.CharField(max_length=10, blank=True, default="", db_default="")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    revision = models.PositiveIntegerField(default=1)
    way = models.CharField(max_length=5, choices=Way, default=Way.LINE)
    wording = models.CharField(
        max_length=5, choices=[(one.value, one.value) for one in Wording], default=Wording.JA
    )
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, related_name="+")
    asked = models.CharField(max_length=12, blank=True)
    picked = ArrayField(models.CharField(max_length=20), default=list)
    # the question that comes next on the path: where whoever stopped has stopped; empty at the end
    stands_at = models.CharField(max_length=12, blank=True, default="", db_default="")
    page = models.PositiveSmallIntegerField(default=0)
    misfits = models.PositiveSmallIntegerField(default=0)
    links_made = models.PositiveIntegerField(default=0, db_default=0)  # those that ran out are deleted
    started_at = models.DateTimeField(db_default=Now())
    moved_at = models.DateTimeField(db_default=Now())
    paused_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # the friend deleted the answers; dropped as well then
    sealed_draft = models.BinaryField(null=True)  # see Draft

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "contact", "turn"], name="one_submission_a_turn"),
            models.UniqueConstraint(
                fields=["survey", "contact", "side"],
                condition=models.Q(finished_at=None, dropped_at=None),
                name="one_unfinished_submission",
            ),
        ]
        indexes = [
            models.Index(fields=["survey", "finished_at"]),
            models.Index(fields=["contact", "-moved_at"]),
        ]

    @property
    def speaks(self) -> str:
        """Which side of the account answered, in words; empty: nobody has said so."""
        return str(Speaker(self.side).label) if self.side else ""

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.dropped_at is None

    def given(self) -> dict[str, Given]:
        """The answers by question; opens what is sealed. Answers are few."""
        return {answer.question: answer.given for answer in self.answers.all()}

    @property
    def draft(self) -> Draft:
        if not self.sealed_draft:
            return Draft()
        return Draft(**self.contact.unseal("surveys_submission", "draft", self.token, self.sealed_draft))

    def seal_draft(self, draft: Draft) -> bytes:
        return self.contact.seal("surveys_submission", "draft", self.token, asdict(draft))


class Answer(models.Model):
    """What was answered to one question; the newest word counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    question = models.CharField(max_length=12)
    codes = ArrayField(models.CharField(max_length=20), default=list)
    number = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    on = models.DateField(null=True)
    moment = models.CharField(max_length=16, blank=True)
    sealed_private = models.BinaryField(null=True)
    is_skipped = models.BooleanField(default=False)
    is_on_path = models.BooleanField(
        default=True
    )  # whether the path to the end still goes through this question
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")  # that brought it
    answered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "question"], name="one_answer_a_question")
        ]
        indexes = [models.Index(fields=["survey", "question"])]

    def seal_private(self, private: dict[str, Any]) -> bytes | None:
        return self._contact.seal("surveys_answer", "private", self._row, private) if private else None

    @property
    def private(self) -> dict[str, Any]:
        return (
            self._contact.unseal("surveys_answer", "private", self._row, self.sealed_private)
            if self.sealed_private
            else {}
        )

    @property
    def given(self) -> Given:
        number = None if self.number is None else self.number.normalize()
        return Given(tuple(self.codes), number, self.on, self.moment, self.private, self.is_skipped)

    @property
    def _contact(self) -> Contact:
        return self.submission.contact

    @property
    def _row(self) -> str:
        return f"{self.submission.token} {self.question}"


class Link(models.Model):
    """An address where a friend answers on a page: only its hash is kept. Bound to the friend it was made for.

    `number` counts a submission's links: from it and a key outside the database the address is made again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="links")
    number = models.PositiveIntegerField(default=1)
    hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_link_a_number")]
        indexes = [models.Index(fields=["until"])]


class Export(models.Model):
    """Answers that left the house as a file: who took how many, in which form, and why."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(_("理由"), max_length=200)
    form = models.CharField(_("形式"), max_length=10)
    is_personal = models.BooleanField(default=False)  # with what people wrote in their own words
    submissions = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["survey", "-made_at"])]


class Welcome(models.Model):
    """The survey that a channel's greeting carries."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.OneToOneField(Channel, models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
