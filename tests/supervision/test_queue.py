"""The queue in a supervisor's hand, a second pair of eyes, and a talk that is taken over."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from madoguchi.desk import actions as desk
from madoguchi.desk.actions import dealing
from madoguchi.desk.actions.assigning import deal
from madoguchi.desk.models import Assigning, Assignment, Conversation, DutyState, State
from madoguchi.inbox import router
from madoguchi.supervision import actions
from madoguchi.supervision.board import board
from tests.people import Town, line_id, text


def comes(town: Town, letter: str, words: str = "きいてください") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id(letter)))
    return Conversation.objects.open().get(contact=contact)


def at_the_desk(town: Town) -> None:
    for who in (town.sato, town.suzuki):
        desk.report(who, DutyState.AVAILABLE)
        desk.was_seen(who)


def owners(*talks: Conversation) -> list[str]:
    found = Conversation.objects.filter(pk__in=[talk.pk for talk in talks]).select_related("owner")
    return [talk.owner.name if talk.owner else "" for talk in found.order_by("pk")]


def test_from_a_held_queue_nobody_takes_alone_and_the_desk_deals_nothing(town: Town) -> None:
    talk = comes(town, "a")
    at_the_desk(town)
    desk.set_reception(None, town.channel, {"assigning": Assigning.AUTOMATIC})
    (job,) = dealing.claim_deals(10)
    actions.hold_queue(town.supervisor, town.channel.pk)
    with pytest.raises(desk.QueueHeld):
        desk.take(town.sato, talk.pk)
    assert desk.take_next(town.sato) is None
    assert dealing.claim_deals(10) == []
    assert deal(job.pk, job.attempt) is None
    actions.release_queue(town.supervisor, town.channel.pk)
    assert desk.take(town.sato, talk.pk).owner == town.sato


def test_only_a_supervisor_of_the_house_holds_its_queue(town: Town) -> None:
    from tests.people import found_town

    comes(town, "a")
    for who in (town.sato, town.administrator, found_town().supervisor):
        with pytest.raises(desk.NotYours):
            actions.hold_queue(who, town.channel.pk)


def test_dealing_evenly_fills_up_by_load_and_stops_at_the_limits(town: Town) -> None:
    talks = [comes(town, letter) for letter in "abcdefgh"]
    at_the_desk(town)
    dealt = actions.deal_out(town.supervisor, [talk.pk for talk in talks], [])
    assert (len(dealt.given), dealt.gone, dealt.left) == (6, 0, 2)
    assert sorted(owners(*talks)) == ["", "", *["佐藤"] * 3, *["鈴木"] * 3]
    assert owners(*talks)[:6].count("") == 0


def test_chosen_people_get_what_is_dealt_to_them_also_beyond_their_limit(town: Town) -> None:
    talks = [comes(town, letter) for letter in "abcde"]
    at_the_desk(town)
    actions.hold_queue(town.supervisor, town.channel.pk)
    dealt = actions.deal_out(town.supervisor, [talk.pk for talk in talks], [town.sato.pk])
    assert (len(dealt.given), owners(*talks)) == (5, ["佐藤"] * 5)


def test_what_was_taken_meanwhile_holds_up_no_other(town: Town) -> None:
    talks = [comes(town, letter) for letter in "abc"]
    at_the_desk(town)
    desk.take(town.suzuki, talks[1].pk)
    dealt = actions.deal_out(town.supervisor, [talk.pk for talk in talks], [town.sato.pk])
    assert (len(dealt.given), dealt.gone) == (2, 1)
    assert owners(*talks) == ["佐藤", "鈴木", "佐藤"]


def test_the_board_deals_in_the_order_of_the_queue(town: Town) -> None:
    talks = [comes(town, "a"), comes(town, "b"), comes(town, "c", "死にたいです")]
    queue = [talk.pk for talk in Conversation.objects.waiting()]
    assert [talk.pk for talk in board(town.organisation.pk).waiting] == queue
    assert queue[0] == talks[2].pk


def test_a_supervisor_takes_a_talk_over_with_one_tap(town: Town) -> None:
    talk = comes(town, "a")
    desk.take(town.sato, talk.pk)
    asked = desk.hand_over(town.sato, talk.pk, "お願いします", to=town.suzuki)
    desk.take_over(town.supervisor, talk.pk)
    assert owners(talk) == ["高橋"]
    assert Assignment.objects.filter(conversation=talk, ended_at=None).count() == 1
    asked.refresh_from_db()
    assert asked.end == "withdrawn"
    with pytest.raises(desk.NotYours):
        desk.take_over(town.suzuki, talk.pk)


@pytest.mark.parametrize(
    ("setting", "words", "is_alone"),
    [
        ("", "死にたいです", True),
        ("grave", "きいてください", True),
        ("grave", "死にたいです", False),
        ("always", "きいてください", False),
    ],
)
def test_where_it_is_wanted_a_second_pair_of_eyes_comes_first(
    town: Town, setting: str, words: str, is_alone: bool
) -> None:
    talk = comes(town, "a", words)
    desk.set_reception(None, town.channel, {"second_eyes": setting})
    if is_alone:
        assert desk.take(town.sato, talk.pk).owner == town.sato
        return
    with pytest.raises(desk.NeedsSecondEyes):
        desk.take(town.sato, talk.pk)
    with pytest.raises(desk.NeedsSecondEyes):
        desk.take_next(town.sato)
    asked = actions.ask(town.sato, talk.pk)
    with pytest.raises(actions.NotAsked):
        actions.confirm(town.sato, asked.pk)
    assert actions.confirm(town.suzuki, asked.pk).owner == town.sato


def test_a_pick_up_that_came_too_late_gives_nothing(town: Town) -> None:
    talk = comes(town, "a")
    desk.set_reception(None, town.channel, {"second_eyes": "always"})
    asked = actions.ask(town.sato, talk.pk)
    with pytest.raises(desk.AlreadyTaken):
        actions.ask(town.suzuki, talk.pk)
    desk.take(town.supervisor, talk.pk)
    assert actions.confirm(town.suzuki, asked.pk).owner == town.supervisor
    asked.refresh_from_db()
    assert (asked.end, Conversation.objects.get(pk=talk.pk).state) == ("gone", State.LIVE)


def test_dealing_evenly_asks_anew_who_has_room(town: Town) -> None:
    """The numbers of the talks are read after the board: meanwhile Sato fills both hands."""
    talks = [comes(town, letter) for letter in "abcde"]
    at_the_desk(town)

    def meanwhile() -> Iterator[int]:
        for talk in talks[:3]:
            desk.take(town.sato, talk.pk)
        yield from (talk.pk for talk in talks[3:])

    assert len(actions.deal_out(town.supervisor, meanwhile(), []).given) == 2
    assert owners(*talks) == ["佐藤", "佐藤", "佐藤", "鈴木", "鈴木"]


def test_whoever_has_both_hands_full_asks_for_no_second_pair_of_eyes(town: Town) -> None:
    talk, grave = comes(town, "a"), comes(town, "b", "死にたいです")
    desk.set_reception(None, town.channel, {"second_eyes": "always", "usual_load": 1, "most_load": 1})
    asked = actions.ask(town.sato, talk.pk)
    desk.give(town.supervisor, comes(town, "c").pk, town.sato)
    with pytest.raises(desk.HandsFull):
        actions.confirm(town.suzuki, asked.pk)
    with pytest.raises(desk.HandsFull):
        actions.ask(town.sato, comes(town, "d").pk)
    assert actions.confirm(town.suzuki, actions.ask(town.sato, grave.pk).pk).owner == town.sato
