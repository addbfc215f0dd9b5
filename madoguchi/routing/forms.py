"""A rule as a supervisor writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.contacts.models import Attribute
from madoguchi.contacts.models.attribute import CHOSEN, Purpose, covers
from madoguchi.desk.models import Skill
from madoguchi.routing.models import RoutingRule


def usable(user: User) -> list[Attribute]:
    """Attributes with choices whose values may be used for consultations, and which this person may read."""
    found = Attribute.objects.visible_to(user).current().filter(kind__in=CHOSEN).in_order()
    return [one for one in found.prefetch_related("options") if covers(one.purpose, Purpose.CONSULTATION)]


class RuleForm(forms.Form):
    """Each answer is `<attribute>:<code>`; all of one rule are of one attribute."""

    name = forms.CharField(
        label=_("規則の名前"), max_length=40, help_text=_("知らせに出る名前です。例：家に帰れない子")
    )
    answers = forms.MultipleChoiceField(
        label=_("もし、答えがこのどれかなら"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("答えを1つ以上選んでください。")},
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
        self.fields["answers"].choices = [  # type: ignore[attr-defined]
            (one.label, [(f"{one.pk}:{option.code}", option.label) for option in one.options.all()])
            for one in usable(user)
        ]
        offered = Skill.objects.filter(organisation_id=user.organisation_id, archived_at=None)
        self.fields["skills"].choices = [(skill.key, skill.name) for skill in offered]  # type: ignore[attr-defined]
        if not offered:
            self.fields["skills"].help_text = _(
                "まだ得意なことがありません。「相談員の受け方」で加えられます。"
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        attributes = {answer.partition(":")[0] for answer in values.get("answers", [])}
        if len(attributes) > 1:
            self.add_error(
                "answers",
                _("1つの規則では、1つの属性の答えだけを選べます。ほかの属性は、別の規則にしてください。"),
            )
        if not (values.get("skills") or values.get("is_lifting") or values.get("is_alarming")):
            self.add_error("skills", _("何をするかを1つ以上選んでください。"))
        return values

    def values(self) -> dict[str, Any]:
        """Checked values of RoutingRule's own fields."""
        cleaned = self.cleaned_data
        answers = [answer.partition(":") for answer in cleaned["answers"]]
        return {
            "name": cleaned["name"],
            "attribute_id": int(answers[0][0]),
            "codes": [code for _attribute, _colon, code in answers],
            "skills": cleaned["skills"],
            "is_lifting": cleaned["is_lifting"],
            "is_alarming": cleaned["is_alarming"],
        }


def _shown(rule: RoutingRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "answers": [f"{rule.attribute_id}:{code}" for code in rule.codes],
        "skills": rule.skills,
        "is_lifting": rule.is_lifting,
        "is_alarming": rule.is_alarming,
    }
