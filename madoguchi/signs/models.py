"""What an organisation has changed of the shipped rules, and the rules of its own. Words of rules are nobody's: they are plain."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import Organisation, User
from madoguchi.signs import labels


class Kind(models.TextChoices):
    """As `words.Kind`; what each means stands there."""

    LEMMA = "lemma", _("言い回し（活用や漢字・かなの違いも見つける）")
    SOUND = "sound", _("読み（かな。どう書いてあっても見つける）")
    SPELLING = "spelling", _("つづり（このとおりの文字）")


class Lexicon(models.Model):
    """An organisation's words as a whole: `revision` moves with every change, and who has compiled an older one does it anew."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)


class Rule(models.Model):
    """`shipped`: the name of the shipped rule that this row changes; empty for a rule of the organisation's own. A rule is
    switched off and never removed: alerts remember it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    shipped = models.CharField(max_length=40, blank=True)
    theme = models.CharField(_("テーマ"), max_length=20, choices=list(labels.THEMES.items()))
    label = models.CharField(_("名前"), max_length=40, blank=True)
    heeds_denial = models.BooleanField(_("打ち消しがあれば印をつけない"), default=True)
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "shipped"],
                condition=~models.Q(shipped=""),
                name="one_change_a_shipped_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(label="") ^ models.Q(shipped=""), name="own_rules_have_a_label"
            ),
        ]

    @property
    def name(self) -> str:
        """As alerts keep it."""
        return self.shipped or f"own-{self.pk}"


class Word(models.Model):
    """A word that an organisation added to a rule, or a shipped one that it left out."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="words")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("見つけ方"), max_length=10, choices=Kind, default=Kind.LEMMA)
    text = models.CharField(_("言葉"), max_length=400)
    is_left_out = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "kind", "text"], name="one_word_a_rule_and_kind")
        ]
