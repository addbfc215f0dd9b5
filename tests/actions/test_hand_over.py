"""A talk goes from hand to hand, and what staff say among themselves stays among them."""

import uuid

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from madoguchi.desk import actions as desk
from madoguchi.desk.models import Assignment, Conversation, HandOver, Note, Outcome, State
from madoguchi.inbox import router
from madoguchi.threads.models import Message
from tests.people import Town, line_id, text

WORDS = "妹さんの話を待っているところです"


def held(town: Town, user: str = "a") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text("きいてください", line_id(user)))
    return desk.take(town.sato, Conversation.objects.open().get(contact=contact).pk)


def sees(town: Town, talk: Conversation) -> list[str]:
    staff = (town.sato, town.suzuki, town.supervisor)
    return [who.name for who in staff if Conversation.objects.visible_to(who).filter(pk=talk.pk).exists()]


def test_both_see_the_talk_until_it_is_accepted_and_then_it_has_one_owner(town: Town) -> None:
    talk = held(town)
    asked = desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki)
    assert (sees(town, talk), HandOver.objects.get().words) == (["佐藤", "鈴木", "高橋"], WORDS)
    talk.refresh_from_db()
    assert talk.owner == town.sato
    desk.accept(town.suzuki, asked.pk)
    talk.refresh_from_db()
    assert (talk.owner, talk.state) == (town.suzuki, State.LIVE)
    assert sees(town, talk) == ["鈴木", "高橋"]
    assert [one.counsellor.name for one in Assignment.objects.filter(ended_at=None)] == ["鈴木"]


def test_a_transfer_loses_nothing_of_the_history(town: Town, client: Client) -> None:
    first = held(town)
    desk.close(town.sato, first.pk, Outcome.RESOLVED)
    talk = held(town)
    desk.reply_text(town.sato, talk.pk, "おかえりなさい", uuid.uuid4())
    desk.note(town.sato, talk.pk, "弟がいる")
    asked = desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki)
    client.force_login(town.suzuki)
    page = client.post(reverse("desk:accept-hand-over", args=[asked.pk]), follow=True).content.decode()
    assert page.count("きいてください</p>") == 2  # also what was said in the talk before
    assert "おかえりなさい" in page
    assert 'id="composer"' in page
    assert "弟がいる" in client.get(reverse("desk:notes", args=[talk.pk])).content.decode()


def test_what_is_handed_to_the_queue_is_kept_until_somebody_takes_it(town: Town, client: Client) -> None:
    talk = held(town)
    client.force_login(town.sato)
    asking = reverse("desk:hand-over", args=[talk.pk])
    assert "引き受けられる人なら、だれでも" in client.get(asking).content.decode()
    client.post(asking, {"to": "queue", "words": WORDS})
    talk.refresh_from_db()
    assert (talk.owner, talk.state, sees(town, talk)) == (town.sato, State.LIVE, ["佐藤", "鈴木", "高橋"])
    client.force_login(town.suzuki)
    assert "佐藤さんから引き継ぎ" in client.get(reverse("desk:lists")).content.decode()
    beside = client.get(reverse("desk:notes", args=[talk.pk])).content.decode()
    assert WORDS in beside
    assert "断る" not in beside, "it was asked of all"
    client.post(reverse("desk:accept-hand-over", args=[HandOver.objects.get().pk]))
    talk.refresh_from_db()
    assert (talk.owner, sees(town, talk)) == (town.suzuki, ["鈴木", "高橋"])
    with pytest.raises(desk.NotYours):
        desk.accept(town.supervisor, HandOver.objects.get().pk)


def test_who_declined_once_sees_nothing_of_what_is_asked_of_another(town: Town) -> None:
    talk = held(town)
    desk.decline(town.suzuki, desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki).pk)
    desk.hand_over(town.sato, talk.pk, WORDS, to=town.supervisor)
    assert sees(town, talk) == ["佐藤", "高橋"]


def test_who_is_asked_may_decline_and_the_talk_stays_where_it_was(town: Town) -> None:
    talk = held(town)
    asked = desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki)
    desk.decline(town.suzuki, asked.pk)
    assert sees(town, talk) == ["佐藤", "高橋"]
    with pytest.raises(desk.NotYours):
        desk.accept(town.suzuki, asked.pk)


