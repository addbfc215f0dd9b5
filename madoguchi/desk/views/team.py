"""The team on duty, as supervisors see and set it: who holds how much, who is good at what, and what each channel allows."""

from collections import Counter

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.channels.models import Channel
from madoguchi.desk import actions, team
from madoguchi.desk.forms import CapsForm, DutyForm, SkillForm
from madoguchi.desk.models import Duty, Skill
from madoguchi.desk.views.asked import first_error

PAGE = 60
SAME_NAME = gettext_lazy(
    "同じ名前の「得意なこと」がもうあります。別の名前にするか、しまったものを戻してください。"
)


def members(request: HttpRequest) -> HttpResponse:
    user, search = user_of(request), request.GET.get("q", "").strip()
    found = team.talkers(user.organisation_id)
    if search:
        found = found.filter(name__icontains=search)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "search": search,
        "members": team.members(user.organisation_id, page.object_list),
        "standings": team.standings(user.organisation_id),
        "tabs": _tabs("desk:team"),
    }
    return render(request, "desk/team.html", context)


def member(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    counsellor = get_object_or_404(team.talkers(user.organisation_id), pk=pk)
    (shown,) = team.members(user.organisation_id, [counsellor])
    form = DutyForm(shown.duty, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_duty(user, counsellor, form.cleaned_data)
        notices.success(request, _("%(name)sさんの受け方を変えました。") % {"name": counsellor.name})
        return redirect("desk:team")
    return render(request, "desk/member.html", {"member": shown, "form": form})


def skills(request: HttpRequest) -> HttpResponseBase:
    """The list; POST adds one: `key` of a ready-made one, or a `name` of the organisation's own."""
    if request.method == "POST":
        return _added(request)
    user, search = user_of(request), request.GET.get("q", "").strip()
    ours = Skill.objects.filter(organisation_id=user.organisation_id)
    found = ours.filter(name__icontains=search) if search else ours
    page = Paginator(found.order_by("archived_at", "pk"), PAGE).get_page(request.GET.get("page"))
    duties = Duty.objects.filter(organisation_id=user.organisation_id)
    having = Counter(key for keys in duties.values_list("skills", flat=True) for key in keys)
    known = set(ours.filter(archived_at=None).values_list("key", flat=True))
    context = {
        "page": page,
        "search": search,
        "rows": [(skill, having[skill.key]) for skill in page],
        "ready": [(key, name) for key, name in actions.READY_MADE_SKILLS.items() if key not in known],
        "tabs": _tabs("desk:skills"),
    }
    return render(request, "desk/skills.html", context)


def _added(request: HttpRequest) -> HttpResponseBase:
    user, key = user_of(request), request.POST.get("key", "")
    if key in actions.READY_MADE_SKILLS:
        actions.add_skill(user, key, str(actions.READY_MADE_SKILLS[key]))
        return redirect("desk:skills")
    form = SkillForm(request.POST)
    if not form.is_valid():
        return _back(request, first_error(form))
    try:
        actions.add_own_skill(user, form.cleaned_data["name"])
    except actions.SameName:
        return _back(request, str(SAME_NAME))
    return redirect("desk:skills")


def _back(request: HttpRequest, text: str) -> HttpResponseBase:
    notices.error(request, text)
    return redirect("desk:skills")


@require_POST
def skill(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`do`: rename (to `name`), archive or restore."""
    user, do = user_of(request), request.POST.get("do", "")
    try:
        if do == "rename":
            form = SkillForm(request.POST)
            if not form.is_valid():
                return _back(request, first_error(form))
            actions.rename_skill(user, pk, form.cleaned_data["name"])
        else:
            (actions.restore_skill if do == "restore" else actions.archive_skill)(user, pk)
    except actions.SameName:
        return _back(request, str(SAME_NAME))
    except actions.NotYours:
        raise Http404 from None
    return redirect("desk:skills")


def caps(request: HttpRequest) -> HttpResponse:
    """Each channel's limits and its way of assigning, in one table."""
    user, search = user_of(request), request.GET.get("q", "").strip()
    channels = Channel.objects.of(user).order_by("name", "pk")
    if search:
        channels = channels.filter(name__icontains=search)
    page = Paginator(channels, PAGE).get_page(request.GET.get("page"))
    rows = [(channel, actions.reception(channel)) for channel in page]
    return render(
        request, "desk/caps.html", {"page": page, "search": search, "rows": rows, "tabs": _tabs("desk:caps")}
    )


def channel_caps(request: HttpRequest, channel_pk: int) -> HttpResponseBase:
    user = user_of(request)
    channel = get_object_or_404(Channel.objects.of(user), pk=channel_pk)
    form = CapsForm(request.POST or None, instance=actions.reception(channel))
    if request.method == "POST" and form.is_valid():
        actions.set_reception(user, channel, form.cleaned_data)
        notices.success(request, _("上限と担当の決め方を変えました。すぐに使われます。"))
        return redirect("desk:caps")
    return render(request, "desk/channel_caps.html", {"form": form, "channel": channel})


def _tabs(here: str) -> list[dict[str, object]]:
    named = (
        ("desk:team", _("相談員")),
        ("desk:skills", _("得意なこと")),
        ("desk:caps", _("上限と担当の決め方")),
    )
    return [{"label": label, "href": reverse(route), "is_current": route == here} for route, label in named]
