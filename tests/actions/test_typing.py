"""Dots while somebody writes, and 既読 only by a person: what tells the friend something without a word."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from madoguchi.core import walls
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import listing, look
from madoguchi.inbox import router
from madoguchi.threads.actions import typing
from madoguchi.threads.models import ReadMark, TypingSign
from tests.actions.test_talk import waiting
from tests.people import Town, text


def claimed() -> list[str]:
    """The LINE ids that the worker would call LINE for now."""
    found = [typing.begin_typing(job) for job in typing.claim_typing(10)]
    return [one[1] for one in found if one]


def test_the_holder_who_writes_shows_dots_once_a_quarter_of_a_minute(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for _press in range(5):
        desk.show_typing(town.sato, conversation.pk)
    assert claimed() == [conversation.contact.line_id]
    desk.show_typing(town.sato, conversation.pk)
    assert claimed() == []
    TypingSign.objects.update(asked_at=timezone.now() - timedelta(seconds=16))
    desk.show_typing(town.sato, conversation.pk)
    assert len(claimed()) == 1


def test_a_call_is_never_made_twice_nor_late(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.show_typing(town.sato, conversation.pk)
    (job,) = typing.claim_typing(10)
    assert typing.begin_typing(job) is not None
    assert typing.begin_typing(job) is None
    TypingSign.objects.update(asked_at=timezone.now() - timedelta(seconds=11), due_at=timezone.now())
    assert claimed() == []
    assert not TypingSign.objects.filter(due_at__isnull=False).exists()


def test_nobody_else_shows_dots(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for other in (town.suzuki, town.supervisor):
        with pytest.raises(desk.NotYours):
            desk.show_typing(other, conversation.pk)
    assert not TypingSign.objects.exists()


def test_no_dots_from_who_is_in_training_or_where_they_are_switched_off(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    desk.show_typing(town.sato, conversation.pk)
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": False})
    desk.set_writing_rules(town.supervisor, {"shows_typing": False})
    desk.show_typing(town.sato, conversation.pk)
    assert not TypingSign.objects.exists()


def test_nothing_marks_a_message_read_but_the_holder_who_opens_it(town: Town) -> None:
    conversation = waiting(town)
    desk.take(town.sato, conversation.pk)
    word = text("もうひとつ", markAsReadToken="r" * 40)
    with transaction.atomic(), walls.everywhere():
        router.route(town.channel, word)
    conversation.refresh_from_db()
    look.talk(town.supervisor, conversation)
    look.talk(town.sato, conversation)
    listing.lists(town.sato, None)
    desk.reply_text(town.sato, conversation.pk, "読みました", uuid.uuid4())
    desk.show_typing(town.sato, conversation.pk)
    assert not ReadMark.objects.exists()
    with pytest.raises(desk.NotYours):
        desk.read(town.supervisor, conversation.pk, 99)
    desk.read(town.sato, conversation.pk, 99)
    assert ReadMark.objects.count() == 1
