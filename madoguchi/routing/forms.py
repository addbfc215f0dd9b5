"""A rule as a supervisor writes it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.contacts.models import Attribute, Speaker
from madoguchi.contacts.models.attribute import CHOSEN, Kind, Purpose, covers
from madoguchi.desk.models import Skill
from madoguchi.routing.models import RoutingRule

WHO = "who"  # instead of an attribute: who says to be speaking
RANGES: dict[str, tuple[str, str]] = {Kind.NUMBER: ("least", "most"), Kind.DATE: ("since", "until")}


def usable(user: User) -> list[Attribute]:
    """Attributes whose plain values may be used for consultations, and which this person may read."""
    found = Attribute.objects.visible_to(user).current().filter(kind__in=[*CHOSEN, *RANGES]).in_order()
    return [one for one in found.prefetch_related("options") if covers(one.purpose, Purpose.CONSULTATION)]


class RuleForm(forms.Form):
    """Each answer is `<attribute or WHO>:<code>`. Answers of one attribute are alternatives; all that is asked has to hold."""

    name = forms.CharField(
        label=_("規則の名前"), max_length=40, help_text=_("知らせに出る名前です。例：家に帰れない子")
    )
    answers = forms.MultipleChoiceField(
        label=_("もし、答えがこうなら"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "同じ見出しの中は「どれか」、ちがう見出しのあいだは「そして」です。例：話している人が「本人」で、そして話したいことが「家のこと」"
        ),
    )
    skills = forms.MultipleChoiceField(
        label=_("この得意なことがある人に"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_lifting = forms.BooleanField(
        label=_("待っている人の列で上に上げる（15分長く待ったとみなす）"), required=False
    )
    is_alarming = forms.BooleanField(
        label=_("スーパーバイザーに知らせる（だれかが確かめるまで、くり返し呼ぶ）"), required=False
    )

    def __init__(self, user: User, data: Any = None, rule: RoutingRule | None = None) -> None:
        super().__init__(data, initial=_shown(rule) if rule else None)
        self.asked = usable(user)
        self._offer_answers()
        self._offer_ranges()
        offered = Skill.objects.filter(organisation_id=user.organisation_id, archived_at=None)
        self.fields["skills"].choices = [(skill.key, skill.name) for skill in offered]  # type: ignore[attr-defined]
        if not offered:
            self.fields["skills"].help_text = _(
                "まだ得意なことがありません。「相談員の受け方」で加えられます。"
            )

    def _offer_answers(self) -> None:
        who = [(f"{WHO}:{value}", label) for value, label in Speaker.choices]
        chosen = [
            (one.label, [(f"{one.pk}:{option.code}", option.label) for option in one.options.all()])
            for one in self.asked
            if one.is_chosen
        ]
        self.fields["answers"].choices = [(_("話している人"), who), *chosen]  # type: ignore[attr-defined]

    def _offer_ranges(self) -> None:
        """Behind the answers: from and to, for numbers and dates."""
        ranged: dict[str, forms.Field] = {}
        for one in self.asked:
            for place, end in enumerate(RANGES.get(one.kind, ())):
                words = (_("%(attribute)s：この値から"), _("%(attribute)s：この値まで"))[place]
                kind = _Number if one.kind == Kind.NUMBER else _Day
                ranged[f"{end}-{one.pk}"] = kind(label=words % {"attribute": one.label}, required=False)
        at = list(self.fields).index("answers") + 1
        rest = list(self.fields.items())
        self.fields = dict([*rest[:at], *ranged.items(), *rest[at:]])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not list(self._asked(values)):
            self.add_error("answers", _("条件を1つ以上選んでください。"))
        for one in self.asked:
            names = [f"{end}-{one.pk}" for end in RANGES.get(one.kind, ())]
            given = [values[name] for name in names if values.get(name) is not None]
            if given != sorted(given):
                self.add_error(names[-1], _("「まで」は、「から」と同じか、それより後にしてください。"))
        if not (values.get("skills") or values.get("is_lifting") or values.get("is_alarming")):
            self.add_error("skills", _("何をするかを1つ以上選んでください。"))
        return values

    def _asked(self, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
        codes: dict[str, list[str]] = defaultdict(list)
        for answer in values.get("answers", []):
            subject, _colon, code = answer.partition(":")
            codes[subject].append(code)
        for subject, chosen in codes.items():
            yield {"attribute_id": None if subject == WHO else int(subject), "codes": chosen}
        for one in self.asked:
            ends = {end: values.get(f"{end}-{one.pk}") for end in RANGES.get(one.kind, ())}
            if any(value is not None for value in ends.values()):
                yield {"attribute_id": one.pk, **ends}

    def values(self) -> dict[str, Any]:
        """Checked values of RoutingRule's own fields."""
        return {name: self.cleaned_data[name] for name in ("name", "skills", "is_lifting", "is_alarming")}

    def conditions(self) -> list[dict[str, Any]]:
        """Checked values of each Condition's own fields."""
        return list(self._asked(self.cleaned_data))


class _Number(forms.FloatField):
    widget = forms.NumberInput(attrs={"step": "any"})


class _Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _shown(rule: RoutingRule) -> dict[str, Any]:
    conditions = list(rule.conditions.all())
    ends = [end for both in RANGES.values() for end in both]
    return {
        "name": rule.name,
        "answers": [f"{one.attribute_id or WHO}:{code}" for one in conditions for code in one.codes],
        "skills": rule.skills,
        "is_lifting": rule.is_lifting,
        "is_alarming": rule.is_alarming,
        **{f"{end}-{one.attribute_id}": _written(getattr(one, end)) for one in conditions for end in ends},
    }


def _written(value: Any) -> Any:
    """12, not 12.0."""
    return f"{value:g}" if isinstance(value, float) else value
