"""Origins: a link that counts and leads on, its QR code, and what it brought."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import Role
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact, Origin, OriginVisit
from madoguchi.core import clock
from tests.people import Town, befriend, found_town


@pytest.fixture
def poster(town: Town, client: Client) -> Origin:
    Channel.objects.filter(pk=town.channel.pk).update(basic_id="@aoba-oyako")
    client.force_login(town.supervisor)
    client.post(reverse("contacts:origins"), {"name": "駅のポスター", "channel": town.channel.pk})
    return Origin.objects.select_related("channel").get()


def test_a_link_counts_its_visit_and_leads_on_to_line(poster: Origin) -> None:
    stranger = Client()
    for _ in range(2):
        answer = stranger.get(f"/from/{poster.key}/")
        assert (answer.status_code, answer["Location"]) == (302, "https://line.me/R/ti/p/%40aoba-oyako")
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
    assert OriginVisit.objects.get().count == 2


def test_who_only_looks_ahead_is_not_counted(poster: Origin) -> None:
    assert Client().head(f"/from/{poster.key}/").status_code == 302
    assert (
        Client().get(f"/from/{poster.key}/", headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 302
    )
    assert Client().post(f"/from/{poster.key}/").status_code == 405
    assert not OriginVisit.objects.exists()


def test_an_unknown_link_is_absent_and_one_that_is_not_ready_says_so(poster: Origin) -> None:
    assert Client().get("/from/nothing/").status_code == 404
    Channel.objects.update(basic_id="")
    answer = Client().get(f"/from/{poster.key}/")
    assert answer.status_code == 503
    assert "もうすぐ始まります" in answer.content.decode()


def test_a_poster_that_was_put_away_still_leads_on(client: Client, poster: Origin) -> None:
    href = reverse("contacts:arrange-origin", args=[poster.pk])
    client.post(href, {"do": "archive"})
    assert "しまった入口（1）" in client.get(reverse("contacts:origins")).content.decode()
    assert Client().get(f"/from/{poster.key}/").status_code == 302
    client.post(href, {"do": "restore"})
    poster.refresh_from_db()
    assert poster.archived_at is None


def test_both_codes_hold_the_link_with_its_key(client: Client, poster: Origin) -> None:
    import segno

    from madoguchi.contacts.views.origins import link

    assert link(poster) == f"{settings.PUBLIC_URL}/from/{poster.key}/"
    svg = client.get(reverse("contacts:origin-svg", args=[poster.pk]))
    assert svg["Content-Type"] == "image/svg+xml"
    drawn = ElementTree.fromstring(svg.content)  # noqa: S314 - our own
    modules = segno.make(link(poster), error="m").symbol_size(scale=8, border=4)[0]
    assert drawn.attrib["width"] == str(modules)
    png = client.get(reverse("contacts:origin-png", args=[poster.pk]), {"save": ""})
    assert png.content.startswith(b"\x89PNG")
    assert png["Content-Disposition"] == f'attachment; filename="{poster.key}.png"'


def test_a_printed_code_reads_as_the_link(client: Client, poster: Origin) -> None:
    """The picture's modules are those of the code of this link, so a camera reads just that."""
    import io

    import segno
    from PIL import Image

    from madoguchi.contacts.views.origins import link
    from madoguchi.core.qr import PNG_MODULE_PIXELS

    code = segno.make(link(poster), error="m")
    picture = Image.open(
        io.BytesIO(client.get(reverse("contacts:origin-png", args=[poster.pk])).content)
    ).convert("L")
    for row, line in enumerate(code.matrix_iter(border=4)):
        for column, is_dark in enumerate(line):
            place = (column * PNG_MODULE_PIXELS + 5, row * PNG_MODULE_PIXELS + 5)
            assert (picture.getpixel(place) == 0) is bool(is_dark)


def test_an_origins_friends_and_blocks_are_counted(town: Town, client: Client, poster: Origin) -> None:
    for letter in "abc":
        contacts.come_from(befriend(town, letter), poster)
    contacts.unfollow(Contact.objects.latest("pk"), clock.now())
    contacts.count_visit(poster)
    page = client.get(reverse("contacts:origin", args=[poster.pk]))
    shown = page.context["origin"]
    assert (shown.opened, shown.came, shown.left) == (1, 3, 1)
    assert page.context["days"][-1][1] == 1
    assert "<dd>1</dd>" in page.content.decode()


def test_a_name_is_an_accounts_once(town: Town, client: Client, poster: Origin) -> None:
    twice = client.post(reverse("contacts:origins"), {"name": "駅のポスター", "channel": town.channel.pk})
    assert "もうあります" in twice.content.decode()
    other = contacts.add_origin(town.supervisor, town.channel, "第一小学校")
    href = reverse("contacts:origin", args=[other.pk])
    assert "もうあります" in client.post(href, {"name": "駅のポスター"}).content.decode()
    assert client.post(href, {"name": "第二小学校"}).status_code == 302


def test_another_organisations_origin_and_account_are_absent(
    town: Town, client: Client, poster: Origin
) -> None:
    other = found_town("みどり市")
    other.sato.roles = [Role.DELIVERY]
    other.sato.save()
    client.force_login(other.sato)
    for name in ("origin", "origin-svg", "origin-png"):
        assert client.get(reverse(f"contacts:{name}", args=[poster.pk])).status_code == 404
    answer = client.post(reverse("contacts:origins"), {"name": "よこどり", "channel": town.channel.pk})
    assert answer.status_code == 200
    assert Origin.objects.count() == 1
