"""The board: what stands on it, who sees it, what it costs, and that no words of a talk come onto it."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role
from madoguchi.channels.models import Channel
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import leaving, listing
from madoguchi.desk.counting import four_numbers
from madoguchi.desk.models import Conversation, Duty, DutyState, State
from madoguchi.inbox import router
from madoguchi.supervision.board import board
from tests.people import Town, line_id, text


def comes(town: Town, user: str, words: str = "きいてください") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, user))
    return Conversation.objects.open().get(contact=contact)


def crowd(town: Town, seats: int, talks: int, begin: int = 0) -> None:
    """So many counsellors at their desks, and so many open talks, most of them in hand."""
    staff = [
        accounts.add_user(
            None,
            town.organisation,
            f"c{begin}-{number}-{town.organisation.pk}@example.jp",
            f"相談員{number}",
            [Role.COUNSELLOR],
            "a-long-password",
        )[0]
        for number in range(seats)
    ]
    for who in staff:
        desk.report(who, DutyState.AVAILABLE)
        desk.was_seen(who)
    for number in range(begin, talks):
        talk = comes(town, f"U{number:032x}")
        if number % 4:
            owner = {"owner": staff[number % seats], "state": State.LIVE, "taken_at": clock.now()}
            Conversation.objects.filter(pk=talk.pk).update(**owner)


def test_everything_that_waits_for_a_supervisor_is_on_it(town: Town) -> None:
    talks = [comes(town, line_id("a"), "死にたいです"), *(comes(town, line_id(letter)) for letter in "bcd")]
    desk.take(town.sato, talks[1].pk)
    desk.call_for_help(town.sato, talks[1].pk, "")
    past = clock.now() - clock.seconds(60)
    desk.take(town.sato, talks[2].pk)
    Conversation.objects.filter(pk=talks[2].pk).update(state=State.LATER, promise="later", promised_at=past)
    shown = board(town.organisation.pk)
    assert [talk.pk for talk in shown.waiting] == [talks[0].pk, talks[3].pk]
    assert [talk.pk for talk in shown.grave] == [talks[0].pk]
    assert shown.calling == {talks[0].pk}
    assert [note.conversation_id for note in shown.helps] == [talks[1].pk]
    assert [talk.pk for talk in shown.overdue] == [talks[2].pk]


def looked_round() -> None:
    for job in leaving.claim_unattended(10):
        leaving.write_down(job)


def test_a_talk_whose_holder_has_gone_is_on_it_as_on_the_desks(town: Town) -> None:
    talk = comes(town, line_id("a"))
    desk.take(town.sato, talk.pk)
    looked_round()
    assert board(town.organisation.pk).left_alone == []
    Duty.objects.update(seen_at=clock.now() - clock.seconds(300))
    looked_round()
    assert [one.pk for one in board(town.organisation.pk).left_alone] == [talk.pk]
    assert list(Conversation.objects.left()) == [talk]
    desk.was_seen(town.sato)
    looked_round()
    assert board(town.organisation.pk).left_alone == []


def test_what_is_played_for_practice_is_not_on_it(town: Town) -> None:
    talk = comes(town, line_id("a"), "死にたいです")
    desk.take(town.sato, talk.pk)
    desk.call_for_help(town.sato, talk.pk, "")
    assert board(town.organisation.pk).calling == {talk.pk}
    Channel.objects.filter(pk=town.channel.pk).update(is_practice=True)
    shown = board(town.organisation.pk)
    assert (shown.talks, shown.calling, shown.helps, shown.clocks, shown.receptions) == (
        [],
        set(),
        [],
        [],
        [],
    )


def test_screens_that_count_the_same_thing_agree_also_on_what_is_practice(town: Town) -> None:
    talks = [comes(town, line_id(letter), "死にたいです") for letter in "abc"]
    desk.take(town.sato, talks[0].pk)
    desk.take(town.suzuki, talks[1].pk)
    for is_practice in (False, True):
        Channel.objects.filter(pk=town.channel.pk).update(is_practice=is_practice)
        shown, lists = board(town.organisation.pk), listing.lists(town.supervisor, None)
        own = listing.lists(town.sato, None)
        real = 0 if is_practice else 1
        assert len(shown.waiting) == lists.waiting_count == own.waiting_count == real
        assert len(shown.grave) == len(lists.grave) == 3 * real
        assert sum(seat.load for seat in shown.seats) == 4 * real
        assert own.load == Conversation.objects.held_by(town.sato).load() == 2 * real
        assert four_numbers(Conversation.objects.filter(organisation=town.organisation)).accesses == 3 * real
        assert len(own.mine) == 1  # who practises is called, and sees it
        assert len(own.grave) == 1 + real


def test_those_waiting_stand_in_the_queue_s_own_order(town: Town) -> None:
    talks = [comes(town, line_id(name)) for name in "abc"]
    desk.judge(town.sato, talks[2].pk, is_grave=True)
    shown = [talk.pk for talk in board(town.organisation.pk).waiting]
    assert (
        shown == [talk.pk for talk in Conversation.objects.ready()] == [talks[2].pk, talks[0].pk, talks[1].pk]
    )


def test_it_costs_the_same_statements_however_many_talks_there_are(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    client.get("/board/now/")
    counts = []
    for begin, seats, talks in ((0, 2, 4), (4, 6, 20)):
        crowd(town, seats, talks, begin)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/board/now/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30  # with what calls the supervisor who looks at it


def test_sixty_seats_and_two_hundred_talks_are_drawn(town: Town, client: Client) -> None:
    crowd(town, 60, 200)
    client.force_login(town.supervisor)
    assert client.get("/board/now/").content.count(b'class="seat"') == 60


def test_no_word_of_a_talk_comes_onto_it(town: Town, client: Client) -> None:
    talk = comes(town, line_id("a"), "死にたいです。ひみつです")
    desk.take(town.sato, talk.pk)
    desk.call_for_help(town.sato, talk.pk, "ひみつの助け")
    client.force_login(town.supervisor)
    page = client.get("/board/").content.decode()
    assert talk.contact.handle in page
    assert "死にたい" not in page
    assert "ひみつ" not in page


@pytest.mark.parametrize("first", [True, False])
def test_what_people_saw_before_any_rule_is_listed(town: Town, client: Client, first: bool) -> None:
    words = "もういいかなって" if first else "死にたいです"
    talk = comes(town, line_id("a"), words)
    desk.judge(town.sato, talk.pk, is_grave=True)
    client.force_login(town.supervisor)
    page = client.get("/board/unmarked/").content.decode()
    assert (talk.contact.handle in page) == first
