"""Answers as they arrive: counted on their page, and standing beside the talk, without anybody touching the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import NARROW
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.journeys.surveys import asked, press, says
from tests.street import Friend, Town

pytestmark = pytest.mark.browser


def begun(town: Town, name: str, who: str) -> Friend:
    friend = town.friend(name, follows=True)
    town.settle()
    press(friend, "アンケートに答える", "始める", who)
    return friend


def test_the_page_counts_each_answer_as_it_arrives(town: Town, seats: Seats) -> None:
    survey = asked(town)
    begun(town, "ゆうママ", "母")
    desk = seats(town.supervisor)
    desk.page.goto(f"{desk.origin}/surveys/{survey.pk}/answers/")
    desk.is_connected()
    expect(desk.page.get_by_role("row", name="母")).to_contain_text("1人")
    desk.page.get_by_text("質問ごとの進みぐあい").click()
    begun(town, "そら", "母")
    begun(town, "はると", "本人")
    expect(desk.page.get_by_role("row", name="母")).to_contain_text("2人")
    expect(desk.page.get_by_role("row", name="本人")).to_contain_text("33.3%")
    expect(desk.page.get_by_role("columnheader", name="ここで止まった")).to_be_visible()  # still folded open


def test_the_pages_about_answers_are_open_to_all(town: Town, seats: Seats) -> None:
    survey = asked(town)
    says(begun(town, "ゆうママ", "母"), "7")
    desk = seats(town.supervisor, **STILL)
    for part in ("", "cross/", "texts/?question=q4", "export/"):
        desk.page.goto(f"{desk.origin}/surveys/{survey.pk}/answers/{part}")
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        is_open_to_all(desk)


def test_the_answers_stand_beside_the_talk_and_follow_it(town: Town, seats: Seats) -> None:
    asked(town)
    mother = begun(town, "ゆうママ", "母")
    says(mother, "学校のことで話したいです")
    desk = seats(town.sato, **STILL)
    desk.open("学校のことで")
    beside = desk.page.locator("#about")
    expect(beside.get_by_text("止まっています")).to_be_visible()
    expect(beside.locator(".beside-answers")).to_contain_text("母")
    press(mother, "つづける")
    says(mother, "7")
    expect(beside.get_by_text("お子さんは何歳ですか")).to_be_visible()
    expect(beside.get_by_text("7", exact=True)).to_be_visible()
    is_open_to_all(desk)


def test_on_a_phone_one_tap_shows_the_answers(town: Town, seats: Seats) -> None:
    asked(town)
    mother = begun(town, "ゆうママ", "母")
    says(mother, "話したいです")
    desk = seats(town.sato, viewport=NARROW, **STILL)
    desk.open("話したいです")
    desk.page.get_by_role("link", name="この友だちについて").click()
    expect(desk.page.locator(".beside-answers")).to_be_in_viewport()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    is_open_to_all(desk)


def test_an_export_is_a_file_with_its_reason(town: Town, seats: Seats) -> None:
    survey = asked(town)
    begun(town, "ゆうママ", "母")
    desk = seats(town.supervisor)
    desk.page.goto(f"{desk.origin}/surveys/{survey.pk}/answers/export/")
    desk.page.get_by_label("CSV（UTF-8）").check()
    desk.page.get_by_label("理由").fill("月次の報告に使う")
    with desk.page.expect_download() as waited:
        desk.page.get_by_role("main").get_by_role("button", name="書き出す").click()
    data = waited.value.path().read_bytes()
    assert waited.value.suggested_filename.endswith(".csv")
    assert "月次の報告に使う" in data.decode("utf-8-sig")
    assert data.decode("utf-8-sig").splitlines()[2].startswith("1,")
