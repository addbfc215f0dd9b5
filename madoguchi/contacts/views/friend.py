"""A friend's page and what can be done on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.contacts import actions
from madoguchi.contacts.actions import look
from madoguchi.contacts.entering import ValuesForm
from madoguchi.contacts.forms import MergeForm
from madoguchi.contacts.models import Contact, Merge, Source, Tag, Values
from madoguchi.contacts.views.asked import is_partial, word

# What higher floors know of a friend, asked for by its address: (route, what its link says where no script runs).
ABOUT = (
    ("surveys:of-contact", gettext_lazy("アンケートの回答")),
    ("desk:of-contact", gettext_lazy("これまでの相談")),
)


def _one(request: HttpRequest, pk: int) -> Contact:
    ours = Contact.objects.visible_to(user_of(request)).select_related("channel", "origin")
    return get_object_or_404(ours, pk=pk)


@never_cache
def friend(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _one(request, pk), MergeForm())


def _page(request: HttpRequest, contact: Contact, merge_form: MergeForm, status: int = 200) -> HttpResponse:
    user = user_of(request)
    portrait = look.friend(user, contact)
    put_on = {tag.pk for tag in portrait.tags}
    acts = ("edit-values", "tagging", "merge", "reveal")
    context = {
        "portrait": portrait,
        "contact": contact,
        "other_tags": [tag for tag in Tag.objects.visible_to(user) if tag.pk not in put_on],
        "may": {act.replace("-", "_"): may(user, f"contacts:{act}") for act in acts},
        "merge_form": merge_form,
        "about": [(route, name) for route, name in ABOUT if may(user, route)],
    }
    return render(request, "contacts/friend.html", context, status=status)


@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what is known; only what this person changed on the page is set."""
    user, contact = user_of(request), _one(request, pk)
    portrait = look.friend(user, contact)
    attributes = [each for each in look.visible(user) if each.archived_at is None]
    form = ValuesForm(attributes, _known(contact), request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = actions.set_values(contact, form.changed(), source=Source.COUNSELLOR, actor=user)
        messages.success(
            request,
            _("%(count)s個の値を変えました。") % {"count": len(done)}
            if done
            else _("変わったところはありません。"),
        )
        return redirect("contacts:friend", pk)
    return render(request, "contacts/values.html", {"portrait": portrait, "contact": contact, "form": form})


def _known(contact: Contact) -> dict[str, object]:
    row = Values.objects.filter(contact=contact).first()
    if row is None:
        return {}
    row.contact = contact
    return {**row.plain, **row.texts}


@require_POST
def tagging(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put a tag on, or take it off."""
    user, contact = user_of(request), _one(request, pk)
    chosen = request.POST.get("tag", "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else 0
    tag = get_object_or_404(Tag.objects.visible_to(user), pk=number)
    act = {"put": actions.tag, "take": actions.untag}[word(request, {"put", "take"})]
    act(user, contact, tag)
    return _page(request, contact, MergeForm()) if is_partial(request) else redirect("contacts:friend", pk)


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _one(request, pk)
    profile = look.reveal(user_of(request), contact)
    if is_partial(request):
        return render(request, "contacts/_name.html", {"profile": profile})
    return render(request, "contacts/name.html", {"profile": profile, "contact": contact})


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, contact = user_of(request), _one(request, pk)
    form = MergeForm(request.POST)
    if form.is_valid():
        other = Contact.objects.visible_to(user).filter(pk=form.cleaned_data["number"]).first()
        try:
            if other is None:
                raise actions.CannotMerge
            actions.merge(user, contact, other, form.cleaned_data["reason"])
        except actions.CannotMerge:
            form.add_error(
                "number", _("まとめられません。番号を確かめるか、先にもとのまとめを解いてください。")
            )
        else:
            messages.success(request, _("同じ人としてまとめました。いつでも元に戻せます。"))
            return redirect("contacts:friend", pk)
    return _page(request, contact, form, status=422)


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`pk`: the merge."""
    user = user_of(request)
    ours = Merge.objects.filter(organisation_id=user.organisation_id).select_related("kept")
    row = get_object_or_404(ours, pk=pk)
    actions.unmerge(user, row)
    messages.success(request, _("まとめたのを元に戻しました。"))
    return redirect("contacts:friend", row.kept_id)
