"""The pages of friends in a browser: found by filters, put right on the record, merged, brought in from files."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.contacts.conftest import attribute
from tests.browser.desk.conftest import Seats
from tests.browser.desk.hand import NARROW, Desk
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.street import Town

if TYPE_CHECKING:
    from madoguchi.contacts.models import Contact

pytestmark = pytest.mark.browser


def goes(desk: Desk, path: str) -> Page:
    desk.page.goto(f"{desk.origin}{path}")
    return desk.page


def lists(page: Page, *friends: "Contact") -> None:
    """Just these stand in the list."""
    expect(page.locator(".friends-table tbody tr")).to_have_count(len(friends))
    for friend in friends:
        expect(page.locator(f'.friends-table a[href="/friends/{friend.pk}/"]')).to_be_visible()


def test_filters_narrow_the_list_at_once_and_come_off_one_by_one(
    town: Town, seats: Seats, three: "list[Contact]"
) -> None:
    mother, father, nobody = three
    desk = seats(town.supervisor, **STILL)
    page = goes(desk, "/friends/")
    lists(page, mother, father, nobody)
    page.get_by_text("属性でしぼる").click()
    page.locator(f"#filter-a{attribute(town, 'area').pk}").select_option("13104")
    lists(page, mother, father)
    page.locator("#filter-origin").select_option("駅のポスター")
    lists(page, mother)
    is_open_to_all(desk)
    page.reload()
    lists(page, mother)
    page.locator(".chip").filter(has_text="入口").click()
    lists(page, mother, father)
    page.locator("#filter-state").select_option(index=2)
    expect(page.get_by_text("合う友だちがいません")).to_be_visible()
    page.get_by_role("link", name="条件をすべてはずす").click()
    lists(page, mother, father, nobody)


def test_a_tag_is_put_on_and_then_finds_the_friend(town: Town, seats: Seats, three: "list[Contact]") -> None:
    from madoguchi.contacts import actions as contacts
    from madoguchi.contacts.models import Colour, Purpose

    contacts.add_tag(town.supervisor, "見守り", Colour.AI, Purpose.CONSULTATION)
    page = goes(seats(town.sato), f"/friends/{three[2].pk}/")
    page.get_by_label("つけるタグ").select_option("見守り")
    page.get_by_role("button", name="つける", exact=True).click()
    expect(page.get_by_role("button", name="タグ「見守り」をはずす")).to_be_visible()
    page.get_by_role("link", name="友だちの一覧").click()
    page.locator("#filter-tag").select_option("見守り")
    lists(page, three[2])


def test_a_value_is_put_right_and_who_did_it_stays_on_the_page(
    town: Town, seats: Seats, three: "list[Contact]"
) -> None:
    from madoguchi.audit.models import Entry

    desk = seats(town.sato, viewport=NARROW, **STILL)
    page = goes(desk, f"/friends/{three[0].pk}/")
    page.get_by_role("link", name="変える", exact=True).click()
    age = page.get_by_label(attribute(town, "child_age").label)
    age.fill("よっつ")
    page.get_by_role("button", name="保存する").click()
    expect(age).to_have_attribute("aria-invalid", "true")
    expect(age).to_have_value("よっつ")
    age.fill("5")
    page.get_by_role("button", name="保存する").click()
    newest = page.locator(".changes li").first
    expect(newest).to_contain_text("4歳")
    expect(newest).to_contain_text("5歳")
    expect(newest).to_contain_text("佐藤")
    is_open_to_all(desk)
    assert Entry.objects.filter(verb="contacts.set_values", actor_id=town.sato.pk).count() == 1


def test_two_accounts_of_one_person_are_merged_and_parted_again(
    town: Town, seats: Seats, three: "list[Contact]"
) -> None:
    mother, _father, nobody = three
    page = goes(seats(town.supervisor), f"/friends/{nobody.pk}/")
    page.get_by_text("同じ人としてまとめる").click()
    page.get_by_label("もうひとつのアカウントの番号").fill(str(mother.pk))
    page.get_by_label("同じ人だと分かった理由").fill("電話を変えたと本人が言った")
    page.get_by_role("button", name="まとめる", exact=True).click()
    other = page.locator(".account")
    expect(other).to_contain_text("4歳")
    expect(other).to_contain_text("電話を変えたと本人が言った")
    other.get_by_role("button", name="元に戻す").click()
    expect(other).to_have_count(0)


def test_a_file_with_errors_is_said_cell_by_cell_and_the_mended_one_comes_in(
    town: Town, seats: Seats, three: "list[Contact]"
) -> None:
    desk = seats(town.supervisor, **STILL)
    page = goes(desk, "/friends/files/")

    def brings(age: str) -> None:
        table = f"番号,child_age\n{three[2].pk},{age}\n".encode("cp932")
        page.get_by_label("CSVファイル").set_input_files(
            {"name": "t.csv", "mimeType": "text/csv", "buffer": table}
        )
        page.get_by_role("button", name="中身を確かめる").click()

    brings("よっつ")
    expect(page.get_by_text("直すところが1か所あります")).to_be_visible()
    expect(page.get_by_role("row").nth(1).get_by_role("cell").first).to_have_text("B")
    is_open_to_all(desk)
    page.get_by_role("button", name="直したファイルを読み込む").click()
    brings("7")
    expect(page.get_by_text("1人の友だちの1個の値が変わります")).to_be_visible()
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.goto(f"{desk.origin}/friends/{three[2].pk}/")
    expect(page.locator(".facts-wide")).to_contain_text("7歳")


def test_an_origin_is_made_and_its_code_loaded_down(town: Town, seats: Seats) -> None:
    desk = seats(town.supervisor, **STILL)
    page = goes(desk, "/origins/")
    page.get_by_label("入口の名前").fill("図書館")
    page.get_by_role("button", name="つくる", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("図書館")
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert page.get_by_role("img", name="図書館のQRコード").evaluate(drawn)
    is_open_to_all(desk)
    with page.expect_download() as waited:
        page.get_by_role("link", name="画像（PNG）").click()
    assert waited.value.path().read_bytes().startswith(b"\x89PNG")
