"""Several people in one builder: who is at work is seen, and that the page shows something older."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role
from madoguchi.console import streaming
from madoguchi.contacts.models import Purpose
from madoguchi.core import clock
from madoguchi.surveys import actions, editing
from madoguchi.surveys.models import Survey
from tests.people import Town
from tests.surveys.made import question, survey
from tests.surveys.test_builder_pages import PART, post, sent


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


@pytest.fixture
def made(town: Town) -> Survey:
    questions = survey(question("q1", text="一"), question("q2", text="二"))
    return actions.create(town.supervisor, "相談の前に", definition=questions)


def edited_by_the_administrator(town: Town, made: Survey, text: str = "に") -> None:
    now = Survey.objects.get(pk=made.pk)
    after = editing.changed(now.draft_definition, question("q2", text=text))
    actions.save_draft(town.administrator, now, after, now.draft_revision, place="q2")


def hint(drawn: str) -> str:
    """The hint's own part of what was drawn."""
    found = re.search(r'<div class="hands".*?</div>', drawn, re.DOTALL)
    return html.unescape(found[0]) if found else ""


def followed(desk: Client, drawn: str) -> str:
    """What the tab pulls when it hears of the survey, by the address that stands in the page."""
    address = re.search(r'hx-get="([^"]+)"', hint(drawn))
    assert address
    return hint(desk.get(address[1], **PART).content.decode())


def test_who_else_is_writing_is_named_with_the_question(town: Town, desk: Client, made: Survey) -> None:
    drawn = desk.get(reverse("surveys:survey", args=[made.pk])).content.decode()
    assert "編集しています" not in hint(drawn)
    edited_by_the_administrator(town, made)
    heard = followed(desk, drawn)
    assert f"{town.administrator.name}さんが、いま「質問2」を編集しています。" in heard
    assert f"{town.administrator.name}さんが「質問2」を変えました。" in heard
    assert "いまの内容を出す" in heard


def test_ones_own_changes_are_no_news(desk: Client, made: Survey) -> None:
    drawn = desk.get(reverse("surveys:survey", args=[made.pk])).content.decode()
    post(desk, made, "edit-question", "q1", **sent(made, "q1", text_ja="いち"))
    assert "<p" not in followed(desk, drawn)


def test_the_hint_stays_while_one_types_and_goes_when_the_page_is_drawn_anew(
    town: Town, desk: Client, made: Survey
) -> None:
    drawn = desk.get(reverse("surveys:survey", args=[made.pk])).content.decode()
    edited_by_the_administrator(town, made)
    quiet = post(desk, made, "edit-question", "q1", **sent(made, "q1", text_ja="いち"))
    assert hint(quiet) == ""
    assert "いまの内容を出す" in followed(desk, drawn)
    anew = desk.get(reverse("surveys:survey", args=[made.pk]), **PART).content.decode()
    assert "二" not in anew
    assert "いまの内容を出す" not in hint(anew)
    assert "編集しています" in hint(anew)


def test_a_change_taken_back_elsewhere_is_told_too(town: Town, desk: Client, made: Survey) -> None:
    edited_by_the_administrator(town, made)
    drawn = desk.get(reverse("surveys:survey", args=[made.pk])).content.decode()
    now = Survey.objects.get(pk=made.pk)
    actions.undo(town.administrator, now, now.draft_revision)
    heard = followed(desk, drawn)
    assert "ほかの人が内容を変えました。" in heard
    post(desk, made, "edit-question", "q1", **sent(made, "q1", text_ja="いち"))
    assert "いまの内容を出す" in followed(desk, heard)


def test_who_stopped_a_minute_ago_is_at_work_no_more(town: Town, desk: Client, made: Survey) -> None:
    edited_by_the_administrator(town, made)
    made.edits.update(made_at=clock.now() - timedelta(seconds=61))
    drawn = desk.get(reverse("surveys:survey", args=[made.pk])).content.decode()
    assert "編集しています" not in hint(drawn)


def test_only_who_may_see_the_survey_follows_it(town: Town, client: Client, made: Survey) -> None:
    delivery, _password = accounts.add_user(
        None, town.organisation, "push@example.jp", "田中", [Role.DELIVERY], "a-long-password"
    )
    assert made.purpose == Purpose.CONSULTATION
    assert streaming._may_follow(town.supervisor, f"building-{made.pk}")
    assert not streaming._may_follow(delivery, f"building-{made.pk}")
    client.force_login(delivery)
    assert client.get(reverse("surveys:hands", args=[made.pk])).status_code == 404
