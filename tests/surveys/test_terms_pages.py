"""The terms: written, seen as friends see them, published; and by whom."""

import pytest
from django.test import Client

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Terms
from tests.people import Town, befriend

WORDS = {
    "purpose": "both",
    "text": "秘密は守ります。",
    "child_text": "秘密《ひみつ》を守《まも》るよ。",
    "text_en": "",
}


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


def test_a_version_is_written_seen_and_published(desk: Client, town: Town) -> None:
    assert "まだ規約がありません" in desk.get("/surveys/terms/").content.decode()
    page = desk.post("/surveys/terms/add/", WORDS, follow=True).content.decode()
    assert "<ruby>秘密<rp>" in page
    assert Terms.objects.of(town.organisation).current("consultation") is None
    made = Terms.objects.get(organisation=town.organisation)
    desk.post(f"/surveys/terms/{made.pk}/publish/")
    assert Terms.objects.of(town.organisation).current("consultation") == made
    assert "いま読まれている版" in desk.get("/surveys/terms/").content.decode()


def test_a_draft_is_put_right_and_a_published_version_stays(desk: Client) -> None:
    desk.post("/surveys/terms/add/", WORDS)
    made = Terms.objects.get()
    desk.post(f"/surveys/terms/{made.pk}/", {**WORDS, "text": "直しました。"})
    desk.post(f"/surveys/terms/{made.pk}/publish/")
    desk.post(f"/surveys/terms/{made.pk}/", {**WORDS, "text": "もう一度直しました。"})
    made.refresh_from_db()
    assert made.text == "直しました。"


def test_who_publishes_anew_is_told_how_many_are_asked_again(desk: Client, town: Town) -> None:
    first = contacts.write_terms(town.supervisor, **WORDS)
    contacts.publish_terms(town.supervisor, first)
    first.refresh_from_db()
    contacts.agree(befriend(town), first, "line")
    page = desk.post("/surveys/terms/add/", {**WORDS, "text": "新しい文面"}, follow=True).content.decode()
    assert "いま同意している1人" in page


def test_what_does_not_fit_into_lines_message_is_not_taken(desk: Client) -> None:
    answer = desk.post("/surveys/terms/add/", {**WORDS, "child_text": "漢《かん》" * 800})
    assert "文字長すぎます" in answer.content.decode()
    assert not Terms.objects.exists()


def test_another_organisations_terms_look_absent(desk: Client) -> None:
    from tests.people import found_town

    other = found_town("みどり市")
    theirs = contacts.write_terms(other.supervisor, **WORDS)
    assert desk.get(f"/surveys/terms/{theirs.pk}/").status_code == 404
    assert desk.post(f"/surveys/terms/{theirs.pk}/publish/").status_code == 404
