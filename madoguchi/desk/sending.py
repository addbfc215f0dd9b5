"""What a counsellor picked, as the answers LINE takes: text, sticker, picture, file; and the way each goes: at once, after the
seconds in which it can be taken back, at its moment, or with a supervisor's yes."""

import hashlib
import uuid
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import translation

from madoguchi.accounts.models import User
from madoguchi.channels.line.limits import MessageError
from madoguchi.core import braces, clock
from madoguchi.desk import actions, answers, texts
from madoguchi.desk.actions.talk import must_hold
from madoguchi.desk.answers import Answer, Button
from madoguchi.desk.models import Conversation, Prepared, WritingRules
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.models import Survey
from madoguchi.threads import files, media
from madoguchi.threads.models import Author, Message


class Unconfirmed(Exception):
    """Here an answer is looked at once more before it goes."""


def send(actor: User, conversation_id: int, key: uuid.UUID, values: dict[str, Any]) -> Message | Prepared:
    """`values`: a sticker; or a picture or a file, a text, or one of both and the text that came with it, in this order and both
    or none; at (a moment), choices, button, corrects, insists, confirmed. The first of them as it now stands.
    Raises MessageError, NotAPicture, NotSendable, Busy, Unconfirmed, desk.NotYours or desk.NotNow."""
    rules = actions.writing_rules(actor.organisation_id)
    if rules.asks_to_confirm(actor) and not values.get("confirmed"):
        raise Unconfirmed
    insists = str(values.get("insists") or "")
    made = [replace(one, insists=insists) for one in _answers(actor, conversation_id, values)]
    with transaction.atomic():
        gone = [
            _on_its_way(
                actor, conversation_id, answer, uuid.uuid5(key, "text") if place else key, values, rules
            )
            for place, answer in enumerate(made)
        ]
    return gone[0]


def _on_its_way(
    actor: User,
    conversation_id: int,
    answer: Answer,
    key: uuid.UUID,
    values: dict[str, Any],
    rules: WritingRules,
) -> Message | Prepared:
    if values.get("at") or actions.is_in_training(actor):
        return actions.prepare(actor, conversation_id, answer, key, at=values.get("at"))
    if rules.undo_seconds:
        soon = clock.of_database() + clock.seconds(rules.undo_seconds)
        return actions.prepare(actor, conversation_id, answer, key, at=soon, is_brief=True)
    return actions.say(actor, conversation_id, answer, key)


def _answers(actor: User, conversation_id: int, values: dict[str, Any]) -> list[Answer]:
    if values.get("sticker"):
        return [answers.sticker(*values["sticker"].split("/"))]
    made = []
    if values.get("picture"):
        made.append(_picture(actor, conversation_id, values["picture"].read()))
    if values.get("file"):
        made.append(_file(values["file"]))
    if values["text"].strip() or not made:
        made.append(_text(actor, conversation_id, values))
    return made


def _picture(actor: User, conversation_id: int, plain: bytes) -> Answer:
    must_hold(actor, conversation_id)  # drawing costs: it is for who may send
    full, small = media.redrawn(plain)
    return answers.picture(full, small, hashlib.sha256(plain).hexdigest())


def _file(given: Any) -> Answer:
    plain = given.read()
    kind = files.kind_of(plain)
    return answers.file(files.named(given.name, kind), plain, kind, hashlib.sha256(plain).hexdigest())


def _text(actor: User, conversation_id: int, values: dict[str, Any]) -> Answer:
    corrects = values.get("corrects")
    return answers.text(
        values["text"] if values["text"].strip() else "",
        choices=values.get("choices") or (),
        button=button(actor, values["button"]) if values.get("button") else None,
        corrects=corrects,
        quote_token=_quote_token(actor, conversation_id, corrects) if corrects else "",
    )


def _quote_token(actor: User, conversation_id: int, number: int) -> str:
    talk = Conversation.objects.held_by(actor).filter(pk=conversation_id)
    ours = Message.objects.filter(contact__in=talk.values("contact"), author_kind=Author.COUNSELLOR)
    found = ours.select_related("contact").filter(number=number).first()
    return found.quote_token if found else ""


def button(actor: User, name: str) -> Button:
    """The button of this name. Raises MessageError for one that is not there (any more)."""
    if name == "189":
        return answers.call_189()
    found = next((one for one in buttons(actor) if one.name == name), None)
    if found is None:
        raise MessageError("button", "選んだボタンは、いまは付けられません。選び直してください。")
    return found


def buttons(actor: User) -> list[Button]:
    """What can stand under a text with one press: 189, and each survey of consultations that is asked now."""
    asked = Survey.objects.filter(organisation_id=actor.organisation_id).asked_in_talks()
    return [answers.call_189(), *(_survey(one) for one in asked)]


def _survey(survey: Survey) -> Button:
    words = braces.filled(texts.SURVEY_WORDS, {"名前": survey.title})
    with translation.override("ja"):  # for the friend, whatever the counsellor reads
        return Button(f"survey-{survey.pk}", survey.title, words, surveys.start_action(survey))
