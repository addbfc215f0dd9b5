"""What each kind of event does to the desk and its threads."""

import pytest
from django.db import transaction

from madoguchi.desk.models import Alert, Conversation
from madoguchi.inbox import router
from madoguchi.threads.models import Attachment, Message
from tests.people import Town, event, line_id, text


def heard(town: Town, *events: object) -> list[str]:
    """Route events as the worker does; their meanings."""
    with transaction.atomic():
        return [router.route(town.channel, one)[0] for one in events]  # type: ignore[arg-type]


def test_someone_who_was_a_friend_before_is_heard(town: Town) -> None:
    assert heard(town, text("はじめまして")) == ["message"]
    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.number) == ("waiting", 1)
    assert conversation.first_message.content["text"] == "はじめまして"


def test_two_quick_first_messages_open_one_conversation_with_one_automatic_answer(town: Town) -> None:
    heard(town, text("きいて"), text("おねがい"))
    assert Conversation.objects.count() == 1
    assert Message.objects.filter(author_kind="automatic").count() == 1


def test_a_message_heard_twice_stands_once(town: Town) -> None:
    assert heard(town, text("ねえ", message_id="77"), text("ねえ", message_id="77")) == [
        "message",
        "repeated",
    ]
    assert Message.objects.filter(author_kind="friend").count() == 1


def test_messages_stand_in_the_order_they_were_said_not_in_that_of_arrival(town: Town) -> None:
    heard(town, text("二", at=1790000002000), text("一", at=1790000001000), text("三", at=1790000003000))
    said = Message.objects.filter(author_kind="friend").in_order()
    assert [message.content["text"] for message in said] == ["一", "二", "三"]


def test_an_unsent_message_leaves_a_tombstone_without_words(town: Town) -> None:
    heard(town, text("消してほしい", message_id="88"), event("unsend", unsend={"messageId": "88"}))
    message = Message.objects.get(line_message_id="88", author_kind="friend")
    assert message.unsent_at is not None
    assert message.sealed_content is None


def test_unsending_that_comes_first_hides_the_message_that_comes_later(town: Town) -> None:
    meanings = heard(town, event("unsend", unsend={"messageId": "99"}), text("消したはず", message_id="99"))
    assert meanings == ["unsend", "repeated"]
    assert Message.objects.get(line_message_id="99").sealed_content is None


def test_unsending_a_picture_destroys_its_bytes(town: Town) -> None:
    picture = {"type": "image", "id": "66", "quoteToken": "q", "contentProvider": {"type": "line"}}
    heard(town, event("message", message=picture))
    assert Attachment.objects.count() == 1
    heard(town, event("unsend", unsend={"messageId": "66"}))
    assert Attachment.objects.count() == 0


def test_what_is_said_in_a_group_never_enters_a_private_thread(town: Town) -> None:
    source = {"type": "group", "groupId": "C" + "0" * 32, "userId": line_id()}
    assert heard(
        town, event("message", source=source, message={"type": "text", "id": "1", "text": "みんな"})
    ) == ["group"]
    assert not Message.objects.exists()


def test_an_event_without_a_person_survives(town: Town) -> None:
    assert heard(
        town, event("message", source={"type": "user"}, message={"type": "text", "id": "1", "text": "?"})
    ) == ["without_person"]


def test_a_kind_nobody_knows_is_shown_by_its_name(town: Town) -> None:
    assert heard(town, event("hologram")) == ["not_understood"]
    assert Message.objects.get().kind == "hologram"


def test_a_kind_of_message_nobody_knows_is_heard_and_opens_a_conversation(town: Town) -> None:
    heard(town, event("message", message={"type": "smell", "id": "5"}))
    assert Conversation.objects.get().first_message.kind == "smell"


def test_following_is_greeted_once_and_blocking_is_remembered(town: Town) -> None:
    heard(
        town,
        event("follow", at=1790000001000, follow={"isUnblocked": False}),
        event("unfollow", at=1790000002000),
    )
    contact = Message.objects.filter(author_kind="automatic").get().contact
    assert contact.blocked_at is not None
    assert not Conversation.objects.exists()


def test_a_follow_that_a_later_block_overtook_changes_nothing(town: Town) -> None:
    assert heard(town, event("unfollow", at=1790000002000), event("follow", at=1790000001000)) == [
        "unfollow",
        "overtaken",
    ]
    assert not Message.objects.filter(author_kind="automatic").exists()


@pytest.mark.parametrize(
    "words", ["もう死にたい", "シニタイ", "死 に た い", "お父さんに殴られた", "たすけて"]
)
def test_a_grave_sign_raises_its_alert_with_the_message(town: Town, words: str) -> None:
    heard(town, text(words))
    alert = Alert.objects.get()
    assert alert.message.content["text"] == words
    assert alert.due_at is not None


@pytest.mark.parametrize(
    "words", ["死にたいわけじゃない", "宿題がおわらない", "殴られてはいない？うそ", "おはよう"][:2]
)
def test_what_is_no_grave_sign_raises_none(town: Town, words: str) -> None:
    heard(town, text(words))
    assert not Alert.objects.exists()
