"""Scripted consulters against the real desk: played once, told apart, never counted, never sent."""

import asyncio
import uuid

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from madoguchi.channels.clients import Clients
from madoguchi.channels.line.outcome import Accepted
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import team
from madoguchi.desk.counting import four_numbers
from madoguchi.desk.models import Conversation, Duty, DutyState, Outcome
from madoguchi.finding.forms import FindForm
from madoguchi.inbox import actions as inbox
from madoguchi.inbox.models import InboundEvent
from madoguchi.practice import actions
from madoguchi.practice.looking_back import look_back
from madoguchi.practice.models import End, Practice
from madoguchi.practice.script import Unplayable, read, scripts
from madoguchi.supervision.board import board
from madoguchi.threads.models import Message, State
from tests.people import Town


def played(practice: Practice, times: int = 1) -> Practice:
    """So many steps, without their pauses, and what they bring to the inbox."""
    for _time in range(times):
        Practice.objects.filter(pk=practice.pk, end="").update(due_at=Now(), leased_until=None)
        for job in actions.claim_practices(5):
            actions.play(job)
        for job in inbox.claim_events(10):
            inbox.handle(job)
    practice.refresh_from_db()
    return practice


def talk_of(practice: Practice) -> Conversation:
    return Conversation.objects.filter(contact=actions.contact_of(practice)).latest("pk")


def answer(town: Town, practice: Practice, words: str) -> None:
    said = desk.reply_text(town.sato, talk_of(practice).pk, words, uuid.uuid4())
    Message.objects.filter(pk=said.pk).update(state=State.ACCEPTED, due_at=None)


@pytest.fixture
def child(town: Town) -> Practice:
    """The bullied child has begun, and Sato holds the talk."""
    practice = played(actions.start(town.sato, "bullied_child"), 2)
    desk.take(town.sato, talk_of(practice).pk)
    return practice


@pytest.mark.parametrize("key", sorted(scripts()))
def test_every_script_that_is_shipped_can_be_played_and_leads_somewhere(key: str) -> None:
    script = scripts()[key]
    assert script.title
    assert len(script.steps) > 4
    assert any(step.waits == "answer" for step in script.steps)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title=1",
        "[[[",
        'title="a"\nwho="b"\nabout="c"\n[[steps]]\nsays="x"\ngoto="nowhere"',
        'title="a"\nwho="b"\nabout="c"\n[[steps]]\nname="x"',
    ],
)
def test_a_script_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(Unplayable):
        read("a", text)


def test_what_is_played_comes_through_the_same_door_and_opens_a_talk(town: Town, child: Practice) -> None:
    talk = talk_of(child)
    assert talk.channel.is_practice
    assert (talk.speaker, talk.first_message.content["text"]) == ("self", "きいてほしい")
    assert InboundEvent.objects.filter(channel=talk.channel, finished_at__isnull=False).count() == 2


def test_a_step_is_played_once_however_often_its_worker_dies(town: Town) -> None:
    practice = actions.start(town.sato, "silent")
    (job,) = actions.claim_practices(5)
    actions.play(job)
    actions.play(job)  # the second time it is another step's turn or another worker's
    assert InboundEvent.objects.filter(channel=practice.channel).count() == 1


def test_the_friend_waits_for_an_answer_and_goes_another_way_by_its_words(
    town: Town, child: Practice
) -> None:
    assert played(child, 3).step == 2  # waits
    answer(town, child, "どうしましたか")
    assert played(child, 2).step == 4
    answer(town, child, "そうだったんだね")
    played(child, 2)
    assert talk_of(child).grave_at is not None
    answer(town, child, "いま、どこにいますか")
    script = scripts()["bullied_child"]
    assert played(child).step == script.place("asked")


def test_who_is_not_answered_asks_once_and_leaves(town: Town, child: Practice) -> None:
    played(child)
    for _time in range(2):
        ago = clock.of_database() - clock.seconds(4000)
        Practice.objects.filter(pk=child.pk).update(waits_since=ago)
        Practice.objects.filter(pk=child.pk).exclude(nudged_at=None).update(nudged_at=ago)
        played(child)
    assert child.end == End.SILENT
    contact = actions.contact_of(child)
    assert contact is not None
    said = [
        m.content.get("text")
        for m in Message.objects.of(contact).filter(author_kind="friend").select_related("contact")
    ]
    assert said.count("やっぱりいいや") == 1


