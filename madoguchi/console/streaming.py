"""Who may follow which topic of the live stream: asked when a tab subscribes, and again when a talk changes hands."""

from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from madoguchi.accounts import presence
from madoguchi.accounts.first_steps import first_step
from madoguchi.accounts.models import User
from madoguchi.accounts.permissions import may
from madoguchi.core import walls
from madoguchi.core.cookies import cookies_of
from madoguchi.core.stream import Allowed, Scope
from madoguchi.desk.models import Conversation
from madoguchi.surveys import reach
from madoguchi.surveys.models import Survey

MOST_DIGITS = 18  # what fits a bigint


async def authorise(scope: Scope, asked: list[str]) -> Allowed | None:
    """The topics of `asked` that the signed-in user may follow, and until when; None when nobody is signed in."""
    return await sync_to_async(_authorise, thread_sensitive=False)(scope, asked)


def _authorise(scope: Scope, asked: list[str]) -> Allowed | None:
    try:
        request = request_of(scope)
        with walls.everywhere():
            user = _user(request)
        if user is None:
            return None
        with walls.within(user.organisation_id):
            topics = [topic for topic in asked if _may_follow(user, topic)]
        return Allowed(topics, _ends(user, request), presence.seconds_left(request.session))
    finally:
        connections.close_all()  # the stream lives long; it must not hold a database connection


def _ends(user: User, request: HttpRequest) -> dict[str, str]:
    key = request.session.session_key
    return {
        f"user-{user.pk}": "signed-out",
        presence.session_topic(key): "signed-out",
        presence.session_topic(key, "lock"): "locked",
    }


def request_of(scope: Scope) -> HttpRequest:
    """As much of a request as Django needs to know the session."""
    key = cookies_of(scope["headers"]).get(settings.SESSION_COOKIE_NAME, "")
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return request


def _user(request: HttpRequest) -> User | None:
    user = get_user(request)
    if not isinstance(user, User) or not user.is_active or first_step(user, request.session):
        return None
    return None if presence.is_locked(request.session) else user


def _may_follow(user: User, topic: str) -> bool:
    kind, _, number = topic.partition("-")
    if not number.isascii() or not number.isdecimal() or len(number) > MOST_DIGITS:
        return False
    match kind:
        case "desk" | "lines" | "urgent":
            return may(user, "desk:index") and int(number) == user.organisation_id
        case "mine" | "words":
            return int(number) == user.pk
        case "contact" | "beside" | "trouble" | "looking":
            return _may_hear(user, int(number))
        case "survey":
            return reach.countable(user).filter(pk=int(number)).exists()
        case "building":
            return (
                may(user, "surveys:hands") and Survey.objects.visible_to(user).filter(pk=int(number)).exists()
            )
    return False


def _may_hear(user: User, contact_id: int) -> bool:
    """Who may read the friend's open talk; while none is open, who may read one that has ended."""
    talks = Conversation.objects.filter(organisation_id=user.organisation_id, contact_id=contact_id)
    now = talks.open().first()
    readable = Conversation.objects.visible_to(user).filter(contact_id=contact_id)
    return (readable.filter(pk=now.pk) if now else readable).exists()
