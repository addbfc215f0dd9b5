"""What no browser of ours sends gets a plain answer, never a broken page; and no answer is kept anywhere."""

import pytest
from django.conf import settings as product
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from madoguchi.console.views import broken
from madoguchi.inbox.models import InboundEvent
from tests.people import Town, found_town

LISTS = ("audit:log", "accounts:staff", "inbox:events", "channels:list")
OF_THE_DESK = ("desk:history", "desk:index", "desk:lists", "contacts:friends", "surveys:list")


@pytest.fixture
def browser(town: Town) -> Client:
    """The supervisor's."""
    browser = Client(raise_request_exception=False)
    browser.force_login(town.supervisor)
    return browser


@pytest.mark.parametrize("name", [*LISTS, *OF_THE_DESK])
def test_a_zero_byte_in_a_search_is_refused(town: Town, browser: Client, name: str) -> None:
    browser.force_login(town.administrator if name in LISTS else town.supervisor)
    for query in ("?q=%00", "?%00=a", "?page=1&q=a&q=b%00c"):
        assert browser.get(reverse(name) + query).status_code == 400


@pytest.mark.parametrize("path", ["/%00", "/desk/%00/", "/media/%00/full.jpg", "/s/%00/", "/sign-in/%00"])
def test_a_zero_byte_in_a_path_is_refused(browser: Client, path: str) -> None:
    assert browser.get(path).status_code == 400


def test_a_zero_byte_in_a_form_is_refused(browser: Client) -> None:
    for form in ({"email": "a\0b"}, {"email\0": "a"}):
        assert browser.post("/sign-in/", form).status_code == 400
        body = "&".join(f"{name}={value}" for name, value in form.items()).replace("\0", "%00")
        answer = browser.post("/sign-in/", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400


@pytest.mark.parametrize("digits", ["9" * 5000, "１" * 5000, "9" * 12, "²"])
def test_a_search_for_endless_digits_finds_nothing(browser: Client, digits: str) -> None:
    assert browser.get(reverse("desk:history"), {"q": digits}).status_code == 200


@pytest.mark.parametrize("value", ['"a\\000b"', '"\\000"', "\x01", "a" * 9000])
def test_a_cookie_that_is_none_closes_no_page(town: Town, value: str) -> None:
    cookie = f"{product.SESSION_COOKIE_NAME}={value}"
    for path, status in (("/sign-in/", 200), ("/desk/", 302), ("/health", 200), ("/nothing/", 404)):
        answer = Client(raise_request_exception=False).get(path, HTTP_COOKIE=cookie)
        assert answer.status_code == status, path


@pytest.mark.parametrize(
    "charset", ["base64", "idna", "punycode", "undefined", "utf-16", "rot13", "nonsense"]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_in_anything_but_utf_8_is_refused(browser: Client, kind: str, charset: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na\r\n--x--\r\n'
    answer = browser.generic("POST", "/sign-in/", body, f"{kind}; charset={charset}")
    assert answer.status_code == 400
    assert "正しくありません" in answer.content.decode()
    answer = browser.post(
        "/sign-in/", b"email=a", content_type="application/x-www-form-urlencoded; charset=UTF-8"
    )
    assert answer.status_code in (200, 302)


def test_another_name_than_ours_gets_our_own_page(browser: Client) -> None:
    for path in ("/sign-in/", "/desk/", "/nothing/"):
        answer = browser.get(path, HTTP_HOST="evil.example.com")
        assert answer.status_code == 400
        assert "このアドレスからは開けません" in answer.content.decode()


def test_another_organisations_event_is_not_there(town: Town, browser: Client) -> None:
    other = found_town("みどり市")
    theirs = InboundEvent.objects.create(
        organisation=other.organisation, channel=other.channel, event_id="1", kind="message"
    )
    for pk in (theirs.pk, 987654):
        assert browser.post(reverse("inbox:retry", args=[pk])).status_code == 404


def test_a_broken_page_asks_nothing_of_the_request() -> None:
    answer = broken(HttpRequest())
    assert answer.status_code == 500
    assert "問題が起きました" in answer.content.decode()


def test_no_answer_is_kept_but_static_files(town: Town, browser: Client) -> None:
    for path in ("/sign-in/", "/nothing/", "/health", "/staff/", "/attributes/", "/%00", "/desk/"):
        assert "no-store" in browser.get(path)["Cache-Control"], path
    kept = browser.get(f"{product.STATIC_URL}console/css/tokens.css")
    assert kept.status_code == 200
    assert "no-store" not in kept["Cache-Control"]
