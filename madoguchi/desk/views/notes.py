"""What staff say among themselves beside a talk: another box, another colour, another key than what goes to the friend."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.models import Role
from madoguchi.accounts.request import user_of
from madoguchi.desk import actions
from madoguchi.desk.actions import look
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import TURNED_AWAY, is_partial, one, problem

UNFIT = _("メモが空か、長すぎます。4,000文字までで書いてください。")
ACTS = {"note": actions.note, "whisper": actions.whisper, "help": actions.call_for_help}


@never_cache
def notes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The notes about a talk's friend, the newest first; POST writes one (`kind`: note, whisper or help)."""
    if request.method == "POST":
        try:
            ACTS.get(request.POST.get("kind", ""), actions.note)(
                user_of(request), pk, request.POST.get("text", "")
            )
        except actions.NotYours:
            return problem(request, TURNED_AWAY, pk)
        except actions.Unfit:
            return problem(request, UNFIT, pk)
        if not is_partial(request):
            return redirect("desk:conversation", pk)
    return _drawn(request, one(request, pk))


def _drawn(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    user = user_of(request)
    found = look.notes(user, conversation)
    context = {
        "conversation": conversation,
        "notes": found,
        "seeable": [note.pk for note in found if note.may_be_seen_by(user)],
        "may_whisper": conversation.is_held and user.has_role([Role.SUPERVISOR]),
        **look.hand_over_of(user, conversation),
    }
    return render(request, "desk/_notes.html", context)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A whisper was read, or a call for help answered for."""
    try:
        note = actions.see(user_of(request), pk)
    except actions.NotYours:
        return problem(request, TURNED_AWAY, None)
    if not is_partial(request):
        return redirect("desk:conversation", note.conversation_id)
    return _drawn(request, one(request, note.conversation_id))
