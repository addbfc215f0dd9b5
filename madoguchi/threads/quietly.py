"""The name and picture under which the account speaks: LINE's `sender`, for friends on whose screen ours would give them away."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static

from madoguchi.contacts.models import Contact

DEFAULT_NAME = "お知らせ"
ICONS = ("leaf", "sun", "book")


def named(contact: Contact, payload: dict[str, Any]) -> dict[str, Any]:
    """The message under the quiet name, for who wants it or where the whole account speaks so; else as it is."""
    channel = contact.channel
    if not (contact.is_quiet or channel.is_quiet):
        return payload
    own = contact.secret.name if contact.is_quiet else ""
    sender = {"name": own or channel.quiet_name or DEFAULT_NAME}
    if channel.quiet_icon in ICONS:
        sender["iconUrl"] = icon_address(channel.quiet_icon)
    return {**payload, "sender": sender}


def renamed(contact: Contact, payload: dict[str, Any]) -> dict[str, Any]:
    """Under the name that is wished for now: between writing and the first attempt the friend may have asked for another."""
    return named(contact, unnamed(payload))


def unnamed(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "sender"}


def icon_address(icon: str) -> str:
    """Where LINE fetches the picture."""
    return settings.PUBLIC_URL + static(f"threads/quiet/{icon}.png")
