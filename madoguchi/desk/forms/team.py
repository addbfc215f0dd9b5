"""What a counsellor may hold and is good at; what a skill is called; what a channel may hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madoguchi.desk.models import Duty, Reception, Skill

MOST = 20  # talks in one hand: beyond any desk there is


class DutyForm(forms.Form):
    """One counsellor's limit, skills, and whether in training."""

    most_load = forms.IntegerField(
        label=_("この人が同時に受ける相談の数（多くても）"),
        help_text=_(
            "空なら、役割ごとの数のとおりです。重大な相談は2件分に数えます。0なら、新しい相談は受けません。"
        ),
        required=False,
        min_value=0,
        max_value=MOST,
    )
    is_trainee = forms.BooleanField(
        label=_("研修中"),
        help_text=_("研修中の人の数までしか受けられません。答えは、スーパーバイザーの確認のあとに届きます。"),
        required=False,
    )
    skills = forms.MultipleChoiceField(
        label=_("得意なこと"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, duty: Duty, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "most_load": duty.most_load,
            "is_trainee": duty.is_trainee,
            "skills": duty.skills,
        }
        super().__init__(*args, **kwargs)
        offered = Skill.objects.in_use(duty.organisation_id) | Skill.objects.filter(
            organisation_id=duty.organisation_id, key__in=duty.skills
        )
        self.fields["skills"].choices = [(skill.key, skill.name) for skill in offered]  # type: ignore[attr-defined]


class SkillForm(forms.Form):
    name = forms.CharField(
        label=_("得意なことの名前"),
        max_length=40,
        error_messages={"required": _("名前を書いてください。")},
    )


class CapsForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """How a channel's waiting talks find their counsellor, and how many each may hold."""

    class Meta:
        model = Reception
        fields = ("assigning", "capacity", "usual_load", "most_load", "trainee_load", "supervisor_load")
        widgets = {"assigning": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("usual_load", "most_load", "trainee_load", "supervisor_load"):
            self.fields[name].max_value = MOST  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["max"] = MOST
        self.fields["capacity"].help_text = _("この数だけ話しているあいだは、次の相談を始められません。")
        self.fields["supervisor_load"].help_text = _("空なら、ほかの相談員と同じ数です。")
        self.fields["usual_load"].help_text = _("自動で割り当てるのは、この数までです。")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("usual_load") or 0) > (values.get("most_load") or 0):
            self.add_error("most_load", _("「ふだん」の数より小さくできません。"))
        if values.get("usual_load") == 0:
            self.add_error("usual_load", _("1以上にしてください。受けない人には、その人の数を0にします。"))
        return values