def test_nothing_is_ever_sent_to_line(town: Town, child: Practice) -> None:
    async def push() -> object:
        clients = Clients()
        try:
            client = await clients.of(child.channel, "push")
            return await client.push("U" + "0" * 32, [{"type": "text", "text": "a"}], uuid.uuid4())
        finally:
            await clients.close()

    child.channel.refresh_from_db()
    outcome = asyncio.run(push())  # no platform is running here
    assert isinstance(outcome, Accepted)
    assert outcome.request_id == "practice"


def test_it_never_counts_unless_it_is_asked_for(town: Town, child: Practice) -> None:
    desk.close(town.sato, talk_of(child).pk, Outcome.RESOLVED)
    mine = Conversation.objects.filter(organisation_id=town.sato.organisation_id)
    assert four_numbers(mine).accesses == 0
    browser = Client()
    browser.force_login(town.sato)
    assert list(browser.get(reverse("desk:history")).context["page"]) == []
    for asked, count in (({}, 0), ({"practice": "on"}, 1)):
        form = FindForm(asked, user=town.sato)
        assert form.is_valid()
        assert form.conversations().count() == count
    browser.force_login(town.administrator)
    assert "練習" not in [one.name for one in browser.get(reverse("channels:list")).context["channels"]]


def test_who_practises_is_not_thereby_there_for_real_talks(town: Town) -> None:
    desk.report(town.sato, DutyState.ENDED)
    practice = played(actions.start(town.sato, "bullied_child"), 2)
    desk.take(town.sato, talk_of(practice).pk)
    assert Duty.objects.get(counsellor=town.sato).state == DutyState.ENDED


def test_no_screen_takes_the_limit_of_practice_for_ones_own(town: Town, child: Practice) -> None:
    desk.report(town.sato, DutyState.AVAILABLE)
    desk.set_reception(None, town.channel, {"most_load": 2})
    desk.set_reception(None, child.channel, {"most_load": 5})
    (member,) = team.members(town.organisation.pk, [town.sato])
    (seat,) = (seat for seat in board(town.organisation.pk).seats if seat.user == town.sato)
    assert member.most == seat.most == 2


def test_practice_is_not_offered_as_who_should_be_opened_next(town: Town) -> None:
    played(actions.start(town.sato, "bullied_child"), 2)
    browser = Client()
    browser.force_login(town.sato)
    assert browser.get(reverse("desk:index")).context["next"] is None


def test_who_started_it_or_a_supervisor_stops_it(town: Town, child: Practice) -> None:
    with pytest.raises(actions.Unknown):
        actions.stop(town.suzuki, child.pk)
    actions.stop(town.supervisor, child.pk)
    child.refresh_from_db()
    assert (child.end, child.due_at) == (End.STOPPED, None)
    assert played(child, 2).said == 2


def test_the_look_back_says_how_long_each_took_and_which_signs_were_seen(town: Town, child: Practice) -> None:
    played(child)
    answer(town, child, "どうしましたか")
    played(child, 2)
    answer(town, child, "そう")
    played(child, 2)
    back = look_back(child, town.sato)
    assert back.first_answer is not None
    assert (back.from_counsellors, len(back.signs), back.signs[0].seconds) == (2, 1, None)
    browser = Client()
    browser.force_login(town.sato)
    assert "だれも確かめていません" in browser.get(reverse("practice:back", args=[child.pk])).content.decode()
    assert "練習" in browser.get(reverse("desk:conversation", args=[talk_of(child).pk])).content.decode()


def test_it_is_started_from_the_page_and_a_script_that_is_not_there_is_said_kindly(town: Town) -> None:
    browser = Client()
    browser.force_login(town.suzuki)
    said = browser.post(reverse("practice:start"), {"script": "nobody"}, follow=True).content.decode()
    assert "この台本はありません" in said
    said = browser.post(reverse("practice:start"), {"script": "angry_parent"}, follow=True).content.decode()
    assert "練習が始まりました" in said
    assert Practice.objects.get(organisation=town.organisation).is_running
