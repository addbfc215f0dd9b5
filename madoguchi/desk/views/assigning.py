"""Taking the next, and a supervisor giving a talk to somebody."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions, team, turns
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import QUEUE_HELD, TURNED_AWAY, as_number, one, problem, too_much

NOBODY_WAITS = gettext_lazy("いま待っている人はいません。新しい相談が届くと、このボタンで担当できます。")
SECOND_EYES_NEXT = gettext_lazy(
    "次の人を担当するには、もうひとりの確認が必要です。スーパーバイザーに声をかけて、割り当ててもらってください。"
)
CHOOSE = gettext_lazy("だれに割り当てるかを選んでください。")


@require_POST
def take_next(request: HttpRequest) -> HttpResponseBase:
    """Whoever's turn it is."""
    try:
        taken = actions.take_next(user_of(request))
    except actions.HandsFull as full:
        return problem(request, too_much(full), None)
    except actions.NeedsSecondEyes:
        return problem(request, SECOND_EYES_NEXT, None)
    except actions.AlreadyTaken:
        taken = None
    if taken is None and (waits := turns.turn(user_of(request))) and waits.count:
        return problem(request, QUEUE_HELD, None)
    if taken is None:
        return problem(request, NOBODY_WAITS, None)
    return redirect("desk:conversation", taken.pk)


@never_cache
def give(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To whom: everybody with what each holds, those with room first. POST gives the talk to `counsellor`."""
    if request.method == "POST":
        return _given(request, pk)
    found = one(request, pk)
    user = user_of(request)
    people = team.members(
        user.organisation_id, team.talkers(user.organisation_id).exclude(pk=found.owner_id or 0)
    )
    fits = sorted(people, key=lambda member: _fitness(member, found))
    return render(request, "desk/_give.html", {"conversation": found, "members": fits})


def _fitness(member: team.Member, talk: Conversation) -> tuple[int, int, int, str]:
    """At the desk with room, then the needed skills, then the most room."""
    lacking = len(set(talk.needs) - set(member.duty.skills))
    return list(team.Standing).index(member.standing), lacking, -member.room, member.user.name


def _given(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    chosen = as_number(request.POST.get("counsellor", ""))
    if chosen is None:
        return problem(request, CHOOSE, pk)
    counsellor = get_object_or_404(team.talkers(user.organisation_id), pk=chosen)
    try:
        given = actions.give(user, pk, counsellor)
    except Conversation.DoesNotExist:
        raise Http404 from None
    except actions.NotYours:
        return problem(request, TURNED_AWAY, pk)
    except actions.AlreadyTaken:
        return problem(request, _("この相談はもう終わっています。"), None)
    said = {"number": given.number, "name": counsellor.name}
    notices.success(request, _("相談 %(number)s を%(name)sさんの担当にしました。") % said)
    return redirect("desk:conversation", pk)
