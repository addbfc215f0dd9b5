"""Looking for talks, and what stands beside one of what was before."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import User
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.finding import actions
from madoguchi.finding.forms import FindForm
from tests.people import Town, line_id
from tests.safety.friends import says, talk_of


def held(town: Town, words: str, letter: str = "a", who: User | None = None) -> Conversation:
    contact = says(town, words, user=line_id(letter))
    return desk.take(who or town.sato, talk_of(contact).pk)


def found(user: User, words: str, **asked: object) -> list[Conversation]:
    form = FindForm({"words": words, **asked}, user=user)
    assert form.is_valid(), form.errors
    return [hit.conversation for hit in actions.search(user, form.conversations(), words).hits]


def as_one(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("words", ["保健室", "ＬＩＮＥ", "line", "ほけん", "ない言葉"])
def test_words_are_found_whatever_their_width_and_case(town: Town, words: str) -> None:
    talk = held(town, "きのう保健室に行った。Lineで見た")
    is_there = words in ("保健室", "ＬＩＮＥ", "line")
    assert found(town.sato, words) == ([talk] if is_there else [])


def test_nobody_finds_what_they_may_not_read(town: Town) -> None:
    talk = held(town, "ひみつの話")
    assert found(town.suzuki, "ひみつ") == []
    assert found(town.supervisor, "ひみつ") == [talk]
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    later = held(town, "つぎのひみつ", who=town.suzuki)  # the same friend, another talk
    assert found(town.suzuki, "ひみつ") == [later]


def test_a_search_stands_on_the_record_with_what_it_found_and_never_with_its_words(town: Town) -> None:
    talk = held(town, "ひみつの話")
    found(town.sato, "ひみつ")
    entry = Entry.objects.filter(verb="finding.search").latest("pk")
    assert entry.detail["conversations"] == [talk.pk]
    assert "ひみつ" not in str(entry.detail)


def test_a_long_search_goes_on_where_it_stopped_and_finds_each_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks = [talk_of(says(town, f"さがす {letter}", user=line_id(letter))) for letter in "abcde"]
    monkeypatch.setattr(actions, "STEP", 2)
    monkeypatch.setattr(actions, "SECONDS", -1.0)
    wanted, before, hits = FindForm({}, user=town.supervisor), None, []
    assert wanted.is_valid()
    for _turn in range(4):
        part = actions.search(town.supervisor, wanted.conversations(), "さがす", before)
        hits += [hit.conversation for hit in part.hits]
        before = part.before
        if before is None:
            break
    assert hits == talks[::-1]


def test_filters_narrow_and_the_words_never_stand_in_an_address(town: Town) -> None:
    one, two = held(town, "一", "a"), held(town, "二", "b")
    desk.set_speaker(town.sato, one.pk, "mother")
    desk.close(town.sato, two.pk, Outcome.GUIDED)
    browser = as_one(town.sato)
    page = reverse("finding:talks")

    def listed(**asked: str | int) -> list[int]:
        return [each.pk for each in browser.get(page, asked).context["page"]]

    assert listed() == [two.pk, one.pk]
    assert listed(speaker="mother") == [one.pk]
    assert listed(outcome="guided") == [two.pk]
    assert listed(number=one.number) == [one.pk]
    assert listed(begin="2999-01-01") == []
    assert listed(counsellor=town.sato.pk) == [two.pk, one.pk]
    answer = browser.post(page, {"words": "", "speaker": "mother"})
    assert answer["Location"] == f"{page}?speaker=mother"
    answer = browser.post(page, {"words": "一"})
    assert answer.status_code == 200
    assert "<mark>一</mark>" in answer.content.decode()


def test_dates_the_wrong_way_round_are_said_kindly(town: Town) -> None:
    answer = as_one(town.sato).get(reverse("finding:talks"), {"begin": "2026-05-02", "end": "2026-05-01"})
    assert "終わりの日は、始まりの日より後" in answer.content.decode()


def test_what_was_before_is_counted_also_of_a_merged_account_and_read_by_one_tap(town: Town) -> None:
    first = held(town, "はじめて", "a")
    desk.recommend(town.sato, first.pk, "学校の話から入る")
    desk.note(town.sato, first.pk, "弟がいる")
    desk.close(town.sato, first.pk, Outcome.RESOLVED)
    now = held(town, "べつの電話から", "b")
    browser, page = as_one(town.sato), reverse("finding:before", args=[now.pk])
    assert "はじめての相談です" in browser.get(page).content.decode()
    contacts.merge(town.supervisor, now.contact, Contact.objects.get(pk=first.contact_id), "同じ人")
    seen = browser.get(page).content.decode()
    assert "これまでに1回の相談" in seen
    assert "学校の話から入る<" not in seen
    read = browser.get(page, {"read": "1"}).content.decode()
    assert "学校の話から入る<" in read
    assert "弟がいる" in read
    assert Entry.objects.filter(verb="finding.read_before").latest("pk").detail["conversations"] == [first.pk]


def test_the_recommended_approach_is_sealed_and_written_by_who_held_the_talk(town: Town) -> None:
    talk = held(town, "きいて")
    browser = as_one(town.sato)
    browser.post(reverse("finding:before", args=[talk.pk]), {"approach": "ゆっくり待つ"})
    talk.refresh_from_db()
    assert talk.approach == "ゆっくり待つ"
    assert "ゆっくり".encode() not in bytes(talk.sealed_approach or b"")
    with pytest.raises(desk.NotYours):
        desk.recommend(town.suzuki, talk.pk, "だめ")
    with pytest.raises(desk.Unfit):
        desk.recommend(town.sato, talk.pk, "あ" * 2001)
