"""A survey answered on a page: every kind, without scripts and cookies; what does not fit, what came twice, what is behind."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from madoguchi.desk.models import Alert, Conversation
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.definition import Kind, Wording
from madoguchi.surveys.models import Link
from tests.people import Town, befriend
from tests.surveys.made import options, question, survey
from tests.surveys.on_page import Page, opened, published, shown

CHOICE = question("q1", Kind.SINGLE, "どちら", options=options("はい", "いいえ", o1="q3"))
SEVERAL = question("q2", Kind.MULTIPLE, "どれ", is_required=False, options=options("学校", "家", "体"))
WORDS = question("q3", Kind.TEXT, "書いてください", is_required=False)


@pytest.fixture
def page(town: Town) -> Page:
    """A page of three questions; いいえ leads past the second."""
    return opened(town, published(town, survey(CHOICE, SEVERAL, WORDS)))


def picture() -> SimpleUploadedFile:
    plain = io.BytesIO()
    Image.new("RGB", (900, 600), "orange").save(plain, "PNG")
    return SimpleUploadedFile("photo.png", plain.getvalue())


KINDS: dict[Kind, tuple[dict[str, Any], dict[str, Any]]] = {
    Kind.TEXT: ({"text": "きいて\r\nください"}, {"private": {"text": "きいて\nください"}}),
    Kind.NUMBER: ({"text": "１２歳"}, {"number": Decimal(12)}),
    Kind.DATE: ({"text": "2026-04-01"}, {"on": date(2026, 4, 1)}),
    Kind.DATETIME: ({"text": "2026-04-01T09:30"}, {"moment": "2026-04-01T09:30"}),
    Kind.PLACE: (
        {"text": "あおば駅", "latitude": "35.6", "longitude": "139.7"},
        {"private": {"title": "", "address": "あおば駅", "latitude": 35.6, "longitude": 139.7}},
    ),
    Kind.CONFIRMATION: ({"choice": "ok"}, {"codes": ("ok",)}),
    Kind.SINGLE: ({"choice": "o1"}, {"codes": ("o1",)}),
    Kind.MULTIPLE: ({"choice": ["o2", "o0"]}, {"codes": ("o0", "o2")}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_by_a_plain_form(town: Town, kind: Kind) -> None:
    choices = options("あ", "い", "う") if kind in (Kind.SINGLE, Kind.MULTIPLE) else ()
    page = opened(town, published(town, survey(question("q1", kind, "質問です", options=choices))))
    assert "質問です" in shown(page.open("q/q1/"))
    sent, kept = KINDS[kind]
    assert page.give("q1", **sent)["Location"].endswith("/check/")
    given = page.kept()["q1"]
    assert {name: getattr(given, name) for name in kept} == kept


def test_a_postcode_is_kept_once_its_place_was_confirmed(town: Town) -> None:
    page = opened(town, published(town, survey(question("q1", Kind.POSTCODE))))
    asked = page.give("q1", text="１６３-８００１")
    assert "東京都新宿区" in shown(asked)
    assert page.kept() == {}
    page.give("q1", text="163-8001", confirmed="1638001")
    assert (page.kept()["q1"].codes, page.kept()["q1"].private) == (("13104",), {"postcode": "1638001"})


def test_a_picture_is_drawn_anew_and_stands_in_the_thread(town: Town) -> None:
    from madoguchi.threads.models import Message

    page = opened(town, published(town, survey(question("q1", Kind.PICTURE))))
    assert page.give("q1", picture=picture())["Location"].endswith("/check/")
    message = Message.objects.select_related("contact", "attachment").get(contact=page.submission.contact)
    assert (message.kind, message.number) == ("image", page.kept()["q1"].private["message"])
    seen = page.open("q/q1/picture.jpg")
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/jpeg", "no-store")
    assert Image.open(io.BytesIO(seen.content)).format == "JPEG"


def test_what_is_no_picture_gets_a_kind_sentence(town: Town) -> None:
    page = opened(town, published(town, survey(question("q1", Kind.PICTURE))))
    answer = page.give("q1", picture=SimpleUploadedFile("photo.png", b"<svg onload=alert(1)>"))
    assert answer.status_code == 422
    assert "写真として開けませんでした" in shown(answer)
    assert page.kept() == {}


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [
        (Kind.DATE, "きのう", "日付を入力してください"),
        (Kind.NUMBER, "たくさん", "数字で入力してください"),
        (Kind.TEXT, "あ" * 2001, "2,000文字まで"),
        (Kind.DATETIME, "2026-04-01", "日付と時刻を入力してください"),
        (Kind.POSTCODE, "12", "7けたの数字"),
    ],
)
def test_what_does_not_fit_gets_a_kind_sentence_and_stays_in_the_field(
    town: Town, kind: Kind, sent: str, sentence: str
) -> None:
    page = opened(town, published(town, survey(question("q1", kind))))
    answer = page.give("q1", text=sent)
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert sent in answer.content.decode()
    assert page.kept() == {}


def test_a_choice_that_was_made_up_is_no_answer(page: Page) -> None:
    assert page.give("q1", choice="king").status_code == 422
    assert page.give("q1").status_code == 422
    assert page.kept() == {}


def test_the_path_follows_the_answers_and_the_end_is_confirmed(page: Page) -> None:
    assert page.give("q1", choice="o1")["Location"].endswith("/q/q3/")
    assert page.post("q/q3/", act="skip")["Location"].endswith("/check/")
    assert page.submission.finished_at is None
    assert "答えていません" in shown(page.open("check/"))
    assert page.post("check/")["Location"].endswith("/end/")
    assert page.submission.finished_at
    assert "回答ありがとうございました" in shown(page.open("end/"))


def test_a_double_submission_is_one(page: Page) -> None:
    revision = page.submission.revision
    first = page.give("q1", choice="o1", revision=revision)
    again = page.give("q1", choice="o1", revision=revision)
    assert first["Location"] == again["Location"]
    assert page.submission.revision == revision + 1
    page.post("q/q3/", act="skip")
    sent = {"revision": page.submission.revision}
    ends = [page.post("check/", **sent)["Location"] for _press in range(2)]
    assert ends[0] == ends[1]
    assert page.submission.answers.count() == 2


def test_a_stale_page_overwrites_nothing_and_is_told(page: Page) -> None:
    behind = page.submission.revision
    page.give("q1", choice="o0")
    answer = page.give("q1", choice="o1", revision=behind)
    assert answer.status_code == 409
    assert "先に答えが進んでいました" in shown(answer)
    assert "残っている回答： はい" in shown(answer)
    assert page.kept()["q1"].codes == ("o0",)
    page.give("q1", choice="o1")
    assert page.kept()["q1"].codes == ("o1",)


def test_going_back_keeps_what_was_being_written(page: Page) -> None:
    page.give("q1", choice="o1")
    assert page.post("q/q3/", act="back", text="まだとちゅう")["Location"].endswith("/q/q1/")
    assert "q3" not in page.kept()
    assert "まだとちゅう" in page.open("q/q3/").content.decode()


def test_words_are_kept_while_they_are_typed_and_only_forward(page: Page) -> None:
    page.give("q1", choice="o1")
    first = page.post("q/q3/draft/", text="きい", draft=0).json()
    assert page.post("q/q3/draft/", text="きいて", draft=first["draft"]).status_code == 200
    stale = page.post("q/q3/draft/", text="き", draft=first["draft"])
    assert stale.status_code == 409
    assert "ほかの画面" in stale.json()["sentence"]
    assert page.submission.draft.text == "きいて"
    assert page.submission.finished_at is None
    assert b"\xe3\x81" not in bytes(page.submission.sealed_draft or b"")


def test_later_pauses_and_the_address_resumes_where_it_was(page: Page) -> None:
    page.give("q1", choice="o0")
    assert page.post("q/q2/", act="later")["Location"].endswith("/later/")
    assert page.submission.paused_at
    assert "どれ" in shown(page.open())


def test_it_is_asked_in_the_words_that_were_chosen(town: Town) -> None:
    from dataclasses import replace

    from madoguchi.surveys.definition import Words

    asked = replace(WORDS, text=Words("話してください", "話《はな》してね", "Tell us"))
    page = opened(town, published(town, survey(asked)))
    assert page.post("wording/", wording="plain", key="q3")["Location"].endswith("/q/q3/")
    assert b"<ruby>\xe8\xa9\xb1<rp>" in page.open("q/q3/").content
    page.post("wording/", wording=Wording.EN)
    english = page.open("q/q3/")
    assert 'lang="en"' in english.content.decode()
    assert "Tell us" in shown(english)


def test_an_address_that_ran_out_was_hidden_or_made_up_shows_the_same(page: Page) -> None:
    page.give("q1", choice="o0")
    page.post("hide/")
    hidden = page.open("q/q2/")
    Link.objects.update(until=timezone.now())
    made_up = Client().get("/s/" + "x" * 43 + "/")
    assert (hidden.status_code, made_up.status_code) == (404, 404)
    assert hidden.content == made_up.content == page.open("mine/").content
    assert page.kept()["q1"].codes == ("o0",)


def test_a_page_sets_no_cookie_and_leaves_nothing_behind(page: Page) -> None:
    for rest in ("", "q/q1/", "mine/", "later/"):
        answer = page.open(rest)
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert "noindex" in answer["X-Robots-Tag"]
        assert "アンケート" not in answer.content.decode().split("<title>")[1].split("</title>")[0]
    page.give("q1", choice="o0")
    assert not page.client.cookies


def test_one_friends_address_opens_nothing_of_anothers(town: Town) -> None:
    asked = published(town, survey(CHOICE, WORDS))
    mine, others = opened(town, asked, "a"), opened(town, asked, "b")
    mine.give("q1", choice="o1")
    assert others.open("mine/").content.decode().count("row-of") == 0
    assert mine.path != others.path
    assert others.kept() == {}


def test_a_closed_survey_says_so_and_keeps_what_was_answered(page: Page, town: Town) -> None:
    page.give("q1", choice="o0")
    surveys.close(town.supervisor, page.submission.survey)
    assert page.give("q2", choice="o0")["Location"] == page.path
    assert "いまは受け付けていません" in shown(page.open())
    assert list(page.kept()) == ["q1"]


def test_a_grave_word_on_a_page_calls_a_person_in_the_same_moment(page: Page) -> None:
    page.give("q1", choice="o1")
    page.give("q3", text="もう死にたい")
    conversation = Conversation.objects.get(contact=page.submission.contact)
    assert Alert.objects.filter(conversation=conversation).count() == 1
    assert conversation.first_message.is_from_a_page
    assert conversation.automatic_answer is None
    assert page.kept()["q3"].private["text"] == "もう死にたい"
    assert "相談員が読みます" in shown(page.open("check/"))
    page.give("q3", text="もう死にたい")
    assert Alert.objects.count() == 1


def test_the_address_stays_one_for_a_day_and_is_new_after(town: Town) -> None:
    from madoguchi.surveys.actions import links

    page = opened(town, published(town, survey(WORDS)), contact=befriend(town, "c"))
    assert links.address_for(page.submission).endswith(page.path)
    Link.objects.update(made_at=timezone.now() - links.FRESH * 1.1)
    assert not links.address_for(page.submission).endswith(page.path)
    assert page.open().status_code == 200
    assert len(page.path.split("/")[2]) == 43
    assert page.path.split("/")[2].encode() not in b"".join(bytes(link.hash) for link in Link.objects.all())


def test_links_that_ran_out_are_forgotten_and_their_addresses_never_open_again(town: Town) -> None:
    from madoguchi.surveys.actions import links

    page = opened(town, published(town, survey(WORDS)), contact=befriend(town, "c"))
    other = opened(town, published(town, survey(WORDS)), contact=befriend(town, "d"))
    page.post("hide/")
    assert len(links.claim_ended(5)) == 1
    assert (links.forget_ended(), links.claim_ended(5)) == (1, [])
    again = links.address_for(page.submission)
    assert not again.endswith(page.path)
    assert (page.open().status_code, other.open().status_code) == (404, 200)
