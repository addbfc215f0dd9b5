"""How a channel takes people in: a tab a matter, each a form of its own."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.core import clock
from madoguchi.desk import actions, calendar, hours, texts
from madoguchi.desk.forms import (
    ByHandForm,
    HoursForm,
    PromisesForm,
    ReceptionForm,
    SpecialDayForm,
    TextsForm,
)
from madoguchi.desk.models import ByHand, Conversation, Reception
from madoguchi.desk.views import asked, talk
from madoguchi.surveys import actions as surveys

# (route, its name, whether it is of one channel)
TABS = (
    ("desk:reception", gettext_lazy("受付時間"), True),
    ("desk:reception-texts", gettext_lazy("自動の文面"), True),
    ("desk:reception-promises", gettext_lazy("待ち方の選択"), True),
    ("desk:reception-limits", gettext_lazy("シフトと時計"), True),
    ("routing:rules", gettext_lazy("答えによる振り分け"), True),
    ("desk:shifts", gettext_lazy("シフト"), False),
    ("desk:other-lines", gettext_lazy("ほかの窓口"), False),
)


MOST_PROMISED = 200


def tabs(user: User, here: str, channel: Channel | None = None) -> list[dict[str, Any]]:
    """The tabs that this person may open. Without a channel, those of a channel lead to the first one."""
    channel = channel or Channel.objects.of(user).order_by("name").first()
    return [
        {
            "label": label,
            "href": reverse(route, args=[channel.pk] if is_of_channel and channel else []),
            "is_current": route == here,
        }
        for route, label, is_of_channel in TABS
        if may(user, route) and (channel or not is_of_channel)
    ]


def receptions(request: HttpRequest) -> HttpResponseBase:
    """Every channel and its state now; where there is one only, its own page at once."""
    channels = list(Channel.objects.of(user_of(request)).order_by("name"))
    if len(channels) == 1:
        return redirect("desk:reception", channels[0].pk)
    rows = [(channel, actions.reception(channel)) for channel in channels]
    shown = [(channel, hours.intake(known), hours.today(known)) for channel, known in rows]
    return render(request, "desk/receptions.html", {"rows": shown})


def reception(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    """Hours of the week, national holidays, special days, and what a person says by hand."""
    channel, known = _asked(request, channel_pk)
    form = HoursForm(known, request.POST or None)
    return _form(request, channel, known, form, "desk:reception", _of_hours(known))


def _of_hours(known: Reception, **forms: BaseForm) -> dict[str, Any]:
    """What stands on the page of hours beside its form."""
    today = clock.jst(clock.now()).date()
    return {
        "special_form": SpecialDayForm(),
        "by_hand_form": ByHandForm(),
        "month": calendar.coming(known, today),
        "specials": calendar.special(known, today),
        **forms,
    }


def reception_texts(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    channel, known = _asked(request, channel_pk)
    form = TextsForm(request.POST or None, instance=known)
    return _form(request, channel, known, form, "desk:reception-texts", {"variables": _variables(known)})


def reception_promises(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    channel, known = _asked(request, channel_pk)
    form = PromisesForm(request.POST or None, instance=known)
    promised = Conversation.objects.open().filter(channel=channel, promised_at__isnull=False)
    more = {"promised": promised.select_related("contact").order_by("promised_at")[:MOST_PROMISED]}
    return _form(request, channel, known, form, "desk:reception-promises", more)


def reception_limits(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    channel, known = _asked(request, channel_pk)
    return _form(
        request, channel, known, ReceptionForm(request.POST or None, instance=known), "desk:reception-limits"
    )


def _asked(request: HttpRequest, channel_pk: int) -> tuple[Channel, Reception]:
    channel = get_object_or_404(Channel.objects.of(user_of(request)), pk=channel_pk)
    return channel, actions.reception(channel)


def _form(
    request: HttpRequest, channel: Channel, known: Reception, form: Any, route: str, more: Any = None
) -> HttpResponseBase:
    user = user_of(request)
    if request.method == "POST" and form.is_valid():
        actions.set_reception(user, channel, form.values())
        messages.success(request, _("受付の設定を変えました。次のメッセージから使われます。"))
        return redirect(route, channel.pk)
    return _drawn(request, channel, known, form, route, more or {})


def _drawn(
    request: HttpRequest, channel: Channel, known: Reception, form: BaseForm, route: str, more: dict[str, Any]
) -> HttpResponse:
    now = clock.now()
    context = {
        "form": form,
        "channel": channel,
        "reception": known,
        "tabs": tabs(user_of(request), route, channel),
        "intake": hours.intake(known),
        "today": hours.today(known),
        "now": now,
        "may_cap": may(user_of(request), "desk:channel-caps"),
        "by_hand": hours.said_by_hand(known, now),
        **more,
    }
    name = route.partition(":")[2].replace("-", "_")
    return render(request, f"desk/{name}.html", context, status=200)


def _variables(known: Reception) -> list[tuple[str, str]]:
    """(variable, what it stands for now)."""
    every = "".join(f"{{{name}}}" for name in texts.VARIABLES)
    values = texts.values(known, hours.intake(known), texts.NAME_SHOWN_TO_STAFF, every)
    return [(f"{{{name}}}", values[name]) for name in texts.VARIABLES]


@require_POST
def special_day(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    channel, known = _asked(request, channel_pk)
    form = SpecialDayForm(request.POST)
    if not form.is_valid():
        more = _of_hours(known, special_form=form)
        return _drawn(request, channel, known, HoursForm(known), "desk:reception", more)
    values = form.cleaned_data
    actions.set_special_day(user_of(request), channel, values["on"], values["spans"], values["note"])
    messages.success(request, _("特別な日を加えました。"))
    return redirect("desk:reception", channel_pk)


@require_POST
def drop_special_day(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    channel, _known = _asked(request, channel_pk)
    try:
        day = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return redirect("desk:reception", channel_pk)
    actions.drop_special_day(user_of(request), channel, day)
    messages.success(request, _("特別な日を外しました。ふだんの受付時間に戻ります。"))
    return redirect("desk:reception", channel_pk)


@require_POST
def by_hand(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    """Pause, or say that it is full."""
    channel, known = _asked(request, channel_pk)
    form = ByHandForm(request.POST)
    if not form.is_valid():
        more = _of_hours(known, by_hand_form=form)
        return _drawn(request, channel, known, HoursForm(known), "desk:reception", more)
    values = form.cleaned_data
    actions.say_by_hand(user_of(request), channel, ByHand(values["by_hand"]), values["until"], values["text"])
    messages.success(request, _("受付を変えました。デスクの全員に見えています。"))
    return redirect("desk:reception", channel_pk)


@require_POST
def end_by_hand(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    """One tap, from the desk or from the reception's page."""
    channel, _known = _asked(request, channel_pk)
    actions.end_by_hand(user_of(request), channel)
    if asked.is_partial(request):
        return talk.lists(request)
    messages.success(request, _("受付を元に戻しました。"))
    return redirect("desk:reception", channel_pk)


def greeting(request: HttpRequest, channel_pk: int) -> HttpResponse:
    """An account's greeting as a new friend gets it now, with the buttons of its survey."""
    channel, known = _asked(request, channel_pk)
    values = texts.values(known, hours.intake(known), texts.NAME_SHOWN_TO_STAFF, known.greeting)
    buttons = [button["label"] for button in surveys.invitation(channel)]
    context = {"channel": channel, "text": texts.filled(known.greeting, values), "buttons": buttons}
    name = "desk/_greeting.html" if asked.is_partial(request) else "desk/greeting.html"
    return render(request, name, context)
