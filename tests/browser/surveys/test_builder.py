"""An officer builds a survey with the keyboard alone, tries it on the drawn phone and lets it out; dragging does it too."""

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk.conftest import Seats, seats  # noqa: F401 - a fixture
from tests.browser.desk.hand import NARROW
from tests.browser.desk.test_screens import STILL, is_open_to_all
from tests.browser.hand import until
from tests.street import Town

if TYPE_CHECKING:
    from madoguchi.surveys.models import Survey

pytestmark = pytest.mark.browser


def press(page: Page, name: str, place: Locator | None = None) -> None:
    """Go to a button and press Enter, as somebody without a mouse does."""
    button = (place or page).get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def write(page: Page, words: str) -> None:
    """Into the field where the keyboard is."""
    page.keyboard.insert_text(words)


def adds(page: Page, kind: str, number: int, words: str) -> None:
    page.locator(".kind").filter(has_text=kind).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".is-open h3 .question-number")).to_have_text(str(number))
    expect(page.locator("#text_ja")).to_be_focused()
    write(page, words)


def texts(page: Page) -> list[str]:
    """The questions in their order, the open one among them."""
    found: list[str] = page.locator(".cards > li").evaluate_all(
        "rows => rows.map(row => row.querySelector('#text_ja')?.value ?? row.querySelector('.question-open').lastChild.textContent)"
    )
    return found


def built(town: Town) -> "Survey":
    from madoguchi.surveys.models import Survey

    return Survey.objects.get(organisation=town.channel.organisation_id)


def is_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("保存しました")


def settled(page: Page) -> None:
    """The page is there with its scripts: keys pressed sooner are plain posts, which do the same."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("window.htmx && document.readyState === 'complete'")


@pytest.fixture
def page(town: Town, seats: Seats) -> Page:  # noqa: F811
    desk = seats(town.supervisor)
    desk.page.goto(f"{desk.origin}/surveys/add/")
    return desk.page


def begins(page: Page) -> None:
    page.get_by_label("アンケートの名前").focus()
    write(page, "夏の教室")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("夏の教室")
    settled(page)


def test_a_survey_is_built_tried_and_let_out_with_the_keyboard_alone(town: Town, page: Page) -> None:
    begins(page)
    adds(page, "1つ選ぶ", 1, "参加しますか")
    for words in ("はい", "いいえ"):
        page.locator(".choice input[name=opt_ja][value='']").first.focus()
        write(page, words)
        page.keyboard.press("Enter")
        expect(page.locator(f".choice input[value='{words}']")).to_be_visible()
    for left in (3, 2):
        press(page, f"選択肢{left + 1}を消す")
        expect(page.locator(".choice")).to_have_count(left)
    adds(page, "数", 2, "何人ですか")
    adds(page, "文章", 3, "ひとことどうぞ")
    is_saved(page)
    press(page, "質問3を上へ")
    until(lambda: texts(page) == ["参加しますか", "ひとことどうぞ", "何人ですか"])
    expect(page.locator("#up-q3")).to_be_focused()
    tries_it(page)
    press(page, "公開する")
    expect(page.get_by_text("第1版を公開しました")).to_be_visible()
    assert built(town).is_asked
    assert [row.key for row in built(town).draft_definition.questions] == ["q1", "q3", "q2"]


def tries_it(page: Page) -> None:
    """By taps on the drawn phone, from the entrance to the end."""
    phone = page.locator("#preview")
    press(page, "はじめから")
    press(page, "始める", phone)
    press(page, "はい", phone)
    expect(phone).to_contain_text("【2】ひとことどうぞ")
    phone.get_by_label("友だちが送る文字").focus()
    write(page, "たのしみです")
    page.keyboard.press("Enter")
    expect(phone).to_contain_text("【3】何人ですか")
    phone.get_by_label("友だちが送る文字").focus()
    write(page, "3人")
    page.keyboard.press("Enter")
    expect(phone).to_contain_text("回答ありがとうございました。")


def a_long_one(town: Town) -> "Survey":
    from madoguchi.surveys import actions
    from madoguchi.surveys.definition import Kind
    from tests.surveys.made import options, question, survey

    rows = [question(f"q{n}", text=f"質問の文その{n}") for n in range(2, 31)]
    first = question("q1", Kind.SINGLE, "えらんでください", options=options("あ", "い", "う"))
    return actions.create(town.supervisor, "長いアンケート", definition=survey(first, *rows))


def drags(page: Page, what: Locator, to: Locator) -> None:
    start, end = what.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] - 10, steps=4)
    page.mouse.move(start["x"] + 8, end["y"] - 5, steps=8)
    page.mouse.up()


def test_questions_and_choices_are_dragged_and_taken_back(town: Town, seats: Seats) -> None:  # noqa: F811
    made = a_long_one(town)
    desk = seats(town.supervisor)
    page = desk.page
    page.goto(f"{desk.origin}/surveys/{made.pk}/")
    settled(page)
    drags(page, page.locator("#card-q3 .grip"), page.locator("#card-q1"))
    is_saved(page)
    expect(page.locator(".cards > li").first).to_have_id("card-q3")
    press(page, "元に戻す")
    expect(page.locator(".cards > li").first).to_have_id("card-q1")
    page.locator("#open-q1").click()
    expect(page.locator(".choice")).to_have_count(3)
    drags(page, page.locator(".choice .grip").nth(2), page.locator(".choice").first)
    until(
        lambda: [one.code for one in built(town).draft_definition.questions[0].options] == ["o2", "o0", "o1"]
    )
    page.locator("#open-q9").click()
    expect(page.locator("#card-q9 #text_ja")).to_have_value("質問の文その9")
    expect(page.locator("#preview")).to_contain_text("【9】質問の文その9")


def test_what_is_typed_is_saved_as_it_stands_and_survives_a_lost_connection(
    town: Town,
    seats: Seats,  # noqa: F811
) -> None:
    made = a_long_one(town)
    desk = seats(town.supervisor)
    page = desk.page
    page.goto(f"{desk.origin}/surveys/{made.pk}/?open=q5")
    settled(page)
    page.context.set_offline(True)
    page.locator("#text_ja").fill("つながらない間に書いた文")
    expect(page.locator("#saved")).to_contain_text("保存できていません")
    page.context.set_offline(False)
    is_saved(page)
    assert built(town).draft_definition.questions[4].text.ja == "つながらない間に書いた文"
    expect(page.locator("#text_ja")).to_have_value("つながらない間に書いた文")
    expect(page.locator("#preview")).to_contain_text("つながらない間に書いた文")


WIDE_PAGES = (
    "",
    "add/",
    "import/",
    "{pk}/",
    "{pk}/?open=q1",
    "{pk}/?open=intro",
    "{pk}/settings/",
    "{pk}/versions/",
)


@pytest.mark.parametrize(
    ("how", "pages"), [({}, WIDE_PAGES), ({"viewport": NARROW}, ("{pk}/?open=q2", "{pk}/settings/"))]
)
def test_the_builders_pages_are_open_to_all(
    town: Town,
    seats: Seats,  # noqa: F811
    how: dict[str, Any],
    pages: tuple[str, ...],
) -> None:
    from madoguchi.surveys import actions

    made = actions.make_ready_made(town.supervisor, "consultation")
    actions.publish(town.supervisor, made)
    desk = seats(town.supervisor, **STILL, **how)
    for path in pages:
        desk.page.goto(f"{desk.origin}/surveys/{path.format(pk=made.pk)}")
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        is_open_to_all(desk)
