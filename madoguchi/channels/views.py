"""The screens of LINE official accounts."""

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.channels import actions
from madoguchi.channels.forms import ChannelForm
from madoguchi.channels.models import Channel


def channels(request: HttpRequest) -> HttpResponse:
    found = Channel.objects.of(user_of(request)).order_by("name")
    return render(request, "channels/channels.html", {"channels": found})


def add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ChannelForm(request.POST or None, organisation_id=user.organisation_id)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        channel = actions.add(
            user,
            user.organisation,
            values["name"],
            values["line_channel_id"],
            values["secret"],
            values["token"],
        )
        _link_liff(request, channel, values["login_channel_id"], values["liff_id"])
        _check(request, channel)
        return redirect("channels:edit", channel.pk)
    return render(request, "channels/channel.html", {"form": form, "channel": None})


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=pk)
    form = ChannelForm(request.POST or None, organisation_id=user.organisation_id, channel=channel)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        actions.change(
            user, channel, values["name"], values["secret"], values["token"], values["line_channel_id"]
        )
        _link_liff(request, channel, values["login_channel_id"], values["liff_id"])
        _check(request, Channel.objects.get(pk=pk))
        return redirect("channels:edit", pk)
    context = {"form": form, "channel": channel, "webhook_url": actions.webhook_url(channel)}
    context |= {"liff_url": actions.liff_url(channel)}
    return render(request, "channels/channel.html", context)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    channel = get_object_or_404(Channel.objects.of(user_of(request)), pk=pk)
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
