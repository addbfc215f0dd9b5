"""A friend with a page open, without a browser: what a form of the page sends, and what is read there."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from madoguchi.contacts.models import Contact
from madoguchi.surveys import actions as surveys
from madoguchi.surveys.actions import links
from madoguchi.surveys.definition import Definition
from madoguchi.surveys.models import Submission, Survey
from tests.people import Town, befriend


@dataclass
class Page:
    """`path`: of the page's own address, /s/<token>/."""

    client: Client
    submission: Submission
    path: str

    def open(self, rest: str = "") -> Any:
        answer = self.client.get(self.path + rest, follow=True)
        self.submission.refresh_from_db()
        return answer

    def post(self, rest: str, **fields: Any) -> Any:
        """Send a form with the revision that stands now, unless another is given."""
        self.submission.refresh_from_db()
        answer = self.client.post(self.path + rest, {"revision": self.submission.revision, **fields})
        self.submission.refresh_from_db()
        return answer

    def give(self, key: str, **fields: Any) -> Any:
        return self.post(f"q/{key}/", act="next", **fields)

    def kept(self) -> dict[str, Any]:
        return dict(self.submission.given())


def published(town: Town, definition: Definition, **schedule: Any) -> Survey:
    survey = surveys.create(town.supervisor, definition.title.ja, definition=definition)
    surveys.publish(town.supervisor, survey)
    survey.refresh_from_db()
    return survey


def opened(town: Town, survey: Survey, letter: str = "a", contact: Contact | None = None) -> Page:
    """The page of a friend who has just begun."""
    submission = surveys.begin(contact or befriend(town, letter), survey)
    submission = Submission.objects.select_related("contact__channel", "survey", "version").get(
        pk=submission.pk
    )
    return Page(Client(), submission, urlsplit(links.address_for(submission)).path)


def shown(answer: Any) -> str:
    """What the page says, without its markup."""
    body = re.sub(r"<(script|style|rt|rp)\b.*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
