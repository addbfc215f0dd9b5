"""How many events a second one worker gives their effect, at a backlog of 2,000: words of friends whose talk is open, words of
people never met, and answers to a survey. The bound, in the same run and of the same words: one transaction an event
with the least statements that could do it (hold the event, hold the friend, keep the message, move the talk, end the event), by
four connections with prepared statements, and nothing opened or sealed. Aim: at least a quarter of the bound for words.

Events are many a friend in turn, so that the order of each sender is kept all the while.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bench import town

AIM_SHARE = 0.25
BACKLOG, FRIENDS, SLOTS = 2000, 60, 4


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a backlog of 400")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        _work()
        return
    count = BACKLOG // 5 if options.quick else BACKLOG
    place = town.found()
    from madoguchi.core import walls

    with walls.everywhere():
        _rate(place, town.bodies(FRIENDS, FRIENDS))  # everybody is known now, and talks
        bound = _bare(place, count)
        rates = {
            "words": _rate(place, town.bodies(count, FRIENDS)),
            "newcomers": _rate(place, _strangers(count)),
            "answers": _rate(place, _answers(place, count)),
        }
    share = round(rates["words"].rate / bound, 3)
    print(
        json.dumps(
            {"bench": "handling", "backlog": count, "friends": FRIENDS}
            | {"bound_a_second": round(bound)}
            | {f"{name}_a_second": round(one.rate) for name, one in rates.items()}
            | {f"{name}_cpu_ms": round(one.cpu_ms, 2) for name, one in rates.items()}
            | {"words_of_bound": share, "aims_met": share >= AIM_SHARE}
        )
    )


def _keep(place: town.Town, bodies: Iterable[bytes]) -> int:
    """Keep webhooks as the door does; how many."""
    from django.db import connection

    from madoguchi.accounts import keys
    from madoguchi.channels.models import Channel
    from madoguchi.inbox.models import InboundEvent
    from madoguchi.inbox.rows import Lock, rows_of

    channel = Channel.objects.get(pk=place.channel_id)
    lookup = keys.lookup_key(place.organisation_id)
    lock = Lock(channel.pk, place.organisation_id, channel.key, (), channel.data_key, lookup)
    kept = InboundEvent.objects.bulk_create(
        [InboundEvent(**row._asdict()) for body in bodies for row in rows_of(lock, body)], batch_size=500
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(kept)


@dataclass(frozen=True)
class Rate:
    """Events a second, and milliseconds of the worker's own processor time for each."""

    rate: float
    cpu_ms: float


def _rate(place: town.Town, bodies: Iterable[bytes]) -> Rate:
    """Keep these, and let one worker process give them their effect."""
    count = _keep(place, bodies)
    words = [sys.executable, "-m", "bench.handling", "--work"]
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout
    seconds, cpu = json.loads(told)
    return Rate(count / seconds, 1000 * cpu / count)


def _work() -> None:
    """The worker process: the kind that handles events, until nothing is left. Prints [seconds, its processor seconds]."""
    town.begin()
    from madoguchi.core.work import Worker
    from madoguchi.inbox.models import InboundEvent
    from madoguchi.inbox.work import EVENT

    left = InboundEvent.objects.filter(due_at__isnull=False)

    async def until_done() -> None:
        worker = Worker([EVENT])
        running = asyncio.create_task(worker.run())
        while await worker.in_database(left.exists):
            await asyncio.sleep(0.1)
        worker.stop.set()
        assert not await worker.in_database(InboundEvent.objects.exclude(trouble="").exists)
        await running

    began, spent = time.perf_counter(), time.process_time()
    asyncio.run(until_done())
    print(json.dumps([time.perf_counter() - began, time.process_time() - spent]))


def _strangers(count: int) -> Iterable[bytes]:
    """Words of people who never wrote before."""
    for number, body in enumerate(town.bodies(count)):
        event = json.loads(body)
        event["events"][0]["source"]["userId"] = f"U{number + 10**9:032x}"
        yield json.dumps(event).encode()


