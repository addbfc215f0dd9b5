"""What every page of the console knows: its navigation, by what the user may do."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.first_steps import first_step
from madoguchi.accounts.models import StaffApproval, User
from madoguchi.accounts.permissions import may
from madoguchi.console import words

NAVIGATION = (
    ("desk:index", _("相談デスク"), "desk"),
    ("desk:team", _("相談員の受け方"), "staff"),
    ("supervision:board", _("ボード"), "table"),
    ("finding:talks", _("相談をさがす"), "search"),
    ("practice:practices", _("練習"), "play"),
    ("desk:history", _("終わった相談"), "history"),
    ("phrases:list", _("定型文"), "text"),
    ("desk:receptions", _("受付"), "clock"),
    ("desk:shifts", _("シフト"), "table"),
    ("desk:asked", _("返事の確認"), "hand"),
    ("desk:writing-rules", _("返事の決まり"), "send"),
    ("contacts:friends", _("友だち"), "friend"),
    ("contacts:attributes", _("属性"), "friend"),
    ("surveys:list", _("アンケート"), "survey"),
    ("emergency:receivers", _("緊急の連絡先"), "phone"),
    ("signs:rules", _("重大なサインの言葉"), "bell"),
    ("channels:list", _("LINE公式アカウント"), "channel"),
    ("accounts:staff", _("スタッフ"), "staff"),
    ("accounts:approvals", _("スタッフの承認"), "check"),
    ("inbox:events", _("受信イベント"), "inbox"),
    ("audit:log", _("操作ログ"), "log"),
)
# What is set up now and then, not used all day: behind one button, where the bar would be too long.
SET_UP = {
    *(
        "desk:team",
        "desk:receptions",
        "desk:shifts",
        "desk:writing-rules",
        "contacts:attributes",
        "emergency:receivers",
    ),
    *("signs:rules", "channels:list", "accounts:staff", "accounts:approvals", "inbox:events", "audit:log"),
}
MOST_IN_THE_BAR = 7
PLACES = {
    "desk:history": "desk:history",
    **dict.fromkeys(
        (
            "desk:reception",
            "desk:reception-texts",
            "desk:reception-promises",
            "desk:reception-limits",
            "desk:special-day",
            "desk:by-hand",
            "desk:other-lines",
            "desk:other-line",
            "desk:shifts",
            "routing:rules",
            "routing:rule",
        ),
        "desk:receptions",
    ),
    "safety:channel": "channels:list",
    "desk:asked": "desk:asked",
    "desk:writing-rules": "desk:asked",
    "desk:index": "desk:index",
    "desk:team": "desk:team",
    "desk:member": "desk:team",
    "desk:skills": "desk:team",
    "desk:caps": "desk:team",
    "desk:channel-caps": "desk:team",
    "desk:conversation": "desk:index",
    "emergency:dossier": "desk:index",
    "accounts:enrol": "",
    "accounts:approvals": "accounts:approvals",
    "accounts:password": "",
}
# Who may open the second reaches the first by its tabs.
TABS = {
    "contacts:attributes": "contacts:friends",
    "desk:shifts": "desk:receptions",
    "desk:writing-rules": "desk:asked",
}


Entry = tuple[str, Any, str, bool]
LOOKS = ("", "light", "dark")  # as the system, always light, always dark


def console(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: (route, label, icon, is current) of what this user may open; `bar` and `set_up`: its two parts.
    `look`: one of LOOKS, `words`: what the scripts say when not in Japanese."""
    look = request.COOKIES.get("look", "")
    everywhere = {
        "is_demo": settings.MODE == "demo",
        "look": look if look in LOOKS else "",
        "languages": settings.LANGUAGES,
        "words": words.table(),
        "idle_seconds": settings.IDLE_SECONDS,
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {**everywhere, "navigation": []}
    if first_step(
        user, request.session
    ):  # nothing else is open yet, and nothing is asked for behind the form
        return {**everywhere, "navigation": []}
    here = request.resolver_match.view_name if request.resolver_match else ""
    open_ones = [one for one in NAVIGATION if may(user, one[0]) and not may(user, TABS.get(one[0], ""))]
    current = _place(here, [route for route, _label, _icon in open_ones])
    entries = [(route, label, icon, route == current) for route, label, icon in open_ones]
    return {
        **everywhere,
        "navigation": entries,
        **_parts(entries),
        "is_desk": current == "desk:index",
        "hears_urgent": may(user, "supervision:pick-ups"),
        "hears_set_aside": may(user, "inbox:set-aside"),
        "waiting_approvals": StaffApproval.objects.waiting().filter(organisation=user.organisation_id).count,
    }


def _place(here: str, routes: list[str]) -> str:
    """Which of these entries of the menu a page belongs to: one at most, so that never two are lit. Its own, or the place said
    for it, or the first of its app."""
    if here in routes or here in PLACES:
        return here if here in routes else PLACES[here]
    app = here.partition(":")[0]
    return next((route for route in routes if route.partition(":")[0] == app), "")


def _parts(entries: list[Entry]) -> dict[str, Any]:
    """What stands in the bar, and what behind its last button. `is_set_up`: whether the page is one of the latter."""
    if len(entries) <= MOST_IN_THE_BAR:
        return {"bar": entries, "set_up": []}
    bar = [entry for entry in entries if entry[0] not in SET_UP]
    set_up = [entry for entry in entries if entry[0] in SET_UP]
    return {"bar": bar, "set_up": set_up, "is_set_up": any(is_current for *_rest, is_current in set_up)}
