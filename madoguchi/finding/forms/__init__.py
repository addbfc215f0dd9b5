"""What is looked for."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.contacts.models import Speaker, Tag, Tagging
from madoguchi.core import clock
from madoguchi.desk.models import Assignment, Conversation, ConversationQuerySet, Missed, Outcome, State

LONGEST = 100
ANY = ("", _("すべて"))
A_DAY = forms.DateInput(attrs={"type": "date"})


class FindForm(forms.Form):
    """Words are sent in a form's body, never in an address; all else may stand there."""

    words = forms.CharField(label=_("言葉"), required=False, max_length=LONGEST)
    number = forms.IntegerField(label=_("相談番号"), required=False, min_value=1, max_value=2_000_000_000)
    begin = forms.DateField(label=_("受付（ここから）"), required=False, widget=A_DAY)
    end = forms.DateField(label=_("受付（ここまで）"), required=False, widget=A_DAY)
    state = forms.ChoiceField(label=_("状態"), required=False, choices=[ANY, *State.choices])
    outcome = forms.ChoiceField(label=_("結果"), required=False, choices=[ANY, *Outcome.choices])
    missed = forms.ChoiceField(
        label=_("対応できなかった理由"), required=False, choices=[ANY, *Missed.choices]
    )
    speaker = forms.ChoiceField(label=_("話している人"), required=False, choices=[ANY, *Speaker.choices])
    tag = forms.ModelChoiceField(
        label=_("タグ"), required=False, queryset=Tag.objects.none(), empty_label=ANY[1]
    )
    counsellor = forms.ModelChoiceField(
        label=_("担当"), required=False, queryset=User.objects.none(), empty_label=ANY[1]
    )
    practice = forms.BooleanField(label=_("練習の相談もふくめる"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        tags: Any = self.fields["tag"]
        tags.queryset = Tag.objects.visible_to(user).order_by("name")
        staff: Any = self.fields["counsellor"]
        held = Assignment.objects.filter(counsellor=OuterRef("pk"))
        staff.queryset = User.objects.filter(Exists(held), organisation_id=user.organisation_id).order_by(
            "name"
        )
        staff.label_from_instance = lambda one: one.name

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        begin, end = values.get("begin"), values.get("end")
        if begin and end and begin > end:
            self.add_error("end", _("終わりの日は、始まりの日より後にしてください。"))
        return values

    @property
    def filters(self) -> dict[str, Any]:
        """What may stand in an address: all but the words."""
        return {
            name: getattr(value, "pk", value)
            for name, value in self.cleaned_data.items()
            if name != "words" and value not in (None, "", False)
        }

    def conversations(self) -> ConversationQuerySet:
        """What this user may read of what is asked for, the newest first."""
        asked = self.cleaned_data
        found = Conversation.objects.visible_to(self.user)
        found = found if asked["practice"] else found.counted()
        for name in ("number", "state", "outcome", "missed", "speaker"):
            if asked[name]:
                found = found.filter(**{name: asked[name]})
        if asked["begin"]:
            found = found.filter(opened_at__gte=_midnight(asked["begin"]))
        if asked["end"]:
            found = found.filter(opened_at__lt=_midnight(asked["end"]) + timedelta(days=1))
        if asked["tag"]:
            tagged = Tagging.objects.filter(contact=OuterRef("contact"), tag=asked["tag"])
            found = found.filter(Exists(tagged))
        if asked["counsellor"]:
            held = Assignment.objects.filter(conversation=OuterRef("pk"), counsellor=asked["counsellor"])
            found = found.filter(Q(Exists(held)))
        return found.select_related("contact", "channel", "owner").order_by("-pk")


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), clock.JST)
