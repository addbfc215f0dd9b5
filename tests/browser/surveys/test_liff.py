"""A survey opened from LINE: in the phone's own frame, and in another browser after signing in to LINE."""

from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.browser.hand import Phone, findings, window
from tests.journeys.surveys import answers, asked, submission
from tests.street import Town

pytestmark = pytest.mark.browser


@pytest.fixture
def app(town: Town) -> dict[str, Any]:
    """The account's LIFF app, known to the desk."""
    return liff_of(town)


def liff_of(town: Town) -> dict[str, Any]:
    from madoguchi.channels import actions as channels

    wanted = {"channelId": town.account.id, "name": "親子相談", "endpointUrl": f"{town.desk}/liff"}
    made = town.platform.ask("POST", "/emu/liff", wanted)
    channels.link_liff(None, town.channel, made["loginChannelId"], made["liffId"])
    wanted = {"liffId": made["liffId"], "endpointUrl": f"{town.desk}/liff/{made['liffId']}"}
    return town.platform.ask("POST", "/emu/liff", wanted)


def answers_all(page: FrameLocator) -> None:
    page.get_by_role("button", name="始める").click()
    page.get_by_label("本人", exact=True).check()
    page.get_by_role("button", name="次へ", exact=True).click()
    for question in ("何について話しますか", "話しておきたいことを書いてください"):
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        page.get_by_role("button", name="答えないで次へ").click()
    page.get_by_role("button", name="送る").click()
    expect(page.get_by_text("ありがとう").first).to_be_visible()


def test_the_link_of_the_officers_page_opens_in_the_phones_frame_and_keeps_the_origin(
    town: Town,
    seats: Seats,
    app: dict[str, Any],
    browser: Browser,
) -> None:
    from madoguchi.contacts import actions as contacts

    survey, poster = asked(town), contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    desk = seats(town.supervisor, **STILL)
    desk.page.goto(f"{desk.origin}/surveys/{survey.pk}/links/")
    desk.page.get_by_label("載せる所").select_option("駅のポスター")
    desk.press("リンクに付ける")
    expect(desk.page.get_by_text("入口「駅のポスター」が残ります")).to_be_visible()
    is_open_to_all(desk)
    link = desk.page.locator("[data-secret]").first.inner_text()
    friend = town.friend("みお")
    with window(browser, f"{town.platform.origin}/?phones={friend.user_id}") as page:
        phone = Phone(page, "みお")
        phone.press("友だちを追加")
        phone.press("リンク", "tab")
        phone.at.get_by_role("textbox").fill(link)
        phone.press("さがす")
        answers_all(phone.at.frame_locator("iframe"))
    contact = friend.known()
    assert contact.origin == poster
    assert submission(friend).finished_at


def test_the_web_link_asks_who_it_is_and_leads_back_to_the_survey(
    town: Town, app: dict[str, Any], browser: Browser
) -> None:
    survey, friend = asked(town), town.friend("ウェブの人")
    with window(browser, f"{app['endpointUrl']}/{survey.token}", bypass_csp=True) as page:
        page.locator(f'a[href*="{friend.user_id}"]').click()
        expect(page.get_by_role("button", name="始める")).to_be_visible()
        assert findings(page) == []
        page.get_by_role("button", name="始める").click()
        page.get_by_label("母", exact=True).check()
        page.get_by_role("button", name="次へ").click()
        expect(page.get_by_label("お子さんは何歳ですか")).to_be_visible()
    assert answers(friend) == {"q1": ["mother"]}
