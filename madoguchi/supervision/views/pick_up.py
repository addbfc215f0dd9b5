"""A second pair of eyes: asked for beside the talk, given with one tap by a colleague, on whatever page that person is."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.desk import actions as desk
from madoguchi.desk.views.asked import TURNED_AWAY, problem, too_much
from madoguchi.supervision import actions
from madoguchi.supervision.models import PickUp

ENDED = gettext_lazy("この確認の頼みはもう終わっています。一覧を確かめてください。")
FULL = gettext_lazy("頼んだ人は、そのあとほかの相談を受けて手がいっぱいです。別の人が担当してください。")
HELD = gettext_lazy("いまスーパーバイザーが列を止めて、割り当てています。")


@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """Above every page: who waits for a second pair of eyes."""
    user = user_of(request)
    found = PickUp.objects.filter(organisation_id=user.organisation_id).pending()
    found = found.select_related("asked_by", "conversation__contact").order_by("pk")
    return render(request, "supervision/_pick_ups.html", {"pick_ups": found[:5]})


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.ask(user_of(request), pk)
    except desk.NotYours:
        return problem(request, TURNED_AWAY, None)
    except desk.AlreadyTaken as taken:
        said = _("%(name)sさんが先に担当するところです。") % {"name": taken.by}
        return problem(request, said if taken.by else _("この相談はもう終わっています。"), pk)
    except desk.QueueHeld:
        return problem(request, HELD, pk)
    except desk.HandsFull as full:
        return problem(request, too_much(full), pk)
    notices.info(request, _("もうひとりの確認を頼みました。だれかが確かめると、あなたの担当になります。"))
    return redirect("desk:conversation", pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        talk = actions.confirm(user_of(request), pk)
    except (actions.NotAsked, desk.AlreadyTaken):
        return problem(request, ENDED, None)
    except desk.HandsFull:
        return problem(request, FULL, None)
    said = {"number": talk.number, "name": talk.owner.name if talk.owner else ""}
    notices.success(request, _("相談 %(number)s は%(name)sさんの担当になりました。") % said)
    return redirect("desk:index")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        actions.withdraw(user_of(request), pk)
    except actions.NotAsked:
        return problem(request, ENDED, None)
    return redirect("desk:index")
