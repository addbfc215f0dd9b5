"""An event that breaks its handler, and a worker that dies over one: set aside, seen by staff, nobody else held up."""

from datetime import timedelta

from django.db.models import F

from faults.street import Street, wait_until
from madoguchi.core import clock, live
from madoguchi.inbox import actions as inbox
from madoguchi.inbox.models import InboundEvent
from madoguchi.threads.models import Message
from tests.street import Friend, Town


def plant_poison(town: Town, street: Street, friend: Friend) -> tuple[InboundEvent, bytes]:
    """An event of the friend whose body does not open, and what it was."""
    street.pause("work-1")
    event_id = friend.act("text", text="どく")["webhookEventId"]
    town.platform.idle()
    poison = InboundEvent.objects.get(channel=town.channel, event_id=event_id)
    sound = bytes(poison.sealed_body or b"")
    InboundEvent.objects.filter(pk=poison.pk).update(sealed_body=sound[:-1] + bytes([sound[-1] ^ 1]))
    return poison, sound


def is_set_aside(poison: InboundEvent) -> bool:
    """Looks, and spares us the pauses between the tries."""
    mine = InboundEvent.objects.filter(pk=poison.pk)
    if mine.filter(leased_until=None, due_at__gt=clock.now()).update(due_at=clock.now()):
        live.wake("event")
    return mine.filter(set_aside_at__isnull=False).exists()


def test_a_poison_event_is_set_aside_after_five_tries_and_holds_up_nobody(town: Town, street: Street) -> None:
    friend, neighbour = town.friend("ひなた"), town.friend("そら")
    poison, _sound = plant_poison(town, street, friend)
    friend.says("そのあと")
    neighbour.says("となり")
    street.start("work-1")
    neighbour.heard()
    wait_until(lambda: is_set_aside(poison), "set aside")
    town.settle()
    poison.refresh_from_db()
    assert (poison.attempts, poison.due_at, poison.finished_at) == (5, None, None)
    assert poison.trouble.startswith("CannotOpen at ")
    assert friend.heard()[0].content["text"] == "そのあと"


def test_staff_can_have_a_set_aside_event_handled_again(town: Town, street: Street) -> None:
    friend = town.friend()
    poison, sound = plant_poison(town, street, friend)
    street.start("work-1")
    wait_until(lambda: is_set_aside(poison), "set aside")
    InboundEvent.objects.filter(pk=poison.pk).update(sealed_body=sound)
    inbox.retry(town.supervisor, poison.pk)
    town.settle()
    poison.refresh_from_db()
    assert (poison.meaning, poison.set_aside_at, poison.trouble) == ("message", None, "")
    assert friend.heard()[0].content["text"] == "どく"


def test_an_event_that_ends_its_worker_each_time_is_set_aside_too(town: Town, street: Street) -> None:
    street.pause("work-1")
    friend = town.friend()
    friend.says("しずかに")
    town.platform.idle()
    mine = InboundEvent.objects.filter(channel=town.channel)
    mine.update(attempts=5, leased_until=clock.now() - timedelta(seconds=1))  # five workers died over it
    street.start("work-1")
    wait_until(lambda: mine.filter(set_aside_at__isnull=False).exists(), "set aside")
    assert mine.get().trouble == "its worker ended each time"
    assert friend.contact() is None


def test_a_reply_that_breaks_on_our_side_is_shown_as_failed_and_holds_up_nothing(
    town: Town, street: Street
) -> None:
    friend, conversation = town.open_talk()
    street.pause("work-1")
    poison, sound = town.reply(conversation, "どく"), town.reply(conversation, "そのあと")
    mine = Message.objects.filter(pk=poison.pk)
    mine.update(sealed_payload=bytes(poison.sealed_payload or b"")[:-1] + b"?")
    street.start("work-1")

    def is_failed() -> bool:
        if mine.filter(leased_until=None, due_at__gt=clock.now()).update(due_at=clock.now()):
            live.wake("message")
        return mine.filter(state="failed", due_at=None).exists()

    wait_until(is_failed, "failed")
    town.settle()
    assert mine.get().reason == "broken"
    assert friend.reads()[2:] == ["そのあと"]
    assert Message.objects.get(pk=sound.pk).state == "accepted"


def test_a_killed_workers_event_is_taken_over_when_its_lease_is_over(town: Town, street: Street) -> None:
    town.account.fault("hang", path="/profile/", delayMs=20000)  # the worker stands in the middle of an event
    friend = town.friend("ひなた", follows=True)
    wait_until(lambda: town.account.faults()[0]["hits"] == 1, "under way")
    street.kill("work-1")
    leased = InboundEvent.objects.filter(channel=town.channel, leased_until__isnull=False)
    assert leased.filter(leased_until__lt=clock.now() + timedelta(seconds=15)).count() == 1
    leased.update(leased_until=F("leased_until") - timedelta(seconds=15))
    street.start("work-1")
    town.settle()
    assert friend.kinds() == ["follow", "text"]
    assert friend.reads()[0].startswith("ひなたさん、")
