"""The banner beside a talk: what was before, and what the one before recommends. Collapsed; one tap reads it, on the record."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Note, NoteKind
from madoguchi.desk.views.asked import TURNED_AWAY, is_partial, one, problem, visible
from madoguchi.finding import actions, earlier

MOST = 20
UNFIT = _("すすめ方は2,000文字までで書いてください。")


@never_cache
def before(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: how many there were and the last of them; `?read=1` also what was kept of them. POST: the approach recommended after
    this talk."""
    conversation = one(request, pk)
    if request.method == "POST":
        try:
            desk.recommend(user_of(request), pk, request.POST.get("approach", ""))
        except desk.NotYours:
            return problem(request, TURNED_AWAY, pk)
        except desk.Unfit:
            return problem(request, UNFIT, pk)
        if not is_partial(request):
            return redirect("desk:conversation", pk)
        conversation = one(request, pk)
    return _drawn(request, conversation, is_read=request.method == "POST" or request.GET.get("read") == "1")


def _drawn(request: HttpRequest, conversation: Conversation, *, is_read: bool) -> HttpResponse:
    user = user_of(request)
    found = list(earlier.talks(conversation)[: MOST + 1])
    context = {
        "conversation": conversation,
        "earlier": found[:MOST],
        "count": len(found),
        "is_more": len(found) > MOST,
        "is_read": is_read,
        "was_grave": any(each.grave_at for each in found),
        "may_write": desk.may_recommend(user, conversation),
        "may_open": set(
            visible(request).filter(pk__in=[each.pk for each in found]).values_list("pk", flat=True)
        ),
    }
    if is_read:
        actions.read_before(user, conversation, found[:MOST])
        context["approach"] = next((each for each in found if each.sealed_approach), None)
        notes = Note.objects.filter(conversation__in=found, kind=NoteKind.NOTE).select_related(
            "contact", "author"
        )
        context["note"] = notes.order_by("-pk").first()
    return render(request, "finding/_before.html", context)
