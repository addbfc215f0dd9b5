"""Ending and locking sessions, and the streams that are open in them."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from madoguchi.accounts import presence
from madoguchi.accounts.models import User
from madoguchi.core import clock, live


def end_sessions(user: User, but: str | None = None) -> None:
    """Sign the user out everywhere but in the session of this key, and close the streams that are open."""
    ended = [] if but else [f"user-{user.pk}"]
    for session in Session.objects.filter(expire_date__gte=clock.now()).exclude(pk=but or "").iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            ended.append(presence.session_topic(session.pk))
            session.delete()
    live.publish(*ended)


def lock(session: SessionBase) -> None:
    """Show nothing more in this session until the password is given again."""
    presence.lock(session)
    live.publish(presence.session_topic(session.session_key, "lock"))


def rings(user: User) -> None:
    """A locked screen of this person has just asked whether it has to call: the person is not at it, and can be called."""
    User.objects.filter(pk=user.pk).update(rung_at=Now())
