"""The tags of an organisation."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.contacts import actions
from madoguchi.contacts.forms import TagForm
from madoguchi.contacts.models import Tag
from madoguchi.contacts.models.tag import TagQuerySet


def _ours(request: HttpRequest) -> TagQuerySet:
    """All of them: who sets the desk up knows which tags there are, and not who has them."""
    return Tag.objects.of(user_of(request).organisation)


def tags(request: HttpRequest) -> HttpResponseBase:
    """The list, with the form that adds one."""
    user = user_of(request)
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_tag(user, **form.cleaned_data)
        except actions.NameTaken:
            form.add_error("name", _("この名前のタグはもうあります。"))
        else:
            messages.success(request, _("タグ「%(name)s」をつくりました。") % {"name": added.name})
            return redirect("contacts:tags")
    found = _ours(request).annotate(friends=Count("taggings"))
    return render(request, "contacts/tags.html", {"tags": found, "form": form})


def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    tag = get_object_or_404(_ours(request).annotate(friends=Count("taggings")), pk=pk)
    initial = {"name": tag.name, "colour": tag.colour, "purpose": tag.purpose}
    form = TagForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_tag(user, tag, **form.cleaned_data)
        except actions.NameTaken:
            form.add_error("name", _("この名前のタグはもうあります。"))
        except actions.InUse:
            form.add_error("purpose", _("相談でつけた友だちがいるので、配信には広げられません。"))
        else:
            messages.success(
                request, _("タグ「%(name)s」を変えました。") % {"name": form.cleaned_data["name"]}
            )
            return redirect("contacts:tags")
    return render(request, "contacts/tag.html", {"tag": tag, "form": form})


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    tag = get_object_or_404(_ours(request), pk=pk)
    actions.remove_tag(user, tag)
    messages.success(request, _("タグ「%(name)s」を消しました。") % {"name": tag.name})
    return redirect("contacts:tags")
