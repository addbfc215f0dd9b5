"""The signed-in user of a request, with its type."""

from django.http import HttpRequest

from madoguchi.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """The signed-in user. The permission gate has let only such a request through."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionError("nobody is signed in")
    return user
