"""To whom a talk is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.desk.models import Duty, DutyState, Skill

QUEUE = "queue"


class HandOverForm(forms.Form):
    """Whom to ask: "person-<id>", "skill-<key>" or QUEUE, and what that person should know."""

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
        if self.cleaned_data["to"] == QUEUE:
            return {}
        kind, _dash, key = self.cleaned_data["to"].partition("-")
        return {"skill": key} if kind == "skill" else {"to": User.objects.get(pk=int(key))}


def hand_over_choices(user: User) -> list[tuple[str, str]]:
    """Colleagues who talk, those who are at the desk first, then the organisation's skills, then whoever takes it."""
    ours = User.objects.filter(organisation_id=user.organisation_id, deactivated_at=None)
    talkers = ours.filter(roles__overlap=sorted(TALKERS)).exclude(pk=user.pk).order_by("name")
    states = dict(
        Duty.objects.filter(organisation_id=user.organisation_id).values_list("counsellor_id", "state")
    )
    people = sorted(talkers, key=lambda one: states.get(one.pk) != DutyState.AVAILABLE)
    named = [(f"person-{one.pk}", _named(one, states.get(one.pk, ""))) for one in people]
    skills = Skill.objects.in_use(user.organisation_id)
    able = [
        (f"skill-{skill.key}", gettext("得意な人なら：%(skill)s") % {"skill": skill.name}) for skill in skills
    ]
    return [*named, *able, (QUEUE, gettext("引き受けられる人なら、だれでも"))]


def _named(user: User, state: str) -> str:
    return f"{user.name}（{DutyState(state).label}）" if state else user.name
