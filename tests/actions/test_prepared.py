"""Answers that are not sent yet: a trainee's, planned ones, and those that can still be taken back."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from madoguchi.audit.models import Entry
from madoguchi.channels.line import stickers
from madoguchi.channels.line.limits import MessageError
from madoguchi.core.work import Job
from madoguchi.desk import actions as desk
from madoguchi.desk import answers, sending
from madoguchi.desk.actions import listing, look, preparing
from madoguchi.desk.models import Conversation, Outcome, Prepared
from madoguchi.threads.models import Message
from tests.actions.test_pictures import photo
from tests.actions.test_talk import waiting
from tests.people import Town, text

SOON = timedelta(hours=1)


def taken(town: Town, *, in_training: bool = False) -> Conversation:
    """A talk that Sato holds."""
    conversation = desk.take(town.sato, waiting(town).pk)
    if in_training:
        desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    return conversation


def send(
    town: Town, conversation: Conversation, words: str = "読みました", **values: Any
) -> Message | Prepared:
    return sending.send(town.sato, conversation.pk, uuid.uuid4(), {"text": words, "sticker": "", **values})


def said() -> list[str]:
    return [
        found.content["text"]
        for found in Message.objects.filter(author_kind="counsellor").select_related("contact")
    ]


def planned(town: Town, conversation: Conversation, at: datetime | None = None) -> Prepared:
    found = send(town, conversation, at=at or timezone.now() + SOON)
    assert isinstance(found, Prepared)
    return found


def its_moment_comes(prepared: Prepared) -> Prepared:
    """The clock of the database stands still for nobody: the moment is moved instead."""
    Prepared.objects.filter(pk=prepared.pk, state="planned").update(
        due_at=timezone.now() - timedelta(seconds=1)
    )
    for job in preparing.claim_prepared(10):
        preparing.come_due(job)
    prepared.refresh_from_db()
    return prepared


def hears(town: Town, words: str = "もうひとつ") -> None:
    from django.db import transaction

    from madoguchi.inbox import router

    with transaction.atomic():
        router.route(town.channel, text(words))


# In training


def test_a_trainee_gets_no_word_out_by_any_way(town: Town) -> None:
    conversation = taken(town, in_training=True)
    ways: list[dict[str, Any]] = [
        {},
        {"words": "", "sticker": "/".join(next(iter(stickers.MEANINGS)))},
        {"words": "", "picture": photo()},
        {"button": "189"},
        {"choices": ["はい"]},
        {"at": timezone.now() + SOON},
    ]
    for way in ways:
        assert isinstance(send(town, conversation, **way), Prepared)
    for act in (desk.reply_text, desk.say):
        answer: Any = "読みました" if act is desk.reply_text else answers.text("読みました")
        with pytest.raises(desk.MustAsk):
            act(town.sato, conversation.pk, answer, uuid.uuid4())
    assert not Message.objects.filter(author_kind="counsellor").exists()
    assert set(Prepared.objects.values_list("state", "due_at")) == {("asked", None)}


def test_a_trainee_sends_nothing_again_either_but_a_supervisor_can(town: Town) -> None:
    conversation = taken(town)
    message = send(town, conversation)
    assert isinstance(message, Message)
    Message.objects.filter(pk=message.pk).update(state="failed", due_at=None)
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    with pytest.raises(desk.MustAsk):
        desk.resend(town.sato, conversation.pk, message.number)
    with pytest.raises(desk.NotYours):
        desk.resend(town.suzuki, conversation.pk, message.number)
    desk.resend(town.supervisor, conversation.pk, message.number)
    assert Message.objects.get(pk=message.pk).state == "queued"


def test_a_supervisors_yes_sends_it_in_the_trainees_name(town: Town) -> None:
    asked = send(town, taken(town, in_training=True))
    sent = desk.approve(town.supervisor, asked.pk)
    assert isinstance(sent, Message)
    assert (sent.author, said()) == (town.sato, ["読みました"])
    with pytest.raises(desk.HasGone):
        desk.approve(town.supervisor, asked.pk)
    verbs = list(Entry.objects.values_list("verb", "actor_id").filter(verb="desk.approve_reply"))
    assert verbs == [("desk.approve_reply", town.supervisor.pk)]


def test_a_supervisor_changes_the_words_and_the_buttons_stay(town: Town) -> None:
    conversation = taken(town, in_training=True)
    asked = send(town, conversation, choices=["はい", "いいえ"])
    sent = desk.approve(town.supervisor, asked.pk, text="読みました。つらかったですね。")
    assert isinstance(sent, Message)
    sent.contact = conversation.contact
    assert sent.payload["text"] == "読みました。つらかったですね。"
    assert len(sent.payload["quickReply"]["items"]) == 2
    shown = look.talk(town.sato, conversation).messages[-1]
    assert shown.decided is not None
    assert (shown.decided.was_changed, shown.decided.decided_by) == (True, town.supervisor)


def test_nobody_but_another_supervisor_says_yes(town: Town) -> None:
    asked = send(town, taken(town, in_training=True))
    for other in (town.sato, town.suzuki, town.administrator):
        with pytest.raises(desk.NotYours):
            desk.approve(other, asked.pk)
    desk.set_duty(town.supervisor, town.supervisor, {"is_trainee": True})
    with pytest.raises(desk.NotYours):
        desk.approve(town.supervisor, asked.pk)
    assert said() == []


def test_what_is_returned_is_changed_and_asked_again(town: Town) -> None:
    conversation = taken(town, in_training=True)
    asked = send(town, conversation, "がんばって")
    desk.give_back(town.supervisor, asked.pk, "がんばっては言わないように")
    line = look.prepared(town.sato, conversation).lines[0]
    assert (line.prepared.state, line.prepared.remark) == ("returned", "がんばっては言わないように")
    desk.change(town.sato, asked.pk, "話してくれてありがとう", None)
    assert said() == []
    desk.approve(town.supervisor, asked.pk)
    assert said() == ["話してくれてありがとう"]


def test_a_yes_to_a_talk_that_has_moved_on_is_asked_for_again(town: Town) -> None:
    conversation = taken(town, in_training=True)
    asked = send(town, conversation)
    seen = conversation.contact.last_number
    hears(town)
    with pytest.raises(desk.SomethingNew):
        desk.approve(town.supervisor, asked.pk, through=seen)
    assert look.prepared(town.supervisor, conversation).lines[0].is_overtaken
    assert said() == []


def test_a_yes_after_the_talk_changed_hands_sends_nothing(town: Town) -> None:
    conversation = taken(town, in_training=True)
    asked = send(town, conversation)
    desk.release(town.supervisor, conversation.pk)
    desk.take(town.suzuki, conversation.pk)
    with pytest.raises(desk.NotNow):
        desk.approve(town.supervisor, asked.pk)
    assert said() == []


def test_a_trainees_planned_answer_waits_for_both(town: Town) -> None:
    conversation = taken(town, in_training=True)
    asked = planned(town, conversation)
    assert its_moment_comes(asked).state == "asked"
    desk.approve(town.supervisor, asked.pk)
    asked.refresh_from_db()
    assert (asked.state, said()) == ("planned", [])
    assert its_moment_comes(asked).state == "sent"


def test_who_comes_into_training_after_planning_is_asked_about(town: Town) -> None:
    prepared = planned(town, taken(town))
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    assert its_moment_comes(prepared).state == "asked"
    assert said() == []


def test_grave_talks_stand_first_in_the_supervisors_list(town: Town, client: Client) -> None:
    first = send(town, taken(town, in_training=True))
    other = desk.take(town.suzuki, waiting(town, "ほかの人です", "b").pk)
    desk.set_duty(town.supervisor, town.suzuki, {"is_trainee": True})
    second = sending.send(town.suzuki, other.pk, uuid.uuid4(), {"text": "はい", "sticker": ""})
    desk.judge(town.supervisor, other.pk, is_grave=True)
    assert list(Prepared.objects.asked().values_list("pk", flat=True)) == [second.pk, first.pk]
    client.force_login(town.supervisor)
    page = client.get(reverse("desk:asked")).content.decode()
    assert page.index(other.contact.handle) < page.index(
        Conversation.objects.get(prepared=first.pk).contact.handle
    )
    assert "読みました" not in page
    assert [one.pk for one in listing.lists(town.supervisor, None).prepared] == [first.pk, second.pk]


# Planned


def test_a_planned_answer_goes_at_its_moment_and_once(town: Town) -> None:
    prepared = planned(town, taken(town))
    assert preparing.claim_prepared(10) == []
    assert its_moment_comes(prepared).state == "sent"
    its_moment_comes_again = Job(prepared.pk, prepared.attempts)
    preparing.come_due(its_moment_comes_again)
    assert said() == ["読みました"]


def test_a_moment_that_has_passed_is_refused(town: Town) -> None:
    conversation = taken(town)
    for at in (timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=31)):
        with pytest.raises(desk.NotNow):
            send(town, conversation, at=at)
    assert not Prepared.objects.exists()


def test_what_the_friend_writes_before_holds_it_back_until_the_holder_says(town: Town) -> None:
    prepared = planned(town, taken(town))
    hears(town)
    its_moment_comes(prepared)
    assert (prepared.state, prepared.stopped) == ("stopped", "wrote")
    assert [one.pk for one in listing.lists(town.sato, None).prepared] == [prepared.pk]
    desk.change(town.sato, prepared.pk, "", None)
    assert said() == ["読みました"]


def test_an_end_holds_it_back(town: Town) -> None:
    conversation = taken(town)
    prepared = planned(town, conversation)
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    assert (its_moment_comes(prepared).stopped, said()) == ("ended", [])


def test_other_hands_hold_it_back_and_are_asked(town: Town) -> None:
    conversation = taken(town)
    prepared = planned(town, conversation)
    desk.release(town.sato, conversation.pk)
    desk.take(town.suzuki, conversation.pk)
    assert its_moment_comes(prepared).stopped == "changed_hands"
    assert [one.pk for one in listing.lists(town.suzuki, None).prepared] == [prepared.pk]
    sent = desk.change(town.suzuki, prepared.pk, "", None)
    assert isinstance(sent, Message)
    assert sent.author == town.suzuki


def test_words_and_moment_can_be_changed_until_it_goes(town: Town) -> None:
    prepared = planned(town, taken(town))
    later = timezone.now() + timedelta(hours=3)
    desk.change(town.sato, prepared.pk, "あしたまた来てね", later)
    prepared.refresh_from_db()
    assert prepared.due_at == later
    with pytest.raises(desk.NotYours):
        desk.change(town.suzuki, prepared.pk, "だめ", None)
    its_moment_comes(prepared)
    assert said() == ["あしたまた来てね"]


def test_the_same_key_plans_once(town: Town) -> None:
    conversation, key = taken(town), uuid.uuid4()
    values = {"text": "読みました", "sticker": "", "at": timezone.now() + SOON}
    first = sending.send(town.sato, conversation.pk, key, values)
    assert sending.send(town.sato, conversation.pk, key, values).pk == first.pk
    assert Prepared.objects.count() == 1


def test_a_picture_waits_sealed_and_arrives_whole(town: Town) -> None:
    conversation = taken(town)
    prepared = send(town, conversation, "", picture=photo(), at=timezone.now() + SOON)
    assert isinstance(prepared, Prepared)
    assert b"JFIF" not in bytes(prepared.file.sealed_full)
    its_moment_comes(prepared)
    message = Message.objects.get(kind="image")
    message.contact = conversation.contact
    assert message.attachment.public_hash is not None
    assert not hasattr(Prepared.objects.get(), "file")


# Taking back


def with_seconds(town: Town, seconds: int = 10) -> None:
    desk.set_writing_rules(town.supervisor, {"undo_seconds": seconds})


def test_what_is_taken_back_in_time_never_goes(town: Town) -> None:
    with_seconds(town)
    conversation = taken(town)
    before = Conversation.objects.get().friend_spoke_at
    brief = send(town, conversation)
    desk.take_back(town.sato, brief.pk)
    assert isinstance(brief, Prepared)
    its_state = Prepared.objects.values_list("state", flat=True).get()
    assert (its_state, said(), Conversation.objects.get().friend_spoke_at) == ("dropped", [], before)


def test_who_is_too_late_is_told_so(town: Town, client: Client) -> None:
    with_seconds(town)
    brief = send(town, taken(town))
    assert isinstance(brief, Prepared)
    its_moment_comes(brief)
    client.force_login(town.sato)
    address = reverse("desk:take-back", args=[brief.pk])
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "\\u53d6\\u308a\\u6d88\\u3057\\u304c\\u9593\\u306b\\u5408\\u308f\\u305a" in answer["HX-Trigger"]
    assert said() == ["読みました"]


def test_what_was_sent_before_the_close_goes_after_it(town: Town) -> None:
    with_seconds(town)
    conversation = taken(town)
    brief = send(town, conversation, "またいつでも来てね")
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    assert isinstance(brief, Prepared)
    its_moment_comes(brief)
    assert said() == ["またいつでも来てね"]
    assert Conversation.objects.get().state == "closed"


def test_without_seconds_an_answer_goes_at_once(town: Town) -> None:
    assert isinstance(send(town, taken(town)), Message)


def test_the_words_taken_back_return_to_their_writer(town: Town, client: Client) -> None:
    with_seconds(town)
    brief = send(town, taken(town), "ABC")
    client.force_login(town.sato)
    answer = client.post(reverse("desk:take-back", args=[brief.pk]), headers={"HX-Request": "true"})
    assert '"words-back": {"text": "ABC"}' in answer["HX-Trigger"]


# Confirming, buttons, and whose it is


def test_where_answers_are_confirmed_none_goes_unconfirmed(town: Town) -> None:
    desk.set_writing_rules(town.supervisor, {"confirming": "counsellors"})
    conversation = taken(town)
    with pytest.raises(sending.Unconfirmed):
        send(town, conversation)
    assert isinstance(send(town, conversation, confirmed=True), Message)


def test_a_button_stays_below_the_words(town: Town) -> None:
    conversation = taken(town)
    message = send(town, conversation, "電話でも話せます", button="189")
    assert isinstance(message, Message)
    message.contact = conversation.contact
    assert message.payload["template"]["actions"] == [
        {"type": "uri", "label": "189に電話する", "uri": "tel:189"}
    ]
    with pytest.raises(MessageError):
        send(town, conversation, "あ" * 161, button="189")
    with pytest.raises(MessageError):
        send(town, conversation, "どうぞ", button="survey-99")


def test_a_stranger_sees_and_moves_nothing(town: Town, client: Client) -> None:
    conversation = taken(town)
    prepared = planned(town, conversation)
    client.force_login(town.suzuki)
    assert client.get(reverse("desk:prepared", args=[conversation.pk])).status_code == 404
    for act in ("take-back", "change-prepared"):
        assert (
            client.post(
                reverse(f"desk:{act}", args=[prepared.pk]), headers={"HX-Request": "true"}
            ).status_code
            == 422
        )
    prepared.refresh_from_db()
    assert prepared.state == "planned"
