"""What the webhook door is measured against, served by the same server: only the signature, and an ordinary Django view."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.handlers.asgi import ASGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.town import SECRET
from config import asgi
from madoguchi.channels.line import signature
from madoguchi.core import walls
from madoguchi.inbox import door, locks, rows
from madoguchi.inbox.models import InboundEvent


async def signature_only(scope: door.Scope, receive: door.Receive, send: door.Send) -> None:
    """The bound: read the body, check the signature, answer 200."""
    if scope["type"] == "lifespan":
        await asgi.application(scope, receive, send)
        return
    raw = await door.read_body(scope, receive)
    is_right = signature.verify((SECRET,), raw, door.header(scope, b"x-line-signature"))
    await door.answer(send, 200 if is_right else 401)


@csrf_exempt
def store_one(request: HttpRequest, key: str) -> HttpResponse:
    """How one would write it with Django alone: the same row, the same seal, one INSERT and one commit a request."""
    lock = locks.all_locks()[key] if key not in _known else _known[key]
    _known[key] = lock
    raw = request.body
    if not signature.verify(lock.secrets, raw, request.headers.get("x-line-signature", "")):
        return HttpResponse(status=401)
    with walls.everywhere(), transaction.atomic():
        for row in rows.rows_of(lock, raw):
            InboundEvent.objects.bulk_create([InboundEvent(**row._asdict())], ignore_conflicts=True)
    return HttpResponse("OK")


_known: dict[str, rows.Lock] = {}


urlpatterns = [path("line/webhook/<str:key>", store_one)]


class _OwnUrls(ASGIHandler):
    """Django's own handler with Django's own default middleware, and this view alone."""


def _django_view() -> ASGIHandler:
    from django.conf import settings

    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
    return ASGIHandler()


django_view = _django_view() if os.environ.get("MADOGUCHI_BENCH") == "view" else None
