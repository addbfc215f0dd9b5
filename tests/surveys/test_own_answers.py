"""My answers: a friend sees them, puts them right and deletes them for good; and agrees, or takes it back."""

import pytest

from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Change, Consent
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.definition import Definition, Kind, Wording
from madoguchi.threads.models import Attachment, Message
from tests.people import Town
from tests.surveys.made import options, question, survey
from tests.surveys.on_page import Page, opened, published, shown
from tests.surveys.test_pages import picture

WHO = question(
    "q1", Kind.SINGLE, "あなたは", attribute="who", options=options("本人", "母", "父", o1="q3", o2="q3")
)
SCHOOL = question("q2", Kind.TEXT, "学校は", is_required=False)
NAME = question("q3", Kind.TEXT, "よび名は", attribute="nick")


@pytest.fixture
def asked(town: Town) -> Definition:
    """Of attributes that are there: `who`, and `nick`, whose words are sealed."""
    choices = [contacts.NewOption(f"o{at}", name) for at, name in enumerate(("本人", "母", "父"))]
    readers = ("counsellor", "supervisor")
    for key, kind, made in (("who", "single", choices), ("nick", "text", [])):
        new = contacts.NewAttribute(key, kind, "consultation", readers, key, options=made)
        contacts.add_attribute(town.supervisor, town.organisation, new)
    return survey(WHO, SCHOOL, NAME)


@pytest.fixture
def page(town: Town, asked: Definition) -> Page:
    """Answered to the end: 母, and a name."""
    page = opened(town, published(town, asked))
    page.give("q1", choice="o1")
    page.give("q3", text="ひなた")
    page.post("check/")
    return page


def known(page: Page) -> dict[str, object]:
    return {one.key: value for one, value in contacts.values_of(page.submission.contact).items()}


def test_what_was_answered_is_seen_and_the_seeing_is_on_the_record(page: Page) -> None:
    said = shown(page.open())
    assert "わたしの回答" in said
    assert "あなたは 母" in said
    assert "ひなた" in said
    assert Entry.objects.filter(verb="surveys.look_own", subject_id=page.submission.pk).exists()


def test_an_answer_is_put_right_after_the_end_also_when_the_survey_is_closed(page: Page, town: Town) -> None:
    surveys.close(town.supervisor, page.submission.survey)
    assert page.give("q3", text="そら")["Location"].endswith("/mine/")
    assert known(page) == {"who": "o1", "nick": "そら"}
    assert page.submission.finished_at


def test_what_is_put_right_onto_another_path_asks_what_is_new_there(page: Page) -> None:
    assert page.give("q1", choice="o0")["Location"].endswith("/q/q2/")
    assert page.post("q/q2/", act="skip")["Location"].endswith("/mine/")
    assert {one.question: one.is_on_path for one in page.submission.answers.all()} == {
        "q1": True,
        "q2": True,
        "q3": True,
    }


def test_deleting_asks_first_and_leaves_nothing_that_was_answered(page: Page) -> None:
    assert "元に戻せません" in shown(page.open("mine/delete/"))
    assert page.submission.answers.count() == 2
    assert "回答を消しました" in shown(page.client.post(page.path + "mine/delete/", follow=True))
    page.submission.refresh_from_db()
    assert (page.submission.answers.count(), known(page), page.submission.finished_at) == (0, {}, None)
    changes = Change.objects.select_related("contact").filter(contact=page.submission.contact)
    assert {(change.before, change.after) for change in changes} == {(None, None)}
    assert Entry.objects.filter(verb="surveys.erase", subject_id=page.submission.pk).count() == 1


def test_deleting_twice_is_once_and_the_address_then_shows_nothing(page: Page) -> None:
    for _press in range(2):
        page.post("mine/delete/")
    assert Entry.objects.filter(verb="surveys.erase").count() == 1
    for rest in ("", "mine/", "q/q1/", "check/"):
        assert "ひなた" not in page.open(rest).content.decode()
    assert page.give("q1", choice="o1").status_code == 302
    assert page.submission.answers.count() == 0


def test_what_a_counsellor_knows_otherwise_stays(page: Page, town: Town) -> None:
    nick = Attribute.objects.get(key="nick")
    contacts.set_values(page.submission.contact, {nick: "ひなちゃん"}, source="counsellor", actor=town.sato)
    page.post("mine/delete/")
    assert known(page) == {"nick": "ひなちゃん"}
    changes = Change.objects.select_related("contact").filter(attribute=nick).order_by("pk")
    assert [(change.before, change.after) for change in changes][-1][1] == "ひなちゃん"


def test_a_picture_and_grave_words_of_a_page_go_with_the_answers(town: Town) -> None:
    asked = survey(question("q1", Kind.PICTURE), question("q2", Kind.TEXT))
    page = opened(town, published(town, asked))
    page.give("q1", picture=picture())
    page.give("q2", text="死にたい")
    page.post("check/")
    page.post("mine/delete/")
    said = Message.objects.filter(contact=page.submission.contact, author_kind="friend")
    assert [bool(message.unsent_at) for message in said] == [True, True]
    assert not Attachment.objects.filter(message__in=said).exists()


def test_a_replaced_picture_leaves_the_thread(town: Town) -> None:
    page = opened(town, published(town, survey(question("q1", Kind.PICTURE))))
    for _press in range(2):
        page.give("q1", picture=picture())
    said = Message.objects.filter(contact=page.submission.contact).order_by("number")
    assert [bool(message.unsent_at) for message in said] == [True, False]


@pytest.fixture
def agreeable(town: Town, asked: Definition) -> Page:
    words = {
        "text": "秘密は守ります。",
        "child_text": "秘密《ひみつ》を守《まも》るよ。",
        "text_en": "Kept secret.",
    }
    terms = contacts.write_terms(town.supervisor, purpose="consultation", **words)
    contacts.publish_terms(town.supervisor, terms)
    return opened(town, published(town, asked))


def test_the_terms_come_before_the_first_question(agreeable: Page) -> None:
    assert "秘密は守ります。" in shown(agreeable.open("q/q1/"))
    agreeable.give("q1", choice="o1")
    assert agreeable.kept() == {}
    agreeable.post("begin/")
    consent = Consent.objects.standing().get(contact=agreeable.submission.contact)
    assert (consent.way, consent.terms.number) == ("web", 1)
    assert "あなたは" in shown(agreeable.open())


def test_a_child_reads_the_terms_in_its_own_words(agreeable: Page) -> None:
    agreeable.post("wording/", wording=Wording.PLAIN)
    assert "秘密 を 守 るよ。" in shown(agreeable.open())
    agreeable.post("wording/", wording=Wording.EN)
    assert "Kept secret." in shown(agreeable.open())


def test_a_consent_that_is_taken_back_is_asked_for_anew(agreeable: Page) -> None:
    agreeable.post("begin/")
    agreeable.give("q1", choice="o1")
    assert "同意を取り消す" in shown(agreeable.open("mine/"))
    agreeable.post("mine/consent/")
    assert not Consent.objects.standing().filter(contact=agreeable.submission.contact).exists()
    assert "秘密は守ります。" in shown(agreeable.open())
    assert list(agreeable.kept()) == ["q1"]
