"""Playing a script: each step in one transaction with the event it brings, so that it is played once, whatever ends meanwhile."""

import json
from typing import Any

from django.db import transaction

from madoguchi.accounts import keys
from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.channels import actions as channels
from madoguchi.contacts.models import Contact
from madoguchi.core import clock, live, seal
from madoguchi.core.work import Job, claim, held, put_off
from madoguchi.desk.models import Conversation
from madoguchi.inbox.models import InboundEvent
from madoguchi.inbox.rows import Lock, rows_of
from madoguchi.practice.models import End, Practice
from madoguchi.practice.script import Script, Step, scripts
from madoguchi.threads.models import Author, Message, State

LEASE_SECONDS = 15.0
LOOK_SECONDS = 1.0  # how often an answer is looked for
MOST_RUNNING = 20


class Unknown(Exception):
    """No such script, or no such practice of this person's."""


class TooMany(Exception):
    """Enough are being played at once."""


@transaction.atomic
def start(actor: User, key: str) -> Practice:
    """An invented friend begins to write to the organisation's channel for practice. Raises Unknown and TooMany."""
    if key not in scripts():
        raise Unknown
    if Practice.objects.filter(organisation_id=actor.organisation_id, end="").count() >= MOST_RUNNING:
        raise TooMany
    channel = channels.for_practice(actor.organisation)
    made = Practice.objects.create(
        organisation_id=actor.organisation_id, channel=channel, script=key, started_by=actor
    )
    record(actor, "practice.start", made, script=key)
    live.wake("practice")
    return made


@transaction.atomic
def stop(actor: User, practice_id: int) -> None:
    """Who started it, and supervisors. The talk stays, to be ended at the desk. Raises Unknown."""
    rows = Practice.objects.select_for_update().filter(organisation_id=actor.organisation_id, pk=practice_id)
    found = rows.first()
    if found is None or not (found.started_by_id == actor.pk or actor.has_role([Role.SUPERVISOR])):
        raise Unknown
    if found.is_running:
        _end(found, End.STOPPED)
        record(actor, "practice.stop", found)


def claim_practices(limit: int) -> list[Job]:
    return claim(Practice.objects.all(), LEASE_SECONDS, limit)


@transaction.atomic
def play(job: Job) -> None:
    """The next step of a script, if its time has come; or look whether the counsellor has answered."""
    practice = held(Practice.objects.select_related("channel"), job)
    if practice is None:
        return
    script = scripts().get(practice.script)
    if script is None or practice.step >= len(script.steps):
        _end(practice, End.DONE)
        return
    step = script.steps[practice.step]
    if step.waits:
        _wait(practice, script, step)
    else:
        _happen(practice, _event(step))
        _go_on(practice, script)


def _go_on(practice: Practice, script: Script, answer: str = "") -> None:
    practice.step = script.after(practice.step, answer)
    practice.waits_since = practice.nudged_at = None
    if practice.step >= len(script.steps):
        _end(practice, End.DONE)
        return
    practice.save()
    put_off(practice, 0 if script.steps[practice.step].waits else script.steps[practice.step].after)


def _wait(practice: Practice, script: Script, step: Step) -> None:
    now = clock.of_database()
    practice.waits_since = practice.waits_since or now
    answer = _answer(practice) if step.waits == "answer" else None
    if answer is not None:
        practice.heard = answer.number
        _go_on(practice, script, str(answer.content.get("text", "")))
    elif step.waits == "end" and _has_ended(practice):
        _go_on(practice, script)
    else:
        _be_patient(practice, step)


def _be_patient(practice: Practice, step: Step) -> None:
    now, since = clock.of_database(), practice.nudged_at or practice.waits_since
    if since is None or now - since < clock.seconds(step.patience):
        practice.save()
        put_off(practice, LOOK_SECONDS)
    elif practice.nudged_at is None and step.meanwhile:
        practice.nudged_at = now
        _happen(practice, {"message": {"type": "text", "text": step.meanwhile}})
        practice.save()
        put_off(practice, LOOK_SECONDS)
    else:
        _end(practice, End.DONE if step.waits == "end" else End.SILENT)


def contact_of(practice: Practice) -> Contact | None:
    """The friend as the desk knows one, once the first event was handled."""
    line_id_hash = seal.lookup(keys.lookup_key(practice.organisation_id), practice.line_id)
    found = Contact.objects.select_related("channel")
    return found.filter(channel=practice.channel, line_id_hash=line_id_hash).first()


def _answer(practice: Practice) -> Message | None:
    """A counsellor's answer that has arrived and was not heeded yet: the newest."""
    contact = contact_of(practice)
    if contact is None:
        return None
    said = Message.objects.of(contact).filter(author_kind=Author.COUNSELLOR, state=State.ACCEPTED)
    found = said.filter(number__gt=practice.heard).order_by("-number").first()
    if found is not None:
        found.contact = contact
    return found


def _has_ended(practice: Practice) -> bool:
    contact = contact_of(practice)
    return contact is not None and not Conversation.objects.filter(contact=contact).open().exists()


def _event(step: Step) -> dict[str, Any]:
    if step.press:
        return {"postback": {"data": step.press}}
    if step.picture:
        return {"message": {"type": "image", "contentProvider": {"type": "line"}}}
    if step.sticker:
        package, sticker = step.sticker.split("/")
        return {"message": {"type": "sticker", "packageId": package, "stickerId": sticker}}
    return {"message": {"type": "text", "text": step.says}}


def _happen(practice: Practice, what: dict[str, Any]) -> None:
    """One event into the inbox, as the door would have kept it."""
    practice.said += 1
    now = clock.of_database()
    number = f"{practice.pk:012d}{practice.said:05d}"
    message = {"message": {**what["message"], "id": f"9{number}"}} if "message" in what else what
    event = {
        "type": "postback" if "postback" in what else "message",
        "timestamp": int(now.timestamp() * 1000),
        "mode": "active",
        "webhookEventId": f"PRACTICE{number}",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": practice.line_id},
        "replyToken": f"{number}{practice.token.hex}"[:32],
        **message,
    }
    channel = practice.channel
    lock = Lock(
        channel.pk, channel.organisation_id, channel.key, (), channel.data_key,
        keys.lookup_key(channel.organisation_id),
    )  # fmt: skip
    body = json.dumps({"destination": "U" + "0" * 32, "events": [event]}, ensure_ascii=False).encode()
    for row in rows_of(lock, body):
        InboundEvent.objects.create(**row._asdict())
    live.wake("event")


def _end(practice: Practice, end: End) -> None:
    practice.end, practice.ended_at, practice.due_at = end, clock.of_database(), None
    practice.leased_until = None
    practice.save()
