"""What a counsellor sends, closes with, and how a channel takes people in."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.channels.line.measure import length_utf16
from madoguchi.channels.line.messages import PICTURE_LIMIT, TEXT_LIMIT
from madoguchi.channels.line.stickers import SENDABLE
from madoguchi.core import clock
from madoguchi.desk import promises, texts
from madoguchi.desk.models import Duty, DutyState, Outcome, Reception, Skill

MIDNIGHT, END_OF_DAY = "00:00", "24:00"
TEXTS = ("greeting", "open_text", "full_text", "closed_text", "quiet_text")
WEEKDAYS = (_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日"))

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_END = re.compile(rf"{_TIME.pattern}|{END_OF_DAY}")


class ReplyForm(forms.Form):
    """One of text, sticker or picture. `key` is made by the browser, so that sending twice sends once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    sticker = forms.RegexField(r"^[0-9]{1,20}/[0-9]{1,20}$", required=False)  # package/sticker
    picture = forms.FileField(required=False)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        units = length_utf16(text)
        if units > TEXT_LIMIT:
            raise forms.ValidationError(
                _("LINEの一通は%(most)s文字までです（いま%(units)s文字）。分けて送ってください。")
                % {"most": TEXT_LIMIT, "units": units}
            )
        return text

    def clean_sticker(self) -> str:
        chosen = str(self.cleaned_data["sticker"])
        if chosen and tuple(chosen.split("/")) not in {(one.package_id, one.sticker_id) for one in SENDABLE}:
            raise forms.ValidationError(_("このスタンプは送れません。一覧から選び直してください。"))
        return chosen

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        if picture and picture.size > PICTURE_LIMIT:
            raise forms.ValidationError(_("写真は10MBまでです。小さくしてから選び直してください。"))
        return picture

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (
            str(values.get("text", "")).strip() or values.get("sticker") or values.get("picture")
        ):
            raise forms.ValidationError(
                _("送る内容がありません。文を入力するか、スタンプか写真を選んでください。")
            )
        return values


class CloseForm(forms.Form):
    # the last message that was on the screen when the dialog was opened
    through = forms.IntegerField(min_value=0)
    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("結果を選んでください。")},
    )


class LaterForm(forms.Form):
    """Until when an answer is promised."""

    by = forms.ChoiceField(
        label=_("いつまでに"),
        choices=promises.CHOICES,
        error_messages={
            "required": _("いつまでに答えるかを選んでください。"),
            "invalid_choice": _("いつまでに答えるかを選び直してください。"),
        },
    )

    def clean_by(self) -> datetime:
        return promises.moment(self.cleaned_data["by"], clock.now())


class HandOverForm(forms.Form):
    """Whom to ask: "person-<id>" or "skill-<key>", and what that person should know."""

    to = forms.ChoiceField(
        error_messages={
            "required": _("だれに引き継ぐかを選んでください。"),
            "invalid_choice": _("だれに引き継ぐかを選び直してください。"),
        }
    )
    words = forms.CharField(
        max_length=4000,
        error_messages={"required": _("引き継ぐ人が知っておくことを、ひとことでも書いてください。")},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = hand_over_choices(user)  # type: ignore[attr-defined]

    def whom(self) -> dict[str, Any]:
        """What `desk.hand_over` is told."""
        kind, _dash, key = self.cleaned_data["to"].partition("-")
        return {"skill": key} if kind == "skill" else {"to": User.objects.get(pk=int(key))}


def hand_over_choices(user: User) -> list[tuple[str, str]]:
    """Colleagues who talk, those who are at the desk first, then the organisation's skills."""
    ours = User.objects.filter(organisation_id=user.organisation_id, deactivated_at=None)
    talkers = ours.filter(roles__overlap=sorted(TALKERS)).exclude(pk=user.pk).order_by("name")
    states = dict(
        Duty.objects.filter(organisation_id=user.organisation_id).values_list("counsellor_id", "state")
    )
    people = sorted(talkers, key=lambda one: states.get(one.pk) != DutyState.AVAILABLE)
    named = [(f"person-{one.pk}", _named(one, states.get(one.pk, ""))) for one in people]
    skills = Skill.objects.filter(organisation_id=user.organisation_id)
    return named + [
        (f"skill-{skill.key}", gettext("得意な人なら：%(skill)s") % {"skill": skill.name}) for skill in skills
    ]


def _named(user: User, state: str) -> str:
    return f"{user.name}（{DutyState(state).label}）" if state else user.name


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none at run time
    """Hours as one pair of times a weekday: both empty is a day off, all empty is always open. A clock has no 24:00, so
    an end of 00:00 is the end of that day."""

    class Meta:
        model = Reception
        fields = (
            *("is_paused", "capacity", "assigning", "usual_load", "most_load"),
            *TEXTS,
            *("quiet_minutes", "wrap_up_minutes", "hold_minutes", "waiting_minutes", "missed_minutes"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.hours or [None] * 7
        for day, weekday in enumerate(WEEKDAYS):
            for end, label in enumerate((_("から"), _("まで"))):
                spoken = _("%(day)s曜 %(end)s") % {"day": weekday, "end": label}
                value = known[day][end] if known[day] else ""
                value = MIDNIGHT if value == END_OF_DAY else value
                self.fields[f"hours_{day}_{end}"] = forms.CharField(
                    label=spoken,
                    required=False,
                    max_length=5,
                    initial=value,
                    widget=forms.TextInput(attrs={"type": "time", "aria-label": spoken}),
                )
        for name in TEXTS:
            self.fields[name].required = False
            self.fields[name].help_text = _("空なら送りません。使える変数：") + "".join(
                f"{{{word}}}" for word in texts.VARIABLES
            )

    def hour_rows(self) -> list[tuple[str, Any, Any]]:
        """(weekday, from field, until field) for the template."""
        return [
            (str(name), self[f"hours_{day}_0"], self[f"hours_{day}_1"]) for day, name in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        spans = [self._span(values, day) for day in range(7)]
        values["hours"] = spans if any(spans) else []
        if (values.get("usual_load") or 0) > (values.get("most_load") or 0):
            self.add_error("most_load", _("「ふだん」の数より小さくできません。"))
        for name in TEXTS:
            unknown = texts.unknown_variables(str(values.get(name, "")))
            if unknown:
                self.add_error(
                    name,
                    _("{%(name)s} という変数はありません。そのままの文字が友だちに届くので、直してください。")
                    % {"name": unknown[0]},
                )
        return values

    def _span(self, values: dict[str, Any], day: int) -> list[str] | None:
        begin, end = (str(values.get(f"hours_{day}_{index}") or "") for index in (0, 1))
        if not begin and not end:
            return None
        end = END_OF_DAY if end == MIDNIGHT else end
        if not _TIME.fullmatch(begin) or not _END.fullmatch(end) or begin >= end:
            self.add_error(
                f"hours_{day}_0",
                _("%(day)s曜は、始まりより後の終わりの時刻を入れてください。休みなら両方を空にします。")
                % {"day": WEEKDAYS[day]},
            )
            return None
        return [begin, end]

    def values(self) -> dict[str, Any]:
        """Checked values of Reception's own fields."""
        names = (*self.Meta.fields, "hours")
        return {name: self.cleaned_data[name] for name in names}
