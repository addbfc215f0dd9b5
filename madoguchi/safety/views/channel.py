"""How an account keeps its friends safe: the question who speaks, harmless texts, the quiet name."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.safety import actions
from madoguchi.safety.forms import ChannelForm


def channel(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    user = user_of(request)
    found = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    form = ChannelForm(request.POST or None, channel=found)
    if request.method == "POST" and form.is_valid():
        kept = {
            name: form.cleaned_data[name] for name in ("asks_speaker", "is_quiet", "quiet_name", "quiet_icon")
        }
        actions.set_texts(user, found, **kept, texts=form.texts)
        notices.success(request, _("保存しました。これから送るものから使われます。"))
        return redirect("safety:channel", found.pk)
    return render(request, "safety/channel.html", {"channel": found, "form": form})
