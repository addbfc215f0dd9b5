"""A supervisor's day: the board, a queue in hand, reading along unseen, a whisper, a call for help, a talk taken over."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Stage
from tests.browser.desk.test_many_talks import RECORD, calls
from tests.browser.hand import until
from tests.street import Town

pytestmark = pytest.mark.browser


def board(stage: Stage) -> None:
    stage.supervisor.page.goto(f"{stage.supervisor.origin}/board/")
    expect(stage.supervisor.page.get_by_role("heading", name="ボード", level=1)).to_be_visible()


def test_a_held_queue_is_dealt_out_from_the_board(stage: Stage) -> None:
    page = stage.supervisor.page
    for desk in (stage.sato, stage.suzuki):
        desk.press("受けられます")
    for name in ("ひなた", "そら", "みお"):
        stage.phone(name).send(f"{name}です")
    board(stage)
    expect(page.locator(".board-list input[name=talk]")).to_have_count(3)  # without a reload: by hints
    page.get_by_role("button", name="列を止める").click()
    stage.sato.open("ひなたです")
    expect(stage.sato.talk.get_by_text("スーパーバイザーが列を止めています")).to_be_visible()
    expect(stage.sato.talk.get_by_role("button", name="この相談を担当する")).to_have_count(0)
    for box in page.locator("input[name=talk]").all()[:2]:
        box.check()
    page.get_by_label("鈴木 あおい").check()
    page.get_by_role("button", name="選んだ人に割り当てる").click()
    expect(page.get_by_text("2件を割り当てました")).to_be_visible()
    expect(stage.suzuki.lists.locator(".mine .queue-row")).to_have_count(2)
    page.get_by_role("button", name="列を動かす").click()
    stage.sato.lists.locator(".waiting .queue-row").first.click()
    stage.sato.press("この相談を担当する")
    expect(stage.sato.words).to_be_visible()


def test_she_reads_along_unseen_whispers_answers_a_call_and_takes_over(stage: Stage) -> None:
    sato, supervisor = stage.sato, stage.supervisor
    stage.phone("ひなた").send("きいてください")
    sato.take("きいてください")
    stage.phone("ひなた").send("だれにも言えなくて")
    sato.sees("だれにも言えなくて")
    read = stage.friends["ひなた"].conversation().seen_number
    note = sato.talk.get_by_label("友だちには届かないメモ")
    note.fill("助けてください。どう答えれば")
    sato.press("助けを呼ぶ")
    board_line = supervisor.lists.get_by_text("さんが助けを呼んでいます")
    board_line.click()
    supervisor.sees("だれにも言えなくて")
    expect(supervisor.talk.get_by_text("助けてください。どう答えれば")).to_be_visible()
    supervisor.talk.get_by_label("友だちには届かないメモ").fill("まず、話してくれたことにお礼を")
    supervisor.press("担当の人に伝える")
    expect(sato.talk.get_by_text("まず、話してくれたことにお礼を")).to_be_visible()
    assert stage.friends["ひなた"].conversation().seen_number == max(read, sato_has_read(stage))
    supervisor.press("この相談を引き取る")
    expect(supervisor.words).to_be_visible()
    expect(sato.words).to_have_count(0)
    supervisor.answer("話してくれて、ありがとう")
    expect(stage.phone("ひなた").says("話してくれて、ありがとう")).to_be_visible()
    assert not any("お礼を" in said or "助けて" in said for said in stage.friends["ひなた"].reads())


def sato_has_read(stage: Stage) -> int:
    """What the holder's own marks say: a supervisor leaves none."""
    from madoguchi.audit.models import Entry

    marks = Entry.objects.filter(verb="desk.read_mark", subject_id=stage.friends["ひなた"].conversation().pk)
    assert set(marks.values_list("actor_name", flat=True)) <= {"佐藤"}
    return max((int(mark.detail["message"]) for mark in marks), default=0)


