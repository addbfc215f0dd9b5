"""Whom the desk calls, to how many things, and that a locked screen hears it and nothing else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import User
from madoguchi.audit.models import Entry
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import calling, hours
from madoguchi.desk.actions import listing
from madoguchi.desk.calling import Call
from madoguchi.desk.models import Assigning, Conversation, Duty, DutyState, Intake, Promise, Reception, State
from madoguchi.emergency import actions as emergency
from madoguchi.emergency.models import Notice
from madoguchi.supervision import actions as supervision
from madoguchi.supervision import calling as locked
from tests.actions.test_presence import acted, in_session
from tests.actions.test_states import GRAVE, said, taken
from tests.people import Town

PULL = {"HX-Request": "true"}
NAMES = ("grave", "overdue", "asked", "left", "waiting")


def shown(page: str) -> Call:
    """What the page's own element says."""
    found = re.search(r"<waiting-call grave=[^>]*>", page)
    assert found is not None
    counts = {name: int(re.findall(rf'{name}="(\d+)"', found[0])[0]) for name in NAMES}
    return Call(**counts, is_free=" free" in found[0])


def on_the_desk(client: Client, user: User) -> Call:
    client.force_login(user)
    return shown(client.get(reverse("desk:index")).content.decode())


def nudged(talk: Conversation, **changes: object) -> None:
    """The desk's clock has told of it."""
    Conversation.objects.filter(pk=talk.pk).update(nudged_at=clock.now(), **changes)


def test_a_grave_sign_calls_counsellors_also_where_nobody_chooses(town: Town, client: Client) -> None:
    desk.reception(town.channel)
    Reception.objects.update(assigning=Assigning.NEXT)
    said(town, "きいてください")
    assert on_the_desk(client, town.sato).grave == 0
    said(town, GRAVE, "b")
    assert on_the_desk(client, town.sato).grave == 1
    assert on_the_desk(client, town.supervisor).grave == 1


@pytest.mark.parametrize("assigning", Assigning.values)
def test_what_is_only_counted_is_the_same_and_is_no_read(town: Town, client: Client, assigning: str) -> None:
    talk = taken(town)
    desk.reception(town.channel)
    Reception.objects.update(assigning=assigning)
    desk.call_for_help(town.sato, talk.pk, "")
    for user in ("b", "c"):
        said(town, GRAVE, user)
    for who in (town.sato, town.suzuki, town.supervisor):
        desk.report(who, DutyState.AVAILABLE)
        before = Entry.objects.count()
        assert calling.counted(who) == locked.counted(who)
        assert Entry.objects.count() == before
        assert calling.counted(who) == on_the_desk(client, who)


def test_a_promise_for_another_day_calls_nobody_until_its_time(town: Town) -> None:
    talk = said(town)
    assert calling.counted(town.sato).waiting == 1
    far = {"promise": Promise.BOOKED, "promised_at": clock.now() + timedelta(hours=12)}
    Conversation.objects.filter(pk=talk.pk).update(**far)
    assert calling.counted(town.sato).waiting == 0
    assert listing.lists(town.sato, None).waiting_count == 1
    Conversation.objects.filter(pk=talk.pk).update(grave_at=clock.now())
    assert calling.counted(town.sato).waiting == 1  # no promise holds a grave talk back
    Conversation.objects.filter(pk=talk.pk).update(grave_at=None)
    Conversation.objects.filter(pk=talk.pk).update(promised_at=clock.now() + timedelta(minutes=9))
    assert (calling.counted(town.sato).waiting, calling.counted(town.sato).overdue) == (1, 0)
    Conversation.objects.filter(pk=talk.pk).update(promised_at=clock.now() - timedelta(minutes=1))
    assert calling.counted(town.suzuki).overdue == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.LIVE, "返事がまだです"),
        (State.HOLD, "保留のまま"),
        (State.WRAP_UP, "まとめの残り"),
        (State.LATER, "まもなく"),
    ],
)
def test_what_its_clock_has_told_calls_who_holds_the_talk(
    town: Town, client: Client, state: State, words: str
) -> None:
    talk = taken(town)
    soon = clock.now() + timedelta(minutes=9) if state == State.LATER else None
    Conversation.objects.filter(pk=talk.pk).update(state=state, promised_at=soon)
    assert on_the_desk(client, town.sato).overdue == 0
    nudged(talk)
    assert on_the_desk(client, town.sato).overdue == 1
    lists = client.get(reverse("desk:lists")).content.decode()
    assert "待たせています" in lists
    assert lists.count(words) >= 2  # above the lists, and in its own line
    assert calling.counted(town.suzuki).overdue == 0


def test_a_friend_who_has_gone_quiet_presses_nobody(town: Town) -> None:
    talk = taken(town)
    nudged(talk, friend_spoke_at=None)
    assert calling.counted(town.sato).overdue == 0


def test_who_waits_too_long_calls_everybody_also_who_is_away(town: Town, client: Client) -> None:
    talk = said(town)
    desk.report(town.suzuki, DutyState.AWAY)
    nudged(talk)
    for who in (town.sato, town.suzuki, town.supervisor):
        assert on_the_desk(client, who).overdue == 1
    assert "長く待っています" in client.get(reverse("desk:lists")).content.decode()


