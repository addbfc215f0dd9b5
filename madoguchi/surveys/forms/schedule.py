"""When a survey is asked, of how many, and once or often."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.accounts.models import User
from madoguchi.surveys.forms.new import PURPOSE_HELP, purposes
from madoguchi.surveys.models import Survey

MOST_ANSWERS = 10_000_000


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ScheduleForm(forms.Form):
    purpose = forms.ChoiceField(
        label=gettext_lazy("何のために聞きますか"), widget=forms.RadioSelect, help_text=PURPOSE_HELP
    )
    opens_at = forms.DateTimeField(
        label=gettext_lazy("受付を始める日時"),
        required=False,
        widget=MomentInput,
        help_text=gettext_lazy("空なら、公開するとすぐに始まります。日本時間です。"),
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("受付を終える日時"),
        required=False,
        widget=MomentInput,
        help_text=gettext_lazy("空なら、止めるまで続きます。"),
    )
    cap = forms.IntegerField(
        label=gettext_lazy("回答の上限（人）"),
        required=False,
        min_value=1,
        max_value=MOST_ANSWERS,
        help_text=gettext_lazy("この数の回答が集まると、受付が終わります。空なら上限はありません。"),
    )
    is_repeatable = forms.BooleanField(
        label=gettext_lazy("同じ人が何度でも答えられる"),
        required=False,
        help_text=gettext_lazy(
            "印がなければ、一人一回です。答え終えた人には「もう答えていただいています」と伝えます。"
        ),
    )

    def __init__(self, *args: Any, user: User, survey: Survey, **kwargs: Any) -> None:
        names = ("purpose", "opens_at", "closes_at", "cap", "is_repeatable")
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(survey, name) for name in names})
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = purposes(user)
        if survey.version_id is not None:
            field.disabled = True
            field.help_text = _("公開したので変えられません。別の目的で聞くときは、複製して使います。")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("終わりは、始まりより後の日時にしてください。"))
        return values
