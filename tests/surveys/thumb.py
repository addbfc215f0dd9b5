"""A friend's thumb, without network: presses and words go through the router as the worker gives them, and the newest
message's buttons are what can be pressed next."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from madoguchi.channels.line.body import JsonObject
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.inbox import router
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.actions.answering import Standing, standing
from madoguchi.surveys.definition import Definition, Kind, Question
from madoguchi.surveys.models import Submission, Survey
from madoguchi.threads.models import Author, Message
from tests.people import Town, event, text

_people = itertools.count(1)
TYPED = {
    Kind.TEXT: "話したいこと",
    Kind.NUMBER: "7",
    Kind.DATE: "2026-04-01",
    Kind.DATETIME: "2026年4月1日 9時半",
    Kind.POSTCODE: "154-0001",
}


def asked(town: Town, definition: Definition) -> Survey:
    survey = surveys.create(town.supervisor, "調べもの", definition=definition)
    surveys.publish(town.supervisor, survey)
    survey.refresh_from_db()
    return survey


@dataclass
class Thumb:
    town: Town
    line_id: str = field(default_factory=lambda: f"U{next(_people):032x}")
    said: int = 0

    def __post_init__(self) -> None:
        with transaction.atomic():
            self.contact: Contact = contacts.meet(self.town.channel, self.line_id)

    def does(self, kind: str, **parts: Any) -> str:
        """One event through the router; its meaning."""
        with transaction.atomic():
            return router.route(self.town.channel, event(kind, self.line_id, **parts))[0]

    def press(self, data: str, **params: str) -> str:
        return self.does("postback", postback={"data": data, **({"params": params} if params else {})})

    def says(self, words: str) -> str:
        with transaction.atomic():
            return router.route(self.town.channel, text(words, self.line_id))[0]

    def sends(self, kind: str, **message: Any) -> str:
        self.said += 1
        number = f"99{int(self.line_id[1:], 16):08d}{self.said:08d}"
        return self.does("message", message={"type": kind, "id": number, **message})

    def payloads(self) -> list[JsonObject]:
        """All that was said to this friend."""
        sent = Message.objects.of(self.contact).filter(author_kind=Author.AUTOMATIC).order_by("number")
        return [message.payload for message in sent]

    def buttons(self) -> list[JsonObject]:
        newest = self.payloads()[-1]
        return [item["action"] for item in newest.get("quickReply", {}).get("items", [])]

    def button(self, label: str) -> str:
        return str(next(action["data"] for action in self.buttons() if action["label"] == label))

    def submission(self) -> Submission:
        rows = Submission.objects.select_related("version", "survey", "contact")
        return rows.filter(contact=self.contact).latest("pk")

    def standing(self) -> Standing:
        return standing(self.submission())

    def answers(self, question: Question) -> None:
        """As somebody would who wants to come to the end: by typing, sending or picking."""
        if question.kind in TYPED:
            self.says(TYPED[question.kind])
        elif question.kind is Kind.PLACE:
            self.sends("location", title="公園", address="緑町4丁目", latitude=35.66, longitude=139.74)
        elif question.kind is Kind.PICTURE:
            self.sends("image", contentProvider={"type": "line"})
        elif question.kind is Kind.CONFIRMATION:
            self.press(self.button("確認しました"))