def test_supervisors_are_called_when_nobody_is_free(town: Town) -> None:
    said(town)
    assert calling.counted(town.supervisor).is_free
    desk.report(town.sato, DutyState.AVAILABLE)
    desk.was_seen(town.sato)
    assert not calling.counted(town.supervisor).is_free
    assert calling.counted(town.sato).is_free
    Duty.objects.update(seen_at=clock.now() - timedelta(minutes=5))
    assert calling.counted(town.supervisor).is_free


def test_what_colleagues_want_calls(town: Town, client: Client) -> None:
    talk = taken(town)
    desk.call_for_help(town.sato, talk.pk, "")
    assert on_the_desk(client, town.supervisor).asked == 1
    desk.hand_over(town.sato, talk.pk, "続きを", to=town.suzuki)
    assert calling.counted(town.suzuki).asked == 1
    other = said(town, user="b")
    supervision.ask(town.suzuki, other.pk)
    assert [locked.counted(who).asked for who in (town.sato, town.suzuki)] == [1, 1]
    client.force_login(town.sato)
    assert '<waiting-call asked="1">' in client.get(reverse("supervision:pick-ups")).content.decode()


def test_a_statutory_clock_past_its_deadline_calls_on_every_page_and_on_a_locked_screen(
    town: Town, client: Client
) -> None:
    opened = emergency.open_dossier(town.sato, taken(town).pk)
    emergency.decide(town.sato, opened.pk, "首にあざがある", ["110"])
    calls, now = '<waiting-call overdue="1">', clock.now()
    for moment, is_past in ((now + timedelta(minutes=1), False), (now - timedelta(minutes=1), True)):
        Notice.objects.update(deadline_at=moment)
        for who in (town.sato, town.supervisor):
            client.force_login(who)
            page = client.get(reverse("emergency:running")).content.decode()
            assert (calls in page, locked.counted(who).overdue) == (is_past, int(is_past))
    assert locked.counted(town.suzuki).overdue == 0


def test_a_whisper_into_a_talk_that_is_not_open_is_told(town: Town, client: Client) -> None:
    talk = taken(town)
    note = desk.whisper(town.supervisor, talk.pk, "ひみつの助言")
    assert on_the_desk(client, town.sato).asked == 1
    lists = client.get(reverse("desk:lists")).content.decode()
    assert "スーパーバイザーからの言葉があります" in lists
    assert "ひみつの助言" not in lists
    desk.see(town.sato, note.pk)
    assert on_the_desk(client, town.sato).asked == 0


def test_a_locked_screen_hears_how_many_and_nothing_of_whom(town: Town, client: Client) -> None:
    talk = said(town, GRAVE)
    handles = {talk.contact.handle, said(town, "ひみつのことば", "b").contact.handle}
    in_session(client, town.sato, quiet=901)
    page = client.get(reverse("supervision:calls"), headers=PULL).content.decode()
    assert (shown(page).grave, shown(page).waiting) == (1, 2)
    assert all(
        words in page for words in ("重大なサインが届いています（1件）", "待っている人がいます（2人）")
    )
    assert not any(words in page for words in (*handles, "ひみつ", "死", "/desk/", town.sato.name))
    assert not Entry.objects.filter(actor_id=town.sato.pk, verb="desk.lists").exists()


@pytest.mark.parametrize("headers", [{}, PULL, {"X-Acted": "1"}, {"Sec-Fetch-Dest": "document"}])
def test_a_locked_session_stays_locked_for_all_else(
    town: Town, client: Client, headers: dict[str, str]
) -> None:
    in_session(client, town.sato, quiet=901)
    for _ in range(2):
        assert client.get(reverse("supervision:calls"), headers=headers).status_code == 200
    assert acted(client) > 900
    for name in ("desk:index", "desk:lists", "supervision:pick-ups", "emergency:running"):
        assert client.get(reverse(name))["Location"].startswith("/unlock/")


def test_a_locked_screen_of_who_answers_nobody_calls_nobody(town: Town, client: Client) -> None:
    in_session(client, town.administrator, quiet=901)
    assert client.get(reverse("supervision:calls")).status_code == 404
    assert "waiting-call" not in client.get("/unlock/").content.decode()
    assert "data-locked-calls" not in client.get("/unlock/").content.decode()
    in_session(client, town.sato, quiet=901)
    assert "data-locked-calls" in client.get("/unlock/").content.decode()


def test_the_intake_counts_on_who_can_be_called_and_on_nobody_else(town: Town, client: Client) -> None:
    desk.reception(town.channel)
    Reception.objects.update(is_sized_by_shift=True)
    now = clock.now()
    desk.add_shifts(town.supervisor, [town.sato.pk], [(now - timedelta(hours=1), now + timedelta(hours=1))])
    desk.report(town.sato, DutyState.AVAILABLE)
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN
    Duty.objects.update(seen_at=now - timedelta(minutes=4))
    assert hours.intake(desk.reception(town.channel)) == Intake.FULL
    in_session(client, town.sato, quiet=901)
    client.get(reverse("supervision:calls"), headers=PULL)
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN
    assert not Duty.objects.filter(seen_at__gte=now).exists()  # nothing is dealt to a locked screen
