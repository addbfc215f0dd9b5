"""Opening a page by its address: the one gate in front of every page that a friend fills.

An address that is wrong, has run out or was hidden looks the same. No cookie is set or read; nothing is kept by the
browser or told to the next site; and the words are those that the friend chose for this survey.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from madoguchi.core import walls
from madoguchi.surveys.actions import answering, links
from madoguchi.surveys.actions.answering import Standing, standing
from madoguchi.surveys.definition import Definition, Wording
from madoguchi.surveys.entrance import NAMES
from madoguchi.surveys.models import Link, Submission

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}

framed = csp_replace(
    {"frame-ancestors": settings.PHONES} if settings.PHONES else {}
)  # what a browser heeds first


@dataclass(frozen=True)
class Opened:
    """One page of one friend's submission, with its address."""

    link: Link
    token: str

    @property
    def submission(self) -> Submission:
        return self.link.submission

    @property
    def definition(self) -> Definition:
        return self.submission.version.definition

    @cached_property
    def now(self) -> Standing:
        return standing(self.submission)

    @property
    def wording(self) -> Wording:
        return Wording(self.submission.wording)

    @cached_property
    def is_answerable(self) -> bool:
        """Whether questions may be answered now, not only put right."""
        return self.submission.is_open and self.submission.survey.is_asked

    @cached_property
    def needs_consent(self) -> bool:
        return answering.terms_to_agree_to(self.submission) is not None

    @property
    def names(self) -> dict[str, str]:
        """The wordings to choose from, each by its own name."""
        return {one.value: name for one, name in NAMES.items()}

    @cached_property
    def is_heard(self) -> bool:
        """Whether words given here were a grave sign that a person looks at now."""
        return self.submission.answers.filter(message__kind="text", message__event_id="").exists()

    def draw(self, request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
        about = {"page": self, "wording": self.wording, "hiding_url": settings.HIDING_URL}
        return render(request, f"surveys/public/{name}.html", about | context, status=status)

    def lead(self, name: str = "page", **where: str) -> HttpResponse:
        """To another page, after a form was sent."""
        return redirect(reverse(f"surveys:{name}", kwargs={"token": self.token, **where}))


View = Callable[..., HttpResponse]  # (request, Opened, **what else the address says)


def opened(view: View) -> Callable[..., HttpResponse]:
    """A view by the token in its address. Forms need no token of another kind: no cookie speaks for anybody here."""

    @csrf_exempt
    @framed  # type: ignore[arg-type]
    @wraps(view)
    def gate(request: HttpRequest, token: str, **where: str) -> HttpResponse:
        with walls.everywhere():
            link = links.behind(token)
        if link is None or not _may_be_seen(link):
            return private(gone(request))
        with walls.within(link.organisation_id), translation.override(_language(link)):
            return private(view(request, Opened(link, token), **where))

    return gate  # type: ignore[return-value]


def _may_be_seen(link: Link) -> bool:
    """Another side of the account sees nothing of it, not even that it was there; nor does anybody while the thread is
    harmless."""
    contact = link.submission.contact
    return link.submission.side == contact.side and contact.harmless_since is None


def gone(request: HttpRequest) -> HttpResponse:
    """What every address shows that leads nowhere (any more)."""
    return render(request, "surveys/public/gone.html", {"wording": Wording.JA}, status=404)


def private(answer: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        answer[name] = value
    return answer


def _language(link: Link) -> str:
    return "en" if link.submission.wording == Wording.EN else "ja"
