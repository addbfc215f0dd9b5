"""Phrases: whose they are, who may change them, and what stands in a talk's answer."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.channels.line.messages import TEXT_LIMIT
from madoguchi.core import braces
from madoguchi.desk import actions as desk
from madoguchi.phrases import actions
from madoguchi.phrases.models import CHOICE, CHOICES, Phrase
from madoguchi.phrases.ready_made import READY_MADE
from madoguchi.phrases.variables import VARIABLES
from tests.actions.test_talk import waiting
from tests.people import Town, found_town

ONE = {
    "topic": "",
    "title": "あいさつ",
    "shortcut": "ai",
    "text": "こんにちは、{相談員}です。",
    "choices": ["はい"],
}


def test_what_is_ready_made_fits_its_own_rules() -> None:
    for one in READY_MADE:
        assert not braces.unknown(one["text"], VARIABLES)
        assert len(one["text"]) < TEXT_LIMIT
        assert len(one["choices"]) <= CHOICES
        assert all(len(choice) <= CHOICE for choice in one["choices"])
    assert (
        len({one["title"] for one in READY_MADE})
        == len({one["shortcut"] for one in READY_MADE})
        == len(READY_MADE)
    )


def test_a_counsellor_writes_only_for_oneself(town: Town) -> None:
    own = actions.write(town.sato, ONE)
    assert not Phrase.objects.usable_by(town.suzuki).exists()
    with pytest.raises(actions.NotYours):
        actions.write(town.sato, ONE, is_shared=True)
    for other in (town.suzuki, town.supervisor):
        with pytest.raises(actions.NotYours):
            actions.change(other, own.pk, {**ONE, "text": "ちがう文"})


def test_a_proposal_becomes_everybodys_by_a_supervisors_word_alone(town: Town) -> None:
    own = actions.write(town.sato, ONE)
    assert not Phrase.objects.visible_to(town.supervisor).exists()
    actions.propose(town.sato, own.pk)
    for other in (town.sato, town.suzuki):
        with pytest.raises(actions.NotYours):
            actions.share(other, own.pk)
    actions.share(town.supervisor, own.pk)
    assert Phrase.objects.usable_by(town.suzuki).get().is_shared
    with pytest.raises(actions.NotYours):
        actions.change(town.sato, own.pk, ONE)


def test_a_declined_proposal_stays_its_owners(town: Town) -> None:
    own = actions.propose(town.sato, actions.write(town.sato, ONE).pk)
    actions.decline(town.supervisor, own.pk)
    assert not Phrase.objects.visible_to(town.supervisor).exists()
    assert Phrase.objects.usable_by(town.sato).get() == own


def test_one_shortcut_names_one_phrase_of_the_same_owner(town: Town) -> None:
    actions.write(town.sato, ONE)
    actions.write(town.suzuki, ONE)
    with pytest.raises(actions.ShortcutTaken):
        actions.write(town.sato, {**ONE, "title": "別の"})
    actions.write(town.supervisor, ONE, is_shared=True)
    with pytest.raises(actions.ShortcutTaken):
        actions.write(town.supervisor, {**ONE, "title": "別の"}, is_shared=True)


def test_installing_twice_adds_nothing(town: Town) -> None:
    assert actions.install(town.supervisor) == len(READY_MADE)
    assert actions.install(town.supervisor) == actions.install(town.sato) == 0


def test_another_organisation_has_none_of_it(town: Town) -> None:
    actions.install(town.supervisor)
    other = found_town("みどり市")
    assert not Phrase.objects.visible_to(other.supervisor).exists()


def test_an_unknown_variable_is_refused_with_the_known_ones(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    answer = client.post(reverse("phrases:add"), {"title": "あいさつ", "text": "{名前}さん"})
    assert "{名前} という変数はありません。使えるのは {呼び名}" in answer.content.decode()
    assert not Phrase.objects.exists()


def test_a_phrase_comes_filled_in_for_the_talk(town: Town, client: Client) -> None:
    actions.write(town.sato, {**ONE, "text": "「{窓口}」の{相談員}です。{受付時間}"})
    actions.sign_as(town.sato, "みかん")
    conversation = desk.take(town.sato, waiting(town).pk)
    client.force_login(town.sato)
    drawn = client.get(reverse("desk:phrases", args=[conversation.pk]), {"q": "aisatsu"}).content.decode()
    assert 'data-text="「親子相談」のみかんです。24時間"' in drawn
    client.force_login(town.suzuki)
    assert client.get(reverse("desk:phrases", args=[conversation.pk])).status_code == 404


def test_the_list_is_searched_and_says_what_to_do_when_empty(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    assert "定型文はまだありません" in client.get(reverse("phrases:list")).content.decode()
    client.post(reverse("phrases:install"))
    page = client.get(reverse("phrases:list"), {"q": "hogosha"}).content.decode()
    assert "はじめのあいさつ（保護者）" in page
    assert "はじめのあいさつ（子ども）" not in page
