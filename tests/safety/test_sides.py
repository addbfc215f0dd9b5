"""Several people use one account: each side sees nothing of another, on whatever we send or show."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.channels.harmless import texts_of
from madoguchi.contacts.models import Change, Contact
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import look, sides
from madoguchi.desk.models import Conversation, Outcome, Reception
from madoguchi.surveys import actions as surveys
from madoguchi.surveys import postbacks
from madoguchi.surveys.models import Submission, Survey
from madoguchi.surveys.postbacks import Act
from tests.people import Town
from tests.safety.friends import presses, said_to, says, talk_of, words_to
from tests.surveys.made import question, survey
from tests.surveys.on_page import Page, opened, published

SECRET = "ねこのたまのことを話したい"


def ends(town: Town, contact: Contact) -> None:
    talk = talk_of(contact)
    if talk.state == "waiting":
        desk.take(town.sato, talk.pk)
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    for job in sides.claim_left(10):
        sides.forget_speaker(job.pk)


@pytest.fixture
def asked(town: Town) -> Survey:
    return published(
        town, survey(question("q1", text="どうしましたか"), question("q2", text="いつからですか"))
    )


@pytest.fixture
def page(town: Town, asked: Survey) -> Page:
    """The child, in an open talk, has begun the survey on a page, and answered its first question."""
    contact = says(town, "はなしたい")
    contact = presses(town, "w:self")
    begun = opened(town, asked, contact=contact)
    begun.post("begin/")
    begun.give("q1", text=SECRET)
    return begun


def test_who_speaks_is_asked_once_and_a_press_answers(town: Town) -> None:
    contact = says(town, "はなしたい")
    labels = [item["action"]["label"] for item in said_to(contact)[0].payload["quickReply"]["items"]]
    assert labels == ["本人", "母", "父", "ほか"]
    contact = presses(town, "w:mother")
    assert (contact.side, talk_of(contact).speaker) == ("mother", "mother")
    assert (
        presses(town, "w:father").side == "mother"
    )  # never asked again, and nobody turns it by an old button
    contact = says(town, "それで")
    assert sum("どなたですか" in words for words in words_to(contact)) == 1


def test_who_simply_waits_is_asked_by_a_tap_of_who_holds_the_talk(town: Town, client: Client) -> None:
    """On a full desk the question stands behind the choices, and who chooses nothing is never asked by itself."""
    desk.reception(town.channel)
    Reception.objects.update(by_hand="full")
    contact = says(town, "はなしたい")
    talk = desk.take(town.sato, talk_of(contact).pk)
    client.force_login(town.sato)
    beside, ask = (reverse(f"safety:{name}", args=[talk.pk]) for name in ("beside", "ask"))
    assert ask in client.get(beside).content.decode()
    for _ in range(2):
        client.post(ask, headers={"HX-Request": "true"})
    (asked,) = [one for one in said_to(contact) if "どなたですか" in one.content["text"]]
    assert [item["action"]["label"] for item in asked.payload["quickReply"]["items"]] == [
        "本人",
        "母",
        "父",
        "ほか",
    ]
    talk.refresh_from_db()
    assert talk.friend_spoke_at is not None, "it is no answer"
    presses(town, "w:self")
    assert talk_of(contact).speaker == "self"
    assert ask not in client.get(beside).content.decode()
    with pytest.raises(desk.NotNow):
        desk.ask_who(town.sato, talk.pk)


def test_nobody_is_asked_whose_screen_is_hidden_or_whose_talk_is_anothers(town: Town) -> None:
    talk = desk.take(town.sato, talk_of(says(town, "はなしたい")).pk)
    says(town, "それで")
    with pytest.raises(desk.NotYours):
        desk.ask_who(town.suzuki, talk.pk)
    contact = presses(town, "h:on")
    assert contact.harmless_since is not None
    with pytest.raises(desk.NotNow):
        desk.ask_who(town.sato, talk.pk)


def test_a_channel_may_leave_the_question_out(town: Town) -> None:
    town.channel.asks_speaker = False
    contact = says(town, "はなしたい")
    assert "どなたですか" not in words_to(contact)[0]


def test_the_next_talk_begins_with_nobody_known(town: Town) -> None:
    contact = says(town, "はなしたい")
    presses(town, "w:self")
    ends(town, contact)
    contact.refresh_from_db()
    assert contact.side == ""
    says(town, "もしもし")
    assert talk_of(contact).speaker == ""


def test_a_counsellor_says_who_speaks_and_puts_it_right_with_what_was_answered(
    town: Town, page: Page
) -> None:
    contact = page.submission.contact
    desk.set_speaker(town.supervisor, talk_of(contact).pk, "third")
    page.submission.refresh_from_db()
    assert page.submission.side == "third"
    with pytest.raises(desk.NotYours):
        desk.set_speaker(town.sato, talk_of(contact).pk, "somebody")


def test_another_side_finds_no_page_of_the_childs(town: Town, page: Page) -> None:
    contact = page.submission.contact
    ends(town, contact)
    says(town, "母です")
    presses(town, "w:mother")
    for path in ("", "mine/", "q/q1/", "check/", "erase/"):
        answer = Client().get(page.path + path, follow=True)
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
    assert Client().post(page.path + "q/q2/", {"revision": 1, "text": "x"}).status_code == 404


def test_another_side_is_asked_anew_and_told_nothing(town: Town, page: Page, asked: Survey) -> None:
    contact = page.submission.contact
    surveys.agree(page.submission, "web")
    ends(town, contact)
    says(town, "母です")
    contact = presses(town, "w:mother")
    before = said_to(contact).count()
    assert surveys.asked_of(contact) is None
    contact = presses(town, postbacks.data(asked.token, "", Act.START))
    mine = Submission.objects.get(survey=asked, side="mother")
    assert mine.given() == {}
    contact = presses(town, postbacks.data(page.submission.token, "q2", Act.SKIP))
    said = words_to(contact)[before:]
    assert said[-1] == "このボタンは、いまは使えません。"
    assert not any(SECRET in words or "もう答えて" in words for words in said)
    assert SECRET not in str([message.payload for message in said_to(contact)[before:]])


def test_the_child_comes_back_to_what_was_begun(town: Town, page: Page, asked: Survey) -> None:
    contact = page.submission.contact
    ends(town, contact)
    says(town, "母です")
    presses(town, "w:mother")
    ends(town, contact)
    says(town, "またぼくです")
    contact = presses(town, "w:self")
    resumed = surveys.begin(contact, asked)
    assert resumed.pk == page.submission.pk
    assert SECRET in Client().get(page.path + "mine/", follow=True).content.decode()


def test_what_was_answered_before_anybody_said_who_they_are_is_theirs_who_say_it_first(
    town: Town, asked: Survey
) -> None:
    contact = says(town, "はじめまして")
    begun = surveys.begin(contact, asked)
    presses(town, "w:self")
    begun.refresh_from_db()
    assert begun.side == "self"
    ends(town, contact)
    contact = says(town, "母です")
    later = surveys.begin(contact, asked)
    presses(town, "w:mother")
    begun.refresh_from_db()
    later.refresh_from_db()
    assert (begun.side, later.side) == ("self", "mother")


def test_nobodys_pages_open_while_the_thread_is_harmless(town: Town, page: Page) -> None:
    says(town, "画面をかえる")
    assert Client().get(page.path + "mine/", follow=True).status_code == 404
    assert texts_of(town.channel)


def test_the_greeting_and_automatic_texts_name_nobody_who_spoke_before(town: Town, page: Page) -> None:
    contact = page.submission.contact
    ends(town, contact)
    before = said_to(contact).count()
    contact = says(town, "母です")
    words = " ".join(words_to(contact)[before:])
    assert SECRET not in words
    assert "以前" not in words
    assert "前回" not in words


def test_at_the_desk_each_talk_says_who_speaks_and_warns_of_the_other(town: Town, page: Page) -> None:
    contact = page.submission.contact
    ends(town, contact)
    says(town, "母です")
    presses(town, "w:mother")
    talk = talk_of(contact)
    desk.take(town.sato, talk.pk)
    browser = Client()
    browser.force_login(town.sato)
    shown = browser.get(f"/desk/{talk.pk}/").content.decode()
    assert "ここから話しているのは 本人" in shown
    assert "ここから話しているのは 母" in shown
    assert "以前は 本人 が話していました" in shown
    assert Conversation.objects.filter(contact=contact).count() == 2


def test_what_became_known_is_marked_with_its_side(town: Town, page: Page) -> None:
    contact = page.submission.contact
    assert not Change.objects.filter(contact=contact).exclude(side="self").exists()
    assert look.readable(talk_of(contact)).exists()
