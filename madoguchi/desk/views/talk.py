"""The desk's screens. Every live part has one partial and one address that gives only it."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from madoguchi.accounts.models import Role, User
from madoguchi.accounts.permissions import may
from madoguchi.accounts.request import user_of
from madoguchi.channels.line.messages import PICTURE_LIMIT, TEXT_LIMIT
from madoguchi.channels.line.stickers import SENDABLE
from madoguchi.contacts.wishes import Cause, may_write_now
from madoguchi.core import clock
from madoguchi.core.compiled import Compiled
from madoguchi.desk import actions, calling, hours, promises, sending, team, texts, turns
from madoguchi.desk.actions import NeedsSecondEyes, QueueHeld, is_in_training, listing, look, writing_rules
from madoguchi.desk.actions.barring import see_that_it_is_free
from madoguchi.desk.actions.rows import Part
from madoguchi.desk.models import (
    Alert,
    Assigning,
    Conversation,
    Duty,
    DutyState,
    Glance,
    Outcome,
    Reception,
    State,
)
from madoguchi.desk.views.asked import as_number, gone, is_partial, number, one, seen, who_is_next
from madoguchi.threads import actions as threads

MOST_BUTTONS = 8


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The desk without an open talk: whole, or only the empty pane when htmx asks for it after a talk has ended."""
    context = {"conversation": None, **who_is_next(request)}
    if not is_partial(request):
        return render(request, "desk/desk.html", {**lists_of(request), **context})
    answer = render(request, "desk/_talk_pane.html", context)
    answer["HX-Push-Url"] = request.path
    return answer


@never_cache
def next_in_line(request: HttpRequest) -> HttpResponse:
    """Who should be opened next, for the desk without an open talk: 204 while that is who the tab shows (`?shown=`)."""
    context = who_is_next(request)
    if request.GET.get("shown") == context["shown"]:
        return HttpResponse(status=204)
    return render(request, "desk/_next.html", context)


@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    """The lists, or with `?part=` the lines of one alone, where that is all that can have changed."""
    part = request.GET.get("part", "")
    if part not in [*Part]:
        return render(request, "desk/_lists.html", lists_of(request))
    kind, user = Part(part), user_of(request)
    lines = listing.lines(user, kind, _known(request), most=_most(request))
    context = {"lines": lines, "kind": kind, "open_pk": number(request, "open"), "now": clock.now()}
    answer = render(request, "desk/_lines.html", context | {"has_channels": listing.has_channels(user)})
    answer["HX-Retarget"], answer["HX-Reselect"] = f"#{kind}-lines", f"#{kind}-lines > *"
    return answer


def lists_of(request: HttpRequest) -> dict[str, Any]:
    user = user_of(request)
    duty = Duty.objects.filter(counsellor=user).first()
    ours = Reception.objects.filter(organisation_id=user.organisation_id).order_by("channel__name")
    receptions = list(ours.select_related("channel", "by_hand_by"))
    found = _found(request, duty)
    turn = turns.turn(user) if any(one.assigning == Assigning.NEXT for one in receptions) else None
    most = team.own_most(user, duty, receptions)
    unseen = turn if turn and not user.has_role([Role.SUPERVISOR]) else None  # they are not in the list
    return {
        "lists": found,
        "waiting_number": found.waiting_count + (unseen.count if unseen else 0),
        "call": calling.call(user, duty, found, unseen, most=most),
        "has_channels": len(receptions) > 1,
        "open_pk": number(request, "open"),
        "duty": duty.state if duty else DutyState.ENDED,
        "duties": DutyState.choices,
        "load": found.load,
        "most": most,
        "waiting_shown": number(request, "waiting"),
        "turn": turn,
        "now": clock.now(),
        "may_end_by_hand": may(user, "desk:end-by-hand"),
        "desks": [
            (reception.channel, hours.intake(reception), hours.today(reception), reception)
            for reception in receptions
        ],
    }


def _found(request: HttpRequest, duty: Duty | None) -> listing.Lists:
    return listing.lists(user_of(request), duty, _known(request), most=_most(request))


def _most(request: HttpRequest) -> int:
    """How many of those waiting the tab shows."""
    return max(number(request, "waiting") or 0, listing.WAITING_SHOWN)


def _known(request: HttpRequest) -> dict[int, str]:
    """Which lines the tab shows: "<talk>.<digest>" each."""
    pairs = (word.partition(".") for word in request.GET.getlist("known"))
    return {int(pk): digest for pk, _dot, digest in pairs if as_number(pk)}


@never_cache
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """An open talk: the whole desk, or only the talk's pane when htmx asks for it."""
    found = seen(user_of(request), pk)
    if found is None and is_partial(request):
        return gone(request, pk)
    if found is None:
        raise Http404
    context = {
        **head(request, found),
        "talk": look.talk(user_of(request), found),
        "prepared": look.prepared(user_of(request), found),
    }
    if is_partial(request):
        return render(request, "desk/_talk_pane.html", context)
    return render(request, "desk/desk.html", {**lists_of(request), **context, "open_pk": pk})


