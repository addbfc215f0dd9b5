"""A LINE client for each channel, over one session, with its access token opened or fetched and kept while it lasts."""

import time
from collections import defaultdict

import aiohttp
from django.conf import settings

from madoguchi.channels.line.client import LineClient, issue_stateless_token, open_session
from madoguchi.channels.line.pace import Paces
from madoguchi.channels.models import Channel
from madoguchi.channels.pretended import PretendedClient

TOKEN_MARGIN_SECONDS = 60.0


class Clients:
    """Make it inside a running event loop; close it when done."""

    def __init__(self) -> None:
        self.session: aiohttp.ClientSession = open_session()
        self._short: dict[int, tuple[str, float]] = {}
        self._paces: dict[int, Paces] = defaultdict(Paces)

    async def close(self) -> None:
        await self.session.close()

    async def of(self, channel: Channel, endpoint: str = "") -> LineClient:
        """The client of a channel, once LINE's rate allows a call to `endpoint` (a name of channels.line.pace).

        Raises channels.line.client.CallFailed when no token can be had.
        """
        if channel.is_practice:
            return PretendedClient(settings.LINE_API_BASE, settings.LINE_DATA_BASE, "", self.session)
        if endpoint:
            await self._paces[channel.pk].slot(endpoint)
        token = channel.unseal("token") or await self._short_token(channel)
        return LineClient(settings.LINE_API_BASE, settings.LINE_DATA_BASE, token, self.session)

    async def _short_token(self, channel: Channel) -> str:
        token, until = self._short.get(channel.pk, ("", 0.0))
        if time.monotonic() < until:
            return token
        issued = await issue_stateless_token(
            settings.LINE_API_BASE, channel.line_channel_id, channel.unseal("secret"), self.session
        )
        self._short[channel.pk] = (issued.token, time.monotonic() + issued.expires_in - TOKEN_MARGIN_SECONDS)
        return issued.token

    async def prove(self, channel: Channel) -> None:
        """Raises channels.line.client.CallFailed unless LINE knows the channel ID with its secret."""
        await self._short_token(channel)

    def forget_token(self, channel: Channel) -> None:
        """LINE refused it: fetch another the next time."""
        self._short.pop(channel.pk, None)
