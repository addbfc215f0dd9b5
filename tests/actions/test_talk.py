"""The desk's acts: take, answer, give back, close, and who sees what."""

import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from madoguchi.accounts import actions as accounts
from madoguchi.audit.models import Entry
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import ending, listing, look
from madoguchi.desk.models import Alert, Assignment, Conversation, Outcome
from madoguchi.inbox import router
from madoguchi.threads.actions import KeyUsed, outbox
from madoguchi.threads.models import Message
from tests.people import Town, line_id, text


def waiting(town: Town, words: str = "きいてください", user: str = "a") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id(user)))
    return Conversation.objects.open().get(contact=contact)


def test_one_takes_and_the_other_is_told_who_was_first(town: Town) -> None:
    conversation = waiting(town)
    desk.take(town.sato, conversation.pk)
    with pytest.raises(desk.AlreadyTaken) as told:
        desk.take(town.suzuki, conversation.pk)
    assert told.value.by == "佐藤"
    assert Assignment.objects.get(ended_at=None).counsellor == town.sato


def test_taking_twice_is_taking_once(town: Town) -> None:
    conversation = waiting(town)
    desk.take(town.sato, conversation.pk)
    desk.take(town.sato, conversation.pk)
    assert Assignment.objects.count() == 1


def test_a_double_click_sends_once(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    key = uuid.uuid4()
    first = desk.reply_text(town.sato, conversation.pk, "読みました", key)
    second = desk.reply_text(town.sato, conversation.pk, "読みました", key)
    assert first.pk == second.pk
    assert Message.objects.filter(author_kind="counsellor").count() == 1


def test_only_the_holder_answers(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for other in (town.suzuki, town.supervisor):
        with pytest.raises(desk.NotYours):
            desk.reply_text(other, conversation.pk, "ちがう人", uuid.uuid4())
    assert not Message.objects.filter(author_kind="counsellor").exists()


def test_an_answer_after_the_close_is_refused(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    with pytest.raises(desk.NotYours):
        desk.reply_text(town.sato, conversation.pk, "あとひとつ", uuid.uuid4())


def test_a_new_word_after_the_close_opens_a_new_conversation(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    again = waiting(town, "もう一度いいですか")
    assert (again.number, again.state) == (2, "waiting")
    assert again.contact_id == conversation.contact_id


def test_what_is_given_back_waits_as_long_as_it_did_before(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.release(town.sato, conversation.pk)
    back = Conversation.objects.get()
    assert (back.state, back.owner, back.waiting_since) == ("waiting", None, conversation.waiting_since)
    assert Assignment.objects.get().ended_at is not None


def test_a_counsellor_sees_own_and_waiting_a_supervisor_all(town: Town) -> None:
    taken = desk.take(town.sato, waiting(town, user="a").pk)
    free = waiting(town, user="b")
    seen = {
        who: set(Conversation.objects.visible_to(who).values_list("pk", flat=True))
        for who in (town.sato, town.suzuki)
    }
    assert seen == {town.sato: {taken.pk, free.pk}, town.suzuki: {free.pk}}
    assert Conversation.objects.visible_to(town.supervisor).count() == 2
    assert not Conversation.objects.visible_to(town.administrator).exists()


def test_reading_leaves_its_entry_in_the_same_transaction(town: Town) -> None:
    conversation = waiting(town)
    opened = look.talk(town.sato, conversation)
    entry = Entry.objects.get(verb="desk.read")
    assert (entry.actor_id, entry.subject_id) == (town.sato.pk, conversation.pk)
    assert entry.detail["messages"] == [shown.message.number for shown in opened.messages]


def test_a_pull_brings_only_what_is_new_or_changed(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    revision = look.talk(town.sato, Conversation.objects.get()).revision
    desk.reply_text(town.sato, conversation.pk, "こんにちは", uuid.uuid4())
    news = look.news(town.sato, Conversation.objects.get(), revision)
    assert [shown.content["text"] for shown in news.messages] == ["こんにちは"]
    assert look.news(town.sato, Conversation.objects.get(), news.revision).messages == []


def test_the_waiting_list_has_the_longest_wait_first_and_grave_signs_before_all(town: Town) -> None:
    first, second, grave = (
        waiting(town, user="a"),
        waiting(town, user="b"),
        waiting(town, "もう消えたい", user="c"),
    )
    lines = listing.lists(town.suzuki, None).waiting
    assert [line.pk for line in lines] == [grave.pk, first.pk, second.pk]


def test_unread_counts_what_the_holder_has_not_opened(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    waiting(town, "まだいますか")
    assert listing.lists(town.sato, None).mine[0].unread == 2
    desk.read(
        town.sato, conversation.pk, Message.objects.filter(author_kind="friend").latest("number").number
    )
    assert listing.lists(town.sato, None).mine[0].unread == 0


def test_an_alert_is_answered_by_a_person_who_may_see_it(town: Town) -> None:
    waiting(town, "死にたい")
    alert = Alert.objects.get()
    with pytest.raises(desk.NotYours):
        desk.acknowledge(town.administrator, alert.pk)
    desk.acknowledge(town.suzuki, alert.pk)
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.due_at) == (town.suzuki, None)


def test_a_contacts_messages_are_sent_one_after_the_other(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for words in ("一", "二", "三"):
        desk.reply_text(town.sato, conversation.pk, words, uuid.uuid4())
    assert len(outbox.claim_messages(10)) == 1


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_what_a_person_sends_again_is_a_new_request(town: Town, state: str) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    message = desk.reply_text(town.sato, conversation.pk, "読みました", uuid.uuid4())
    Message.objects.filter(pk=message.pk).update(
        state=state, due_at=None, first_attempt_at=message.created_at
    )
    desk.resend(town.sato, conversation.pk, message.number)
    again = Message.objects.get(pk=message.pk)
    assert again.retry_key != message.retry_key
    assert (again.state, again.first_attempt_at) == ("queued", None)
    assert again.waits_since >= again.created_at


def test_a_talk_is_not_ended_over_a_word_that_nobody_read(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    through = Message.objects.latest("number").number
    waiting(town, "まって")
    with pytest.raises(desk.SomethingNew):
        desk.close(town.sato, conversation.pk, Outcome.RESOLVED, through=through)
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED, through=Message.objects.latest("number").number)


def test_a_talk_is_not_ended_over_a_grave_sign_that_nobody_answered_for(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town, "死にたい").pk)
    with pytest.raises(desk.SomethingNew):
        desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    desk.acknowledge(town.sato, Alert.objects.get().pk)
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)


def test_a_talk_whose_holder_was_switched_off_goes_back_to_the_queue(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    assert ending.claim_left_alone(10) == []
    accounts.set_roles(town.administrator, town.sato, ["counsellor"], is_active=False)
    (job,) = ending.claim_left_alone(10)
    ending.take_back(job)
    assert Conversation.objects.get(pk=conversation.pk).state == "waiting"
    assert desk.take(town.suzuki, conversation.pk).is_held_by(town.suzuki)


def test_another_picture_under_a_used_key_is_refused(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    key, payload = uuid.uuid4(), {"type": "image"}
    desk.reply(town.sato, conversation.pk, "image", {"digest": "a"}, payload, key)
    desk.reply(
        town.sato, conversation.pk, "image", {"digest": "a"}, {"type": "image", "other": "address"}, key
    )
    with pytest.raises(KeyUsed):
        desk.reply(town.sato, conversation.pk, "image", {"digest": "b"}, payload, key)


def test_other_words_under_a_used_key_are_refused_and_never_look_sent(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    key = uuid.uuid4()
    desk.reply_text(town.sato, conversation.pk, "はい", key)
    with pytest.raises(KeyUsed):
        desk.reply_text(town.sato, conversation.pk, "いいえ", key)


def test_a_colleagues_screen_is_told_who_has_the_talk_and_then_that_it_ended(
    town: Town, client: Client
) -> None:
    conversation = desk.take(town.sato, waiting(town, "ないしょ").pk)
    client.force_login(town.suzuki)
    address = reverse("desk:state", args=[conversation.pk])
    seen = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "佐藤さんが担当しています" in seen
    desk.close(town.sato, conversation.pk, Outcome.RESOLVED)
    ended = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "この相談は終わりました" in ended
    assert "ないしょ" not in seen + ended
    never = client.get(reverse("desk:state", args=[999999]), headers={"HX-Request": "true"})
    assert never.content.decode() == ended


def test_the_page_before_ends_where_the_newest_begins(town: Town) -> None:
    begin = 1790000000000
    with transaction.atomic():
        for number in range(110):  # two in each millisecond
            router.route(town.channel, text(str(number), at=begin + number // 2))
    conversation = Conversation.objects.get()
    newest = look.talk(town.sato, conversation)
    earlier = look.talk(town.sato, conversation, before=newest.messages[0].message.number)
    shown = [one for one in (*earlier.messages, *newest.messages) if one.side == "friend"]
    assert [one.content["text"] for one in shown] == [str(number) for number in range(110)]
    assert (newest.has_earlier, earlier.has_earlier) == (True, False)
