"""What the screens of friends ask for: the tabs between them."""

from typing import Any

from django import template

from madoguchi.accounts.permissions import may

register = template.Library()

PLACES = ("friends", "attributes", "origins")


@register.inclusion_tag("contacts/_tabs.html", takes_context=True)
def friend_tabs(context: dict[str, Any], here: str) -> dict[str, Any]:
    """The tabs to those pages that this user may open; `here` is the current one."""
    user = context["user"]
    return {"here": here, "places": {place: may(user, f"contacts:{place}") for place in PLACES}}
