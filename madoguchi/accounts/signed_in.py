"""Who asks: the session and its person, as Django keeps them. Both are asked for with every request, so both are `Compiled`."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.core.compiled import Compiled

_sessions = Compiled(lambda key: Session.objects.filter(session_key=key, expire_date__gt=Now()), str)
_users = Compiled(lambda pk: User.objects.filter(pk=pk))


class SessionStore(Kept):
    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_sessions(self.session_key)), None)
        if found is None:
            self._session_key = None
        return found


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        found = next(iter(_users(user_id)), None)
        return found if found and self.user_can_authenticate(found) else None
