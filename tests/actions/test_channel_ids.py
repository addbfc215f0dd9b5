"""An account belongs to one organisation; whose it is, nobody else is told."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.channels import actions
from madoguchi.channels.models import Channel
from madoguchi.core import walls
from tests.people import SECRET, Town, found_town

NEUTRAL = "このチャネルIDは使えません"


def test_an_account_of_another_organisation_is_refused_without_saying_whose(
    town: Town, client: Client
) -> None:
    other = found_town("みどり市")
    client.force_login(town.administrator)
    values = {"name": "よそ", "line_channel_id": other.channel.line_channel_id, "secret": SECRET}
    page = client.post(reverse("channels:add"), values).content.decode()
    assert NEUTRAL in page
    assert "みどり市" not in page
    own = {**values, "line_channel_id": town.channel.line_channel_id}
    assert "もう登録されています" in client.post(reverse("channels:add"), own).content.decode()
    address = reverse("channels:edit", args=[town.channel.pk])
    assert NEUTRAL in client.post(address, values).content.decode()
    assert Channel.objects.filter(line_channel_id=other.channel.line_channel_id).get() == other.channel


def test_the_second_of_two_at_once_is_refused_behind_its_own_wall_too(town: Town) -> None:
    other = found_town("みどり市")
    with walls.within(town.organisation.pk), pytest.raises(actions.ChannelTaken):
        actions.add(None, town.organisation, "よそ", other.channel.line_channel_id, SECRET)
