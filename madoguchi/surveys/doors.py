"""Addresses that lead anybody to a survey, for posters, sites and messages; LINE says who comes through them.

Two ways through one LIFF app: LINE's own link opens inside LINE, the page's address opens in any browser, where one signs
in to LINE first. With an origin's key in it, a friend keeps where they came from.
"""

from urllib.parse import urlencode

from madoguchi.channels.actions import liff_url
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Origin
from madoguchi.surveys.models import Survey

LIFF = "https://liff.line.me"
INSIDE, PAGE = "line", "page"
WAYS = (INSIDE, PAGE)


def address(way: str, channel: Channel, survey: Survey, origin: Origin | None = None) -> str:
    """By one of `WAYS`; `channel` has a LIFF app."""
    base = f"{LIFF}/{channel.liff_id}" if way == INSIDE else liff_url(channel)
    query = "?" + urlencode({"from": origin.key}) if origin else ""
    return f"{base}/{survey.token}{query}"
