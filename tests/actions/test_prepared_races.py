"""The worker reaches for an answer at the moment somebody takes it back, or says yes to it twice: one of them wins, exactly."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from madoguchi.core import walls
from madoguchi.desk import actions as desk
from madoguchi.desk import answers
from madoguchi.desk.actions import preparing
from madoguchi.desk.models import Conversation, Prepared
from madoguchi.threads.models import Message
from tests.actions.test_talk import waiting
from tests.people import Town

ROUNDS = 40


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gives, or the exception it raises; all start together, each on a connection of its own."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        start.wait()
        try:
            with walls.everywhere():
                return act()
        except (desk.HasGone, desk.NotYours) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def works() -> None:
    for job in preparing.claim_prepared(10):
        preparing.come_due(job)


def due_now(town: Town, conversation: Conversation) -> Prepared:
    soon = timezone.now() + timedelta(seconds=60)
    answer = answers.text("まもなく")
    prepared = desk.prepare(town.sato, conversation.pk, answer, uuid.uuid4(), at=soon, is_brief=True)
    Prepared.objects.filter(pk=prepared.pk).update(due_at=timezone.now())
    return prepared


def outcome(prepared: Prepared) -> tuple[str, int]:
    """Its state, and how often it was said."""
    prepared.refresh_from_db()
    return prepared.state, Message.objects.filter(client_key=prepared.client_key).count()


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_as_it_goes_is_either_sent_once_or_never(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for turn in range(ROUNDS):
        prepared = due_now(town, conversation)
        acts: list[Callable[[], object]] = [works, partial(desk.take_back, town.sato, prepared.pk), works]
        back = at_once(*(acts if turn % 2 else acts[::-1]))[1]
        works()
        expected = ("sent", 1) if isinstance(back, desk.HasGone) else ("dropped", 0)
        assert outcome(prepared) == expected


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_and_a_change_one_sends(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    for _turn in range(ROUNDS):
        prepared = due_now(town, conversation)
        at_once(works, works, partial(desk.change, town.sato, prepared.pk, "いますぐ", None))
        works()
        assert outcome(prepared) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_who_decide_at_once_decide_once(town: Town) -> None:
    conversation = desk.take(town.sato, waiting(town).pk)
    desk.set_duty(town.supervisor, town.sato, {"is_trainee": True})
    for _turn in range(ROUNDS // 2):
        prepared = desk.prepare(town.sato, conversation.pk, answers.text("はい"), uuid.uuid4())
        yes, no, back = at_once(
            partial(desk.approve, town.supervisor, prepared.pk),
            partial(desk.give_back, town.supervisor, prepared.pk, "もう少し"),
            partial(desk.take_back, town.sato, prepared.pk),
        )
        was_sent = isinstance(yes, Message)
        assert outcome(prepared) in ([("sent", 1)] if was_sent else [("returned", 0), ("dropped", 0)])
        assert [isinstance(one, desk.HasGone) for one in (yes, no, back)].count(False) >= 1
