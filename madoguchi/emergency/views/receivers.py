"""Whom an organisation notifies, by area."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.emergency import actions
from madoguchi.emergency.forms import ReceiverForm
from madoguchi.emergency.models import READY_MADE, Receiver

PAGE = 50


def receivers(request: HttpRequest) -> HttpResponseBase:
    """The list, and the form that adds one."""
    user = user_of(request)
    form = ReceiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_receiver(user, form.cleaned_data)
        messages.success(request, _("「%(name)s」を加えました。") % {"name": added.name})
        return redirect("emergency:receivers")
    search = request.GET.get("q", "").strip()[:40]
    found = Receiver.objects.in_use(user.organisation_id)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(area__icontains=search))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "form": form, "ready_made": READY_MADE}
    return render(request, "emergency/receivers.html", context)


def receiver(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    found = get_object_or_404(Receiver.objects.in_use(user.organisation_id), pk=pk)
    form = ReceiverForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_receiver(user, found, form.cleaned_data)
        messages.success(request, _("「%(name)s」を変えました。") % {"name": changed.name})
        return redirect("emergency:receivers")
    return render(request, "emergency/receiver.html", {"receiver": found, "form": form})


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    found = get_object_or_404(Receiver.objects.in_use(user.organisation_id), pk=pk)
    actions.archive_receiver(user, found)
    messages.success(request, _("「%(name)s」をしまいました。") % {"name": found.name})
    return redirect("emergency:receivers")