def test_a_note_never_becomes_an_answer(stage: Stage) -> None:
    sato = stage.sato
    sato.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.phone("ひなた").send("きいてください")
    sato.take("きいてください")
    note = sato.talk.get_by_label("友だちには届かないメモ")
    expect(note).to_be_visible()
    sato.talk.locator("h1").first.focus()
    sato.page.keyboard.press("m")
    expect(note).to_be_focused()
    note.fill("母と話が食い違う")
    for keys in ("Control+Enter", "Meta+Enter", "Enter"):
        sato.page.keyboard.press(keys)
    expect(sato.says("母と話が食い違う")).to_have_count(0)
    expect(note).to_have_value("母と話が食い違う\n")
    sato.page.keyboard.press("Control+A")
    sato.page.keyboard.press("Control+C")
    sato.words.focus()
    sato.page.keyboard.press("Control+V")
    expect(sato.page.get_by_text("友だちへの返事には貼れません")).to_be_visible()
    expect(sato.words).to_have_value("")
    sato.press("メモに残す")
    expect(sato.talk.locator(".note").get_by_text("母と話が食い違う")).to_be_visible()
    sato.answer("読んでいます")
    assert not any("食い違う" in said for said in stage.friends["ひなた"].reads())


def test_a_board_is_not_stale_after_its_line_was_cut(stage: Stage) -> None:
    page = stage.supervisor.page
    stage.phone("ひなた").send("ひなたです")
    board(stage)
    queue = page.locator(".board-list input[name=talk]")
    expect(queue).to_have_count(1)
    stage.supervisor.is_connected()
    page.context.set_offline(True)
    stage.phone("そら").send("そらです")
    stage.sato.take("そらです")
    stage.phone("みお").send("みおです")
    expect(stage.sato.row("みおです")).to_be_visible()
    expect(queue).to_have_count(1)
    page.context.set_offline(False)
    expect(queue).to_have_count(2)
    expect(page.locator(".seat").filter(has_text="佐藤").locator(".seat-load")).to_contain_text("1")
    desks, shown = (
        stage.suzuki.lists.locator(".waiting .queue-row"),
        page.locator(".board-tiles strong").first,
    )
    expect(desks).to_have_count(2)
    expect(shown).to_have_text("2")


def test_what_a_hand_has_done_to_the_board_stays_when_it_is_drawn_anew(stage: Stage, town: Town) -> None:
    for _ in range(12):
        town.friend(follows=True).says("きいてください")
    page = stage.supervisor.page
    board(stage)
    queue = page.locator("#board-queue")
    expect(queue.locator("input")).to_have_count(12)
    queue.evaluate("(list) => { list.scrollTop = 60; }")
    queue.locator("input").nth(5).check()
    town.friend(follows=True).says("わたしも")
    expect(queue.locator("input")).to_have_count(13)
    expect(queue.locator("input:checked")).to_have_count(1)
    assert queue.evaluate("(list) => list.scrollTop") == 60


def test_a_second_pair_of_eyes_looks_before_a_grave_talk_is_taken(stage: Stage, town: Town) -> None:
    from madoguchi.desk import actions as desk

    desk.set_reception(town.supervisor, town.channel, {"second_eyes": "grave"})
    sato, suzuki = stage.sato, stage.suzuki
    stage.phone("ひなた").send("死にたいです")
    sato.open("死にたいです")
    sato.press("確認を頼む")
    expect(sato.words).to_have_count(0)
    asked = suzuki.page.locator(".bar-notice").filter(has_text="佐藤さんが")
    expect(asked).to_contain_text("担当する前の確認を頼んでいます")
    assert "死にたい" not in asked.inner_text()
    asked.get_by_role("button", name="確かめた。担当してもらう").click()
    expect(sato.words).to_be_visible()
    sato.answer("話してくれてありがとう")
    expect(stage.phone("ひなた").says("話してくれてありがとう")).to_be_visible()


def test_a_supervisor_at_the_board_is_called_for_help_and_when_nobody_is_free(stage: Stage) -> None:
    board = stage.supervisor
    board.page.add_init_script(RECORD)
    board.page.goto(f"{board.origin}/board/")
    stage.phone("みお").send("だれかいますか")
    until(lambda: calls(board, "waiting") >= 2, 30)  # both counsellors have said nothing, so nobody is free
    stage.sato.take("だれかいますか")
    stage.sato.press("助けを呼ぶ")
    until(lambda: calls(board, "asked") >= 2, 30)
    assert set(board.page.evaluate("told")) <= {
        "窓口待っている人がいます（1人）",
        "窓口ほかの人から呼ばれています（1件）",
    }
