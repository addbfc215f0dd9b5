"""When a survey is asked and of whom, and which greeting carries it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.surveys import actions
from madoguchi.surveys.forms.schedule import ScheduleForm
from madoguchi.surveys.models import Submission, Survey, Welcome
from madoguchi.surveys.stages import stage
from madoguchi.surveys.views import asked


def settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, user = asked.one(request, pk), user_of(request)
    form = ScheduleForm(request.POST or None, user=user, survey=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.schedule(user, found, **form.cleaned_data)
        except actions.PurposeStays:
            form.add_error(
                "purpose", _("公開したので変えられません。別の目的で聞くときは、複製して使います。")
            )
        else:
            messages.success(request, _("受付の設定を変えました。"))
            return redirect("surveys:settings", pk)
    answers = Submission.objects.filter(survey=found)
    context = {
        "survey": found, "form": form, "channels": _channels(user, found),
        "stage": stage(found, answers.finished().count()), "has_answers": answers.exists(),
        "can_see_greeting": may(user, "desk:greeting"),
    }  # fmt: skip
    return render(request, "surveys/settings.html", context)


def _channels(user: User, survey: Survey) -> list[tuple[Channel, Welcome | None]]:
    """Each account, with what its greeting carries now."""
    carried = {welcome.channel_id: welcome for welcome in _welcomes(survey)}
    seen = set(Survey.objects.visible_to(user).values_list("pk", flat=True))
    for welcome in carried.values():
        welcome.is_hidden = welcome.survey_id not in seen  # type: ignore[attr-defined]
    channels = Channel.objects.filter(organisation_id=survey.organisation_id).order_by("name")
    return [(channel, carried.get(channel.pk)) for channel in channels]


def _welcomes(survey: Survey) -> list[Welcome]:
    return list(Welcome.objects.filter(organisation_id=survey.organisation_id).select_related("survey"))


@require_POST
def welcome(request: HttpRequest, pk: int, channel_pk: int) -> HttpResponseBase:
    """The greeting of an account carries this survey, or no longer."""
    found, user = asked.one(request, pk), user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    carried = Welcome.objects.filter(channel=channel).first()
    if carried is not None:
        asked.one(request, carried.survey_id)  # what one may not see, one does not replace
    if asked.word(request, {"attach", "detach"}) == "attach":
        actions.welcome_with(user, channel, found)
        messages.success(request, _("「%(name)s」のあいさつに付けました。") % {"name": channel.name})
    elif carried is not None and carried.survey_id == found.pk:
        actions.welcome_with(user, channel, None)
        messages.success(request, _("「%(name)s」のあいさつから外しました。") % {"name": channel.name})
    return redirect("surveys:settings", pk)
