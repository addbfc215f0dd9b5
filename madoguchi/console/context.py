"""What every page of the console knows: its navigation, by what the user may do."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may

NAVIGATION = (
    ("desk:index", "相談デスク", "desk"),
    ("desk:history", "終わった相談", "history"),
    ("channels:list", "LINE公式アカウント", "channel"),
    ("accounts:staff", "スタッフ", "staff"),
    ("inbox:events", "受信イベント", "inbox"),
    ("audit:log", "操作ログ", "log"),
)


def console(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: (route, label, icon, is current) of what this user may open."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": [], "is_demo": settings.MODE == "demo"}
    here = request.resolver_match.view_name if request.resolver_match else ""
    entries = [(route, label, icon, route == here) for route, label, icon in NAVIGATION if may(user, route)]
    return {"navigation": entries, "is_demo": settings.MODE == "demo"}