def test_only_who_has_the_skill_takes_what_was_asked_of_a_skill(town: Town) -> None:
    desk.add_skill(town.supervisor, "english", "英語")
    talk = held(town)
    asked = desk.hand_over(town.sato, talk.pk, WORDS, skill="english")
    with pytest.raises(desk.NotYours):
        desk.accept(town.suzuki, asked.pk)
    desk.set_duty(town.supervisor, town.suzuki, {"skills": ["english"]})
    assert "鈴木" in sees(town, talk)
    assert desk.accept(town.suzuki, asked.pk).owner == town.suzuki


def test_of_two_who_accept_one_gets_the_talk(town: Town) -> None:
    desk.add_skill(town.supervisor, "english", "英語")
    for who in (town.suzuki, town.supervisor):
        desk.set_duty(town.supervisor, who, {"skills": ["english"]})
    asked = desk.hand_over(town.sato, held(town).pk, WORDS, skill="english")
    desk.accept(town.supervisor, asked.pk)
    with pytest.raises(desk.NotYours):
        desk.accept(town.suzuki, asked.pk)


@pytest.mark.parametrize("end", ["close", "release"])
def test_when_the_talk_ends_nobody_is_asked_any_more(end: str, town: Town) -> None:
    talk = held(town)
    asked = desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki)
    if end == "close":
        desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    else:
        desk.release(town.sato, talk.pk)
    asked.refresh_from_db()
    assert asked.end == "withdrawn"


def test_one_hands_over_once_and_only_what_one_holds(town: Town) -> None:
    talk = held(town)
    with pytest.raises(desk.NotYours):
        desk.hand_over(town.suzuki, talk.pk, WORDS, to=town.suzuki)
    for unfit in (" ", "あ" * 5000):
        with pytest.raises(desk.Unfit):
            desk.hand_over(town.sato, talk.pk, unfit, to=town.suzuki)
    for nobody in (town.administrator, town.sato):
        with pytest.raises(desk.NotYours):
            desk.hand_over(town.sato, talk.pk, WORDS, to=nobody)
    desk.hand_over(town.sato, talk.pk, WORDS, to=town.suzuki)
    with pytest.raises(desk.NotNow):
        desk.hand_over(town.sato, talk.pk, WORDS, to=town.supervisor)


def test_full_hands_accept_nothing(town: Town) -> None:
    desk.set_duty(town.supervisor, town.suzuki, {"most_load": 0})
    asked = desk.hand_over(town.sato, held(town).pk, WORDS, to=town.suzuki)
    with pytest.raises(desk.HandsFull):
        desk.accept(town.suzuki, asked.pk)
    assert HandOver.objects.pending().exists()


def test_a_note_is_sealed_and_never_becomes_a_message(town: Town) -> None:
    talk, before = held(town), Message.objects.count()
    note = desk.note(town.sato, talk.pk, "お父さんの話は避ける")
    assert (Note.objects.get().text, Message.objects.count()) == ("お父さんの話は避ける", before)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_text FROM desk_note WHERE id = %s", [note.pk])
        assert "お父さん".encode() not in bytes(cursor.fetchone()[0])


def test_a_whisper_is_a_supervisors_and_waits_for_the_holder(town: Town) -> None:
    talk = held(town)
    with pytest.raises(desk.NotYours):
        desk.whisper(town.suzuki, talk.pk, "その調子")
    note = desk.whisper(town.supervisor, talk.pk, "その調子")
    with pytest.raises(desk.NotYours):
        desk.see(town.supervisor, note.pk)
    assert desk.see(town.sato, note.pk).author == town.supervisor
    assert not Note.objects.get().waits_to_be_seen


def test_a_call_for_help_calls_once_until_a_supervisor_answers(town: Town) -> None:
    talk = held(town)
    first, again = (desk.call_for_help(town.sato, talk.pk, "") for _ in range(2))
    assert first.pk == again.pk
    with pytest.raises(desk.NotYours):
        desk.call_for_help(town.suzuki, talk.pk, "")
    desk.see(town.supervisor, first.pk)
    assert desk.call_for_help(town.sato, talk.pk, "もう一度").pk != first.pk