def _answers(place: town.Town, count: int) -> Iterable[bytes]:
    """Words that are answers to a survey, which every friend is in the middle of, and no counsellor's talk holds up."""
    from madoguchi.accounts.models import Organisation
    from madoguchi.channels.models import Channel
    from madoguchi.contacts import actions as contacts
    from madoguchi.surveys import actions as surveys
    from madoguchi.surveys.definition import Definition, Kind, Question, Words
    from madoguchi.surveys.models import Survey, Version

    questions = tuple(Question(f"q{at}", Kind.TEXT, Words(ja="どうですか")) for at in range(1, 11))
    survey = Survey.objects.create(
        organisation=Organisation.objects.get(pk=place.organisation_id),
        title="測定",
        opened_at="2026-01-01T00:00Z",
    )
    content = _as_json(Definition(Words(ja="測定"), questions=questions))
    survey.version = Version.objects.create(
        organisation_id=place.organisation_id, survey=survey, number=1, content=content
    )
    survey.save()
    friends, channel = count // len(questions), Channel.objects.get(pk=place.channel_id)
    for number in range(friends):
        surveys.begin(_met(contacts, channel, number), survey)
    for number, body in enumerate(town.bodies(friends * len(questions))):
        event = json.loads(body)
        event["events"][0]["source"]["userId"] = f"U{number % friends + 2 * 10**9:032x}"
        yield json.dumps(event).encode()


def _as_json(definition: Any) -> Any:
    from madoguchi.surveys.definition import to_json

    return to_json(definition)


def _met(contacts: Any, channel: Any, number: int) -> Any:
    from django.db import transaction

    with transaction.atomic():
        return contacts.meet(channel, f"U{number + 2 * 10**9:032x}")


def _bare(place: town.Town, count: int) -> float:
    """The bound: the same rows, by as many connections as a worker has hands."""
    from madoguchi.contacts.models import Contact
    from madoguchi.inbox.models import InboundEvent

    _keep(place, town.bodies(count, FRIENDS))
    contacts = list(Contact.objects.filter(channel=place.channel_id).values_list("pk", flat=True))
    events = list(
        InboundEvent.objects.filter(due_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    )
    shares = [list(zip(events[at::SLOTS], _cycled(contacts, at), strict=False)) for at in range(SLOTS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(SLOTS) as hands:
        list(hands.map(_end_bare, shares))
    spent = time.perf_counter() - began
    assert not InboundEvent.objects.filter(due_at__isnull=False).exists()
    return count / spent


def _cycled(contacts: list[int], hand: int) -> Iterable[int]:
    """Each hand has friends of its own: nobody waits for a lock."""
    mine = contacts[hand::SLOTS]
    return (mine[at % len(mine)] for at in range(BACKLOG))


BARE: tuple[tuple[str, Callable[[int, int, bytes], tuple[Any, ...]]], ...] = (
    (
        "SELECT sealed_body FROM inbox_inboundevent WHERE id = %s AND due_at IS NOT NULL FOR UPDATE",
        lambda event, _contact, _body: (event,),
    ),
    (
        "UPDATE contacts_contact SET last_number = last_number + 1, last_revision = last_revision + 1 WHERE id = %s",
        lambda _event, contact, _body: (contact,),
    ),
    (
        """INSERT INTO threads_message (organisation_id, contact_id, number, revision, author_kind, kind, said_at, event_id,
             line_message_id, state, sealed_content, created_at, request_id, reason, attempts, cause, held_because)
           SELECT organisation_id, id, last_number, last_revision, 'friend', 'text', now(), %s, %s, 'received', %s, now(), '', '', 0,
             'ours', ''
           FROM contacts_contact WHERE id = %s RETURNING id""",
        lambda event, contact, body: (f"bare{event}", f"bare{event}", body, contact),
    ),
    (
        """UPDATE desk_conversation SET friend_spoke_at = now() WHERE contact_id = %s AND state <> 'closed'""",
        lambda _event, contact, _body: (contact,),
    ),
    (
        "UPDATE inbox_inboundevent SET due_at = NULL, finished_at = now(), contact_id = %s, meaning = 'message' WHERE id = %s",
        lambda event, contact, _body: (contact, event),
    ),
)


def _end_bare(share: list[tuple[int, int]]) -> None:
    import psycopg

    from madoguchi.core.listening import connection_parameters
    from madoguchi.core.walls import EVERYWHERE, SETTING

    with psycopg.connect(**connection_parameters(), autocommit=True, prepare_threshold=1) as connection:
        connection.execute("SELECT set_config(%s, %s, false)", [SETTING, EVERYWHERE])
        for event, contact in share:
            with connection.transaction():
                for statement, values in BARE:
                    connection.execute(statement, values(event, contact, b"x" * 120))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
