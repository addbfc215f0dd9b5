"""How a channel takes people in, and the talks that have ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.desk import actions, hours, texts
from madoguchi.desk.forms import ReceptionForm
from madoguchi.desk.models import Conversation, State
from madoguchi.desk.views import asked
from madoguchi.surveys import actions as surveys

PAGE = 50


def reception(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    known = actions.reception(channel)
    form = ReceptionForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        actions.set_reception(user, channel, form.values())
        messages.success(request, _("受付の設定を変えました。次のメッセージから使われます。"))
        return redirect("desk:reception", channel_pk)
    context = {"form": form, "channel": channel, "intake": hours.intake(known), "today": hours.today(known)}
    return render(request, "desk/reception.html", context)


def greeting(request: HttpRequest, channel_pk: int) -> HttpResponse:
    """An account's greeting as a new friend gets it now, with the buttons of its survey."""
    channel = get_object_or_404(Channel.objects.of(user_of(request)), pk=channel_pk)
    known = actions.reception(channel)
    values = texts.values(known, hours.intake(known), hours.today(known), texts.NAME_SHOWN_TO_STAFF)
    buttons = [button["label"] for button in surveys.invitation(channel)]
    context = {"channel": channel, "text": texts.filled(known.greeting, values), "buttons": buttons}
    name = "desk/_greeting.html" if asked.is_partial(request) else "desk/greeting.html"
    return render(request, name, context)


def history(request: HttpRequest) -> HttpResponse:
    """Closed conversations; without content."""
    found = Conversation.objects.visible_to(user_of(request)).filter(state=State.CLOSED)
    found = found.select_related("contact", "owner", "channel").order_by("-closed_at")
    search = request.GET.get("q", "").strip()
    if search:
        number = asked.as_number(search)
        found = (
            found.filter(contact__handle__icontains=search) if number is None else found.filter(number=number)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/history.html", {"page": page, "search": search})
