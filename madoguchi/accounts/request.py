"""What a request says, with its type: its signed-in user, and a page of ours to go to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from madoguchi.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """The signed-in user. The permission gate has let only such a request through."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionError("nobody is signed in")
    return user


def own_page(address: str) -> str:
    """The address if it is a path of ours, else nothing: `//elsewhere.example` and `name` are none."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_path else ""
