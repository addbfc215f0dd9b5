"""The screens of LINE official accounts."""

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import User
from madoguchi.accounts.request import user_of
from madoguchi.channels import actions
from madoguchi.channels.forms import ChannelForm
from madoguchi.channels.models import Channel

# Not whose it is: that another organisation is here at all is nobody's business.
TAKEN = gettext_lazy(
    "このチャネルIDは使えません。LINE Developersの「チャネル基本設定」の数字か確かめてください。"
)


def channels(request: HttpRequest) -> HttpResponse:
    found = Channel.objects.of(user_of(request)).real().order_by("name")
    return render(request, "channels/channels.html", {"channels": found})


def add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ChannelForm(request.POST or None, organisation_id=user.organisation_id)
    if request.method == "POST" and form.is_valid():
        channel = _added(user, form)
        if channel is not None:
            _link_liff(request, channel, form.cleaned_data["login_channel_id"], form.cleaned_data["liff_id"])
            _check(request, channel)
            return redirect("channels:edit", channel.pk)
    return render(request, "channels/channel.html", {"form": form, "channel": None})


def _added(user: User, form: ChannelForm) -> Channel | None:
    """None when the form now says why not."""
    values = form.cleaned_data
    told = (values["name"], values["line_channel_id"], values["secret"], values["token"])
    try:
        return actions.add(user, user.organisation, *told)
    except actions.ChannelTaken:
        form.add_error("line_channel_id", TAKEN)
    return None


def _is_changed(user: User, channel: Channel, form: ChannelForm) -> bool:
    """False when the form now says why not."""
    values = form.cleaned_data
    told = (values["name"], values["secret"], values["token"], values["line_channel_id"])
    try:
        actions.change(user, channel, *told)
    except actions.ChannelTaken:
        form.add_error("line_channel_id", TAKEN)
    return form.is_valid()


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user).real(), pk=pk)
    form = ChannelForm(request.POST or None, organisation_id=user.organisation_id, channel=channel)
    if request.method == "POST" and form.is_valid() and _is_changed(user, channel, form):
        values = form.cleaned_data
        _link_liff(request, channel, values["login_channel_id"], values["liff_id"])
        _check(request, Channel.objects.get(pk=pk))
        return redirect("channels:edit", pk)
    context = {"form": form, "channel": channel, "webhook_url": actions.webhook_url(channel)}
    context |= {"liff_url": actions.liff_url(channel)}
    return render(request, "channels/channel.html", context)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(Channel.objects.of(user_of(request)).real(), pk=pk)
    _check(request, channel)
    return redirect("channels:edit", pk)


def _link_liff(request: HttpRequest, channel: Channel, login_channel_id: str, liff_id: str) -> None:
    try:
        actions.link_liff(user_of(request), channel, login_channel_id, liff_id)
    except actions.LiffTaken:
        messages.error(request, _("このLIFF IDは、ほかのアカウントで使われています。"))


def _check(request: HttpRequest, channel: Channel) -> None:
    """Ask LINE, without holding a database connection; the channel's page says in words what is wrong."""
    channel.data_key  # noqa: B018  (opened now: the connection is given back before LINE is asked)
    connection.close()
    findings = async_to_sync(actions.probe)(channel)
    actions.keep_findings(user_of(request), channel, findings)
    if findings.is_well:
        messages.success(request, _("LINEにつながりました：%(name)s") % {"name": findings.bot_name})
