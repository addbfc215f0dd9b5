"""The list of friends, and looking for one by the LINE name."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.contacts.actions import look
from madoguchi.contacts.models import Contact
from madoguchi.contacts.narrowing import Narrowing, read
from madoguchi.contacts.views.asked import is_partial, number

PAGE = 50


@never_cache
def friends(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    asked = read(request.GET, user)
    page = _page(asked, number(request, "page") or 1)
    shown = look.friends(user, list(page.object_list), asked.attributes)
    context = {"page": page, "friends": shown, "asked": asked, "may_find": may(user, "contacts:find")}
    context["may_move"] = may(user, "contacts:files")
    context["may_open_origins"] = may(user, "contacts:origins")
    if is_partial(request):
        return render(request, "contacts/_found.html", context)
    context["anybody"] = page.paginator.count or Contact.objects.visible_to(user).exists()
    return render(request, "contacts/friends.html", context)


def _page(asked: Narrowing, wanted: int) -> Page[Contact]:
    """One page. Under conditions, who is on it and how many there are come from one reading: each would go through everybody."""
    found = asked.apply()
    paginator = Paginator(found.select_related("origin"), PAGE)
    begin = PAGE * (wanted - 1)
    counted = found.annotate(everybody=Window(Count("*"))).values_list("pk", "everybody")
    ids = list(counted[begin : begin + PAGE]) if asked.is_narrow() and begin >= 0 else []
    if not ids:  # everybody is asked for, or nobody, or a page beyond the last one
        return paginator.get_page(wanted)
    rows = Contact.objects.select_related("origin").in_bulk([pk for pk, _everybody in ids])
    paginator.count = ids[0][1]
    return Page([rows[pk] for pk, _everybody in ids if pk in rows], wanted, paginator)


@never_cache
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """By LINE name: a post, because a name belongs in no address."""
    words = request.POST.get("name", "").strip()[:40]
    found = look.find(user_of(request), words) if words else None
    return render(request, "contacts/names.html", {"found": found, "words": words})
