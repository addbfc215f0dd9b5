"""A channel where nobody chooses: whoever is free takes the next, and sees only how many wait."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import turns
from madoguchi.desk.actions import listing
from madoguchi.desk.models import Assigning, Conversation, DutyState, Reception, State
from tests.actions.test_states import GRAVE, said, taken
from tests.people import Town

PARTIAL = {"HX-Request": "true"}


@pytest.fixture
def by_turn(town: Town) -> Town:
    desk.reception(town.channel)
    Reception.objects.update(assigning=Assigning.NEXT)
    return town


def test_only_a_supervisor_chooses_among_those_who_wait(by_turn: Town) -> None:
    talk = said(by_turn)
    for act in (desk.take, lambda who, pk: desk.close_as_nothing(who, pk, through=None)):
        with pytest.raises(desk.OnlyInTurn):
            act(by_turn.sato, talk.pk)
    assert desk.take(by_turn.supervisor, talk.pk).owner == by_turn.supervisor


def test_the_next_one_is_taken_unseen_and_then_seen(by_turn: Town) -> None:
    first, _second = said(by_turn, user="a"), said(by_turn, user="b")
    assert not Conversation.objects.visible_to(by_turn.sato).exists()
    took = desk.take_next(by_turn.sato)
    assert took is not None
    assert took.pk == first.pk
    assert list(Conversation.objects.visible_to(by_turn.sato)) == [first]


def test_the_desk_shows_how_many_wait_and_nothing_of_what_they_said(by_turn: Town, client: Client) -> None:
    talk = said(by_turn, "ひみつのことば")
    said(by_turn, GRAVE, "b")
    client.force_login(by_turn.sato)
    shown = client.get(reverse("desk:index")).content.decode()
    assert all(words in shown for words in ("2人が待っています", "うち重大 1人", "次の人を担当する"))
    assert "ひみつのことば" not in shown
    assert talk.contact.handle not in shown
    assert client.get(reverse("desk:conversation", args=[talk.pk])).status_code == 404
    client.force_login(by_turn.supervisor)
    assert "ひみつのことば" in client.get(reverse("desk:index")).content.decode()


def test_one_press_takes_the_next_and_opens_it(by_turn: Town, client: Client) -> None:
    talk = said(by_turn)
    client.force_login(by_turn.sato)
    answer = client.post(reverse("desk:take-next"))
    assert answer["Location"] == reverse("desk:conversation", args=[talk.pk])
    refused = client.post(reverse("desk:take-next"), headers=PARTIAL)
    assert refused.status_code == 422
    assert "待っている人はいません".encode("unicode-escape") in refused["HX-Trigger"].encode()


def test_where_one_channel_goes_by_turn_the_others_are_still_chosen(by_turn: Town) -> None:
    from madoguchi.channels import actions as channels

    other = channels.add(None, by_turn.organisation, "もうひとつ", "1659999999", "0" * 32, "t" * 40)
    desk.reception(other)
    talk = said(by_turn)
    Conversation.objects.filter(pk=talk.pk).update(channel=other)
    shown = turns.turn(by_turn.sato)
    assert shown is not None
    assert shown.count == 0
    assert desk.take_next(by_turn.sato) is None
    assert desk.take(by_turn.sato, talk.pk).state == State.LIVE


def test_a_supervisor_gives_with_the_load_before_the_eyes(town: Town, client: Client) -> None:
    for user in "abc":
        taken(town, user)
    desk.report(town.suzuki, DutyState.AVAILABLE)
    talk = said(town, user="d")
    address = reverse("desk:give", args=[talk.pk])
    client.force_login(town.supervisor)
    shown = client.get(address, headers=PARTIAL).content.decode()
    assert shown.count("上限を超えます") == 1
    assert shown.index("鈴木") < shown.index("佐藤")
    assert client.post(address, {"counsellor": town.suzuki.pk}).status_code == 302
    talk.refresh_from_db()
    assert talk.owner == town.suzuki
    assert client.post(address, {}, headers=PARTIAL).status_code == 422
    client.force_login(town.sato)
    assert client.post(address, {"counsellor": town.sato.pk}).status_code == 404


def test_a_long_queue_is_shown_in_parts_and_whoever_calls_is_always_among_them(
    town: Town,
) -> None:
    for user in "abcd":
        said(town, user=user)
    late = said(town, GRAVE, "e")
    Conversation.objects.filter(pk=late.pk).update(waiting_since=clock.now() + clock.seconds(7200))
    shown = listing.lists(town.sato, None, most=2)
    assert [line.pk == late.pk for line in shown.waiting] == [False, False, True]
    assert (shown.waiting_count, shown.more > 2) == (5, True)
    assert len(listing.lists(town.sato, None, most=shown.more).waiting) == 5
