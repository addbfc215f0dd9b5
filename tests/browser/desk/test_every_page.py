"""Every page of the console, as the addresses know them: none can be forgotten. In the light, in the dark and on a phone."""

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import APIResponse, expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.furnished import furnish
from tests.browser.desk.hand import NARROW, WIDE, Desk
from tests.browser.desk.test_screens import AT_REST, STILL
from tests.browser.hand import findings
from tests.street import Town

if TYPE_CHECKING:
    from django.urls import URLPattern

    from madoguchi.accounts.models import User

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
QUERIES = {"surveys:texts": "?question=q4"}
# Files, and parts of a page: what nobody sent, what no rule has moved, what is for who holds the talk.
NOTHING_TO_OPEN = {"desk:attachment", "desk:phrases", "routing:of-conversation", "surveys:code"}


def address(name: str, pattern: "URLPattern", things: dict[str, dict[str, Any]]) -> str:
    from django.urls import reverse

    words = things[""] | things.get(name.partition(":")[0], {}) | things.get(name, {})
    return reverse(name, kwargs={key: words[key] for key in pattern.pattern.converters}) + QUERIES.get(
        name, ""
    )


def is_a_page(answer: APIResponse) -> bool:
    return answer.ok and "html" in answer.headers["content-type"] and "<html" in answer.text()[:500]


def pages(desk: Desk, user: "User", things: dict[str, dict[str, Any]], done: set[str]) -> list[str]:
    """Addresses of what this person may open, without what was `done`. What only acts says so (405); what leads on (3xx) or is
    part of a page is none. Whatever else does not open has no thing to show in `furnish`: it is forgotten."""
    from madoguchi.accounts.permissions import TABLE
    from tests.actions.test_permissions import ALL

    found, forgotten = [], []
    for name, pattern in ALL:
        if TABLE[name].is_public or name in done or not user.has_role(TABLE[name].roles):
            continue
        done.add(name)
        where = address(name, pattern, things)
        answer = desk.page.request.get(desk.origin + where, max_redirects=0)
        if is_a_page(answer):
            found.append(where)
        elif not (answer.ok or answer.status == 405 or 300 <= answer.status < 400 or name in NOTHING_TO_OPEN):
            forgotten.append(f"{name} {where} {answer.status}")
    assert forgotten == []
    return found


def is_in_order(desk: Desk, where: str) -> list[str]:
    """What is wrong with the page at an address. In the dark only colours can be worse than in the light."""
    page = desk.page
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(desk.origin + where)
    expect(page.locator("h1").first).to_be_attached()
    expect(page.get_by_text("読み込んでいます…").locator("visible=true")).to_have_count(0)
    page.evaluate(AT_REST)
    wrong = findings(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(AT_REST)
    wrong += findings(page, "color-contrast")
    page.set_viewport_size(NARROW)
    if page.evaluate(OVERFLOW) > 0:
        wrong.append("wider than a phone")
    return [f"{where} {each}" for each in wrong]


@pytest.mark.timeout(600)  # one window goes through all of them
def test_every_page_is_open_to_all_and_fits_a_phone(town: Town, administrator: "User", seats: Seats) -> None:
    things, done = furnish(town), set[str]()
    wrong: list[str] = []
    for user in (town.supervisor, administrator):
        desk = seats(user, **STILL)
        for where in pages(desk, user, things, done):
            wrong += is_in_order(desk, where)
    wrong += is_in_order(desk, "/nowhere/")
    assert wrong == []
    assert _never_opened(done) == set()


def _never_opened(done: set[str]) -> set[str]:
    """Routes that neither of the two may use: another person has to be asked for these."""
    from madoguchi.accounts.permissions import TABLE

    return {name for name, row in TABLE.items() if not row.is_public} - done
