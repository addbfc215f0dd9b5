"""What is asked of friends: the attributes, their options, and the ready-made sets."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.contacts import actions
from madoguchi.contacts.actions.attributes import is_used
from madoguchi.contacts.forms import AttributeForm, OptionForm
from madoguchi.contacts.models import Attribute, AttributeQuerySet
from madoguchi.contacts.models.attribute import READERS
from madoguchi.contacts.new import NewOption
from madoguchi.contacts.sets import SETS
from madoguchi.contacts.views.asked import is_partial, word

STEPS = {"up": -1, "down": 1}


def _ours(request: HttpRequest) -> AttributeQuerySet:
    return Attribute.objects.of(user_of(request).organisation)


def attributes(request: HttpRequest) -> HttpResponse:
    counted = Count("options", filter=Q(options__archived_at=None))
    found = list(_ours(request).in_order().annotate(choices=counted))
    for each in found:
        each.reader_names = [Role(role).label for role in each.readers]  # type: ignore[attr-defined]
    current = [each for each in found if each.archived_at is None]
    archived = [each for each in found if each.archived_at is not None]
    present = {each.key for each in found}
    missing = [name for name, new in SETS.items() if not {one.key for one in new} <= present]
    context = {"attributes": current, "archived": archived, "missing_sets": missing}
    name = "_attributes.html" if is_partial(request) else "attributes.html"
    return render(request, f"contacts/{name}", context)


@require_POST
def install(request: HttpRequest) -> HttpResponseBase:
    """Install a ready-made set."""
    user, name = user_of(request), word(request, set(SETS))
    added = actions.install_set(user.organisation, name, user)
    messages.success(request, _("%(count)s個の属性を加えました。") % {"count": len(added)})
    return redirect("contacts:attributes")


def add(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    initial = {"readers": [role.value for role in READERS[:2]], "purpose": "consultation", "kind": "single"}
    form = AttributeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_attribute(user, user.organisation, form.new())
        except actions.KeyTaken:
            form.add_error("key", _("この記号は別の属性が使っています。"))
        else:
            messages.success(request, _("属性「%(name)s」を加えました。") % {"name": added.name})
            return redirect("contacts:attributes")
    return render(request, "contacts/attribute.html", {"form": form, "attribute": None})


def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    attribute = get_object_or_404(_ours(request), pk=pk)
    names = ("name", "name_en", "purpose", "readers", "is_personal", "unit")
    initial = {name: getattr(attribute, name) for name in names}
    form = AttributeForm(request.POST or None, initial=initial, attribute=attribute)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        try:
            actions.change_attribute(user_of(request), attribute, **values)
        except actions.InUse:
            form.add_error("purpose", _("相談で聞いた値がもうあるので、配信には広げられません。"))
        else:
            messages.success(request, _("属性「%(name)s」を変えました。") % {"name": values["name"]})
            return redirect("contacts:attribute", pk)
    context = {"form": form, "attribute": attribute, "is_used": is_used(attribute)}
    return render(request, "contacts/attribute.html", {**context, **_options(attribute)})


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Move an attribute up or down, put it away (delete it while unused), or take it back."""
    user, attribute = user_of(request), get_object_or_404(_ours(request), pk=pk)
    match word(request, {*STEPS, "remove", "restore"}):
        case "remove":
            actions.remove_attribute(user, attribute)
        case "restore":
            actions.restore(user, attribute)
        case step:
            if attribute.archived_at is not None:
                raise Http404
            actions.move_attribute(user, attribute, STEPS[step])
    if is_partial(request):
        return attributes(request)
    return redirect("contacts:attributes")


@require_POST
def add_option(request: HttpRequest, pk: int) -> HttpResponseBase:
    attribute = _chosen(request, pk)
    form = OptionForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        actions.add_option(
            user_of(request),
            attribute,
            NewOption("", values["name"], values["name_en"], values["group"]),
        )
    return _answer(request, attribute, _("選択肢の名前を入力してください。") if form.errors else "")


@require_POST
def option(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Save, move, put away or take back one option; `number` is its row."""
    user, attribute = user_of(request), _chosen(request, pk)
    one = get_object_or_404(attribute.options, pk=number)
    said = ""
    match word(request, {*STEPS, "save", "remove", "restore"}):
        case "save":
            form = OptionForm(request.POST)
            if form.is_valid():
                actions.change_option(user, one, **form.cleaned_data)
            else:
                said = _("選択肢の名前を入力してください。")
        case "remove":
            actions.remove_option(user, one)
        case "restore":
            actions.restore_option(user, one)
        case step:
            if one.archived_at is not None:
                raise Http404
            actions.move_option(user, one, STEPS[step])
    return _answer(request, attribute, said)


def _chosen(request: HttpRequest, pk: int) -> Attribute:
    """An attribute that has options."""
    attribute = get_object_or_404(_ours(request), pk=pk)
    if not attribute.is_chosen:
        raise Http404
    return attribute


def _answer(request: HttpRequest, attribute: Attribute, problem: str) -> HttpResponseBase:
    if is_partial(request):
        context = {"attribute": attribute, "problem": problem, **_options(attribute)}
        return render(request, "contacts/_options.html", context, status=422 if problem else 200)
    if problem:
        messages.error(request, problem)
    return redirect("contacts:attribute", attribute.pk)


def _options(attribute: Attribute) -> dict[str, Any]:
    every = list(attribute.options.all())
    current = [one for one in every if one.archived_at is None]
    return {"options": current, "archived_options": [one for one in every if one.archived_at is not None]}