def standing(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    """How the talk stands for this person. `version` moves when its head, foot or side would look different."""
    user = user_of(request)
    alerts = _open_alerts(found.pk)
    is_mine = found.is_held_by(user)
    barred = _barred(found, user)
    foot = "mine" if is_mine else f"{found.state}{barred}"
    wishes = wishes_of(found)
    version = (foot, found.state, found.version, [alert.pk for alert in alerts], found.contact.blocked_at)
    version = (*version, found.contact.harmless_since, found.contact.returned_at, *wishes.values())
    return {
        "conversation": found,
        "is_mine": is_mine,
        "foot": foot,
        "barred": barred,
        "version": "-".join(str(part) for part in version).replace(" ", ""),
        "alerts": alerts,
        **wishes,
    }


_open_alerts = Compiled(
    lambda conversation: (
        Alert.objects.filter(conversation_id=conversation, acknowledged_at=None)
        .select_related("message")
        .order_by("raised_at")
    )
)


def head(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    """What the talk's head, foot and side need."""
    return standing(request, found) | _parts(request, found)


def _parts(request: HttpRequest, found: Conversation) -> dict[str, Any]:
    user = user_of(request)
    return {
        "may_end": found.may_be_ended_by(user),
        "may_reopen": _may_reopen(found, user),
        "moments": promises.CHOICES,
        "lookers": lookers(request, found),
        "may_give": found.is_open and may(user, "desk:give"),
        "insists": actions.Insists.choices,
        "outcomes": Outcome.choices,
        "stickers": SENDABLE,
        "text_limit": TEXT_LIMIT,
        "picture_limit": PICTURE_LIMIT,
        **(composing(user) if found.is_held_by(user) else {}),
    }


def composing(user: User) -> dict[str, Any]:
    """What the box where an answer is written needs to know of this person and the house."""
    return {
        "in_training": is_in_training(user),
        "confirms": writing_rules(user.organisation_id).asks_to_confirm(user),
        "buttons": sending.buttons(user)[:MOST_BUTTONS],
        "correction": texts.CORRECTION,
    }


def lookers(request: HttpRequest, found: Conversation) -> list[Glance]:
    """Colleagues who have this talk before the eyes now."""
    others = Glance.objects.now().filter(conversation=found).exclude(person=user_of(request))
    return list(others.select_related("person").order_by("person__name")) if found.is_open else []


def _barred(found: Conversation, user: User) -> str:
    """Why a waiting talk is not for this person to take alone; empty: it is."""
    try:
        if found.state == State.WAITING:
            see_that_it_is_free(found, user)
    except QueueHeld:
        return "held"
    except NeedsSecondEyes:
        return "second-eyes"
    return ""


def wishes_of(found: Conversation) -> dict[str, Any]:
    """What to heed before writing: whether the friend may be written to now, who else speaks through the account, and how many
    messages wait."""
    verdict = may_write_now(found.contact, Cause.ANSWER, clock.now())
    return {
        "waits_because": verdict.because,
        "waits_until": verdict.until,
        "other_sides": actions.other_sides(found),
        "held": threads.held_count(found.contact_id),
        "has_way_back": found.contact.harmless_since is not None and found.contact.secret.has_way_back,
    }


def _may_reopen(found: Conversation, user: User) -> bool:
    """The friend's last talk has ended, and this person held it, or is a supervisor."""
    if found.is_open or not (found.owner_id == user.pk or user.has_role([Role.SUPERVISOR])):
        return False
    return not Conversation.objects.filter(contact=found.contact, pk__gt=found.pk).exists()


@never_cache
def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """`?after=<revision>`: what is new or changed. `?before=<number>`: the page before that message."""
    user, found = user_of(request), one(request, pk)
    before, after = number(request, "before"), number(request, "after")
    if before is None:
        talk = look.news(user, found, after or 0)
    elif look.readable(found).filter(number=before).exists():
        talk = look.talk(user, found, before=before)
    else:
        raise Http404
    context = {"conversation": found, "talk": talk, "is_mine": found.is_held_by(user)}
    answer = render(request, "desk/_messages.html", context)
    if before is None:
        answer["X-Revision"] = str(talk.revision)  # where the next pull goes on
        answer["X-State"] = quote(
            standing(request, found)["version"]
        )  # a tab that shows another pulls the rest too
    return answer


@never_cache
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Head, foot and side of a talk: 204 while what the tab shows (`?version=`) is still so. To who may not read it (any
    more), only that somebody else has it now."""
    found = seen(user_of(request), pk)
    if found is None:
        return gone(request, pk)
    now = standing(request, found)
    if request.GET.get("version") == now["version"]:
        return HttpResponse(status=204)
    context = now | _parts(request, found)
    # The foot may hold words that are being written: it is drawn anew only when it becomes another one.
    return render(
        request, "desk/_state.html", {**context, "is_foot_new": request.GET.get("foot") != context["foot"]}
    )
