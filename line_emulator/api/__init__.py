"""The endpoints of LINE's Messaging API, LINE Login and LIFF, a file a subject."""

from line_emulator.api import (
    accounts,
    chats,
    content,
    groups,
    liff,
    login,
    people,
    sending,
    tokens,
    validation,
    webhooks,
)
from line_emulator.routes import Routes


def routes() -> Routes:
    parts = (accounts, chats, content, groups, liff, login, people, sending, tokens, validation, webhooks)
    return Routes([route for part in parts for route in part.ROUTES])
