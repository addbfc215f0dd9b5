"""A survey's links and QR codes: which address stands in them, what they keep, and who may have them."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.channels import actions as channels
from madoguchi.contacts import actions as contacts
from madoguchi.surveys import actions
from madoguchi.surveys.models import Survey
from tests.people import Town, found_town
from tests.surveys.made import question, survey

LIFF_ID = "1650000777-AbcdEfgh"


@pytest.fixture
def made(town: Town, client: Client) -> Survey:
    client.force_login(town.supervisor)
    made = actions.create(town.supervisor, "相談の前に", definition=survey(question("q1")))
    actions.publish(town.supervisor, made)
    made.refresh_from_db()
    return made


@pytest.fixture
def app(town: Town) -> str:
    channels.link_liff(None, town.channel, LIFF_ID.partition("-")[0], LIFF_ID)
    return LIFF_ID


def page(client: Client, made: Survey, **query: str | int) -> str:
    return client.get(reverse("surveys:links", args=[made.pk]), query).content.decode()


def test_the_links_lead_into_line_and_to_the_page_and_keep_the_origin(
    town: Town, client: Client, made: Survey, app: str
) -> None:
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    shown = page(client, made)
    assert f"https://liff.line.me/{app}/{made.token}</code>" in shown
    assert f"http://127.0.0.1:8000/liff/{app}/{made.token}</code>" in shown
    tagged = page(client, made, origin=poster.pk)
    assert f"https://liff.line.me/{app}/{made.token}?from={poster.key}</code>" in tagged
    assert f"/liff/{app}/{made.token}?from={poster.key}</code>" in tagged
    assert f"/surveys/{made.pk}/links/{town.channel.pk}/line.svg?origin={poster.pk}" in tagged


@pytest.mark.parametrize("way", ["line", "page"])
def test_the_codes_are_a_picture_of_the_link(
    town: Town, client: Client, made: Survey, app: str, way: str
) -> None:
    drawn = client.get(reverse("surveys:code", args=[made.pk, town.channel.pk, way, "svg"]))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "<title>相談の前に</title>" in drawn.content.decode()
    saved = client.get(reverse("surveys:code", args=[made.pk, town.channel.pk, way, "png"]), {"save": ""})
    assert saved.content.startswith(b"\x89PNG")
    assert f'attachment; filename="survey-{made.pk}-{way}.png"' == saved["Content-Disposition"]


def test_without_liff_the_page_says_what_to_do(town: Town, client: Client, made: Survey) -> None:
    assert "まだLIFFがありません" in page(client, made)
    code = reverse("surveys:code", args=[made.pk, town.channel.pk, "line", "svg"])
    assert client.get(code).status_code == 404


def test_a_survey_that_is_not_asked_warns(town: Town, client: Client, made: Survey, app: str) -> None:
    assert "いまは受付中ではありません" not in page(client, made)
    actions.close(town.supervisor, made)
    assert "いまは受付中ではありません" in page(client, made)


def test_what_is_not_ours_is_absent(town: Town, client: Client, made: Survey, app: str) -> None:
    other = found_town("みどり市")
    strange = contacts.add_origin(other.supervisor, other.channel, "よその入口")
    links = reverse("surveys:links", args=[made.pk])
    for origin in (strange.pk, "x", "9" * 40):
        assert client.get(links, {"origin": origin}).status_code == 404
    code = reverse("surveys:code", args=[made.pk, town.channel.pk, "line", "svg"])
    assert client.get(code, {"origin": strange.pk}).status_code == 404
    assert client.get(code.replace("line.svg", "other.svg")).status_code == 404
    client.force_login(other.supervisor)
    assert client.get(links).status_code == 404
    assert client.get(code).status_code == 404
