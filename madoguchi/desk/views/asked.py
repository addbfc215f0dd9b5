"""What the desk's views share: the conversation that was asked for, and how a refused act is said."""

import json
from functools import partial
from typing import Any

from django.contrib import messages as notices
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.permissions import TALKERS
from madoguchi.accounts.request import user_of
from madoguchi.core.compiled import Compiled
from madoguchi.desk import turns
from madoguchi.desk.actions import HandsFull
from madoguchi.desk.models import HELD, Conversation, ConversationQuerySet

PARTS = ("contact", "owner", "channel", "last_message")
QUEUE_HELD = gettext_lazy("いまスーパーバイザーが列を止めて、割り当てています。割り当てを待ってください。")
ONLY_IN_TURN = gettext_lazy(
    "この窓口では、待っている人を選べません。「次の人を担当する」を押すと、順番の人を担当できます。"
)
TURNED_AWAY = gettext_lazy("この相談は、いまあなたの担当ではありません。一覧を確かめてください。")


def visible(request: HttpRequest) -> ConversationQuerySet:
    return Conversation.objects.visible_to(user_of(request)).select_related(*PARTS)


def seen(user: User, pk: int) -> Conversation | None:
    """The conversation, if this user may read it."""
    if not user.has_role(TALKERS):
        return None
    found = _SEEN[user.has_role([Role.SUPERVISOR])](user.organisation_id, user.pk, pk)
    return next(iter(found), None)


def _seen(organisation: int, user: int, pk: int, *, role: Role) -> ConversationQuerySet:
    who = User(pk=user, organisation_id=organisation, roles=[role])
    return Conversation.objects.visible_to(who).filter(pk=pk).select_related(*PARTS)


_SEEN = {
    role == Role.SUPERVISOR: Compiled(partial(_seen, role=role))
    for role in (Role.COUNSELLOR, Role.SUPERVISOR)
}


def one(request: HttpRequest, pk: int) -> Conversation:
    """The conversation, if this user may read it; 404 otherwise."""
    if (found := seen(user_of(request), pk)) is None:
        raise Http404
    return found


def number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name) or request.POST.get(name) or ""
    return as_number(value)


def as_number(text: str) -> int | None:
    """A number as somebody wrote it, if it is one that a row can have."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def is_partial(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def gone(request: HttpRequest, pk: int) -> HttpResponse:
    """Instead of the talk: who has it now, or that it has ended, which is also said of one that never was. Replaces the
    whole pane, so that nothing of the talk stays on the screen."""
    held = Conversation.objects.filter(organisation_id=user_of(request).organisation_id, state__in=HELD)
    holder = held.filter(pk=pk).values_list("owner__name", flat=True).first()
    context = {"holder": holder, **who_is_next(request)}
    aimed = {"HX-Retarget": "#talk-pane", "HX-Reswap": "outerHTML", "HX-Reselect": "#talk-pane"}
    headers = {} if request.headers.get("HX-Target") == "talk-pane" else aimed
    answer = render(request, "desk/_taken.html", context)
    for name, value in {**headers, "HX-Replace-Url": redirect("desk:index")["Location"]}.items():
        answer[name] = value
    return answer


def who_is_next(request: HttpRequest) -> dict[str, Any]:
    """For the desk without an open talk: `next`, the talk that should be opened next, or `turn`, how many wait where nobody
    chooses. `shown` moves when either would look different."""
    turn = turns.turn(user_of(request))
    found = visible(request).ready().counted().first() if not turn or not turn.count else None
    return {"next": found, "turn": turn, "shown": f"{found.pk if found else 0}-{turn.count if turn else 0}"}


def first_error(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def why_full(full: HandsFull) -> str:
    """Why one talk more is too much."""
    said = {"load": full.load, "most": full.most}
    if full.is_channel:
        return (
            _("この窓口で同時に受ける相談は、多くても%(most)s件です。いま、そのすべてを受けています。") % said
        )
    return _("いま%(load)s件分を担当しています（上限は%(most)s件分）。") % said


def too_much(full: HandsFull) -> str:
    """The whole sentence: why, and what mends it."""
    mends = (
        _("ひとつ終わるのを待つか、スーパーバイザーに相談してください。")
        if full.is_channel
        else _("ひとつ終えるか、まとめに移してから担当してください。")
    )
    return f"{why_full(full)}{mends}"


def problem(request: HttpRequest, text: str | Promise, pk: int | None) -> HttpResponseBase:
    """A refused act: said at once in a corner of the screen for htmx, above the desk otherwise."""
    if is_partial(request):
        said = json.dumps({"notice": {"kind": "shu", "text": str(text)}})
        return HttpResponse(status=422, headers={"HX-Reswap": "none", "HX-Trigger": said})
    notices.error(request, str(text))
    return redirect("desk:conversation", pk) if pk else redirect("desk:index")
