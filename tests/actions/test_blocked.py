"""A friend blocks the account in mid-talk, and takes it back: what the desk shows, counts and sends."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import listing, look
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.inbox import router
from madoguchi.threads.models import Message
from tests.people import Town, event, line_id, text


def heard(town: Town, *events: object) -> None:
    with transaction.atomic():
        for one in events:
            router.route(town.channel, one)  # type: ignore[arg-type]


def ago(seconds: int) -> int:
    """So many seconds before now, as LINE says it."""
    return int((clock.now() - timedelta(seconds=seconds)).timestamp() * 1000)


def unblocked(seconds: int) -> object:
    return event("follow", at=ago(seconds), replyToken="r", follow={"isUnblocked": True})


@pytest.fixture
def talk(town: Town) -> Conversation:
    """Held by Sato, who has read everything."""
    heard(town, text("きいてください", line_id(), at=ago(300)))
    conversation = desk.take(town.sato, Conversation.objects.get().pk)
    desk.read(town.sato, conversation.pk, 1)
    return conversation


def answer(town: Town, talk: Conversation, words: str) -> None:
    message = desk.reply_text(town.sato, talk.pk, words, uuid.uuid4())
    Message.objects.filter(pk=message.pk).update(state="accepted", due_at=None)


def never_arriving(town: Town, talk: Conversation) -> list[str]:
    shown = look.talk(town.sato, Conversation.objects.get(pk=talk.pk)).messages
    return [one.content["text"] for one in shown if one.never_arrives]


def test_blocking_and_taking_back_leave_nothing_unread(town: Town, talk: Conversation) -> None:
    heard(town, event("unfollow", at=ago(200)), unblocked(100))
    assert [line.unread for line in listing.lists(town.sato, None).mine] == [0]
    heard(town, text("もどりました", line_id()))
    assert [line.unread for line in listing.lists(town.sato, None).mine] == [1]


def test_an_answer_in_a_block_is_said_never_to_arrive(town: Town, talk: Conversation) -> None:
    answer(town, talk, "まえ")
    Message.objects.filter(author_kind="counsellor").update(said_at=clock.now() - timedelta(seconds=250))
    heard(town, event("unfollow", at=ago(200)))
    answer(town, talk, "あいだ")
    assert never_arriving(town, talk) == ["あいだ"]
    heard(town, unblocked(0))
    answer(town, talk, "あと")
    assert never_arriving(town, talk) == ["あいだ"]


def test_a_block_that_is_heard_of_late_draws_the_answers_after_it_anew(
    town: Town, talk: Conversation
) -> None:
    answer(town, talk, "もう送りました")
    before = look.talk(town.sato, Conversation.objects.get())
    assert [one.content["text"] for one in before.messages if one.never_arrives] == []
    heard(town, event("unfollow", at=ago(200)))
    news = look.news(town.sato, Conversation.objects.get(), before.revision)
    assert [one.content["text"] for one in news.messages if one.never_arrives] == ["もう送りました"]


def test_while_blocked_it_is_said_above_the_words_being_written(
    town: Town, talk: Conversation, client: Client
) -> None:
    client.force_login(town.sato)
    address = reverse("desk:conversation", args=[talk.pk])
    assert "いまブロックされています" not in client.get(address).content.decode()
    heard(town, event("unfollow", at=ago(200)))
    state = reverse("desk:state", args=[talk.pk])
    for page in (client.get(address), client.get(state, {"version": "", "foot": "mine"})):
        assert "いまブロックされています" in page.content.decode()


def test_an_unblocking_in_mid_talk_is_shown_and_not_greeted(town: Town, talk: Conversation) -> None:
    heard(town, event("unfollow", at=ago(200)), unblocked(100))
    kinds = list(Message.objects.order_by("number").values_list("kind", "author_kind"))
    assert kinds[-2:] == [("unfollow", "friend"), ("follow", "friend")]
    desk.close(town.sato, talk.pk, Outcome.RESOLVED)
    heard(town, event("unfollow", at=ago(50)), unblocked(20))
    assert (
        Message.objects.filter(author_kind="automatic").count() == 2
    )  # the first answer, and now a greeting
