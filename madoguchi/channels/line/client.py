"""The calls to LINE, over one aiohttp session: plain dicts in and out, no retries of its own.

Sending calls return an `Outcome`. Reading calls return what LINE said, or raise `CallFailed` with the outcome
in it. Neither bodies nor ids are ever logged, and no exception text carries an address, because a path may
hold a friend's id. Paths are exactly those of the reference: LINE refuses any other spelling.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from uuid import UUID

import aiohttp

from . import outcome
from .body import JsonObject, dump
from .media import Fetched, Missing, Sink, fetch
from .outcome import Answer, NoAnswer, Outcome, Refused
from .reasons import Reason
from .wire import SEND_TIMEOUT, TEST_TIMEOUT, Call, CallFailed, exchange, expect_object, open_session

__all__ = ["API_BASE", "DATA_BASE", "CallFailed", "LineClient", "issue_stateless_token", "open_session"]

API_BASE = "https://api.line.me"
DATA_BASE = "https://api-data.line.me"

USER_ID = re.compile(r"U[0-9a-f]{32}\Z")
MESSAGE_ID = re.compile(r"[0-9]{1,32}\Z")
"""Nothing else may stand in a path: such an id isn't looked up at all."""


class LineClient:
    """One channel's calls. `session` is shared and closed by whoever made it (`wire.open_session`)."""

    def __init__(
        self,
        api_base: str,
        data_base: str,
        token: str,
        session: aiohttp.ClientSession,
        *,
        timeout: aiohttp.ClientTimeout = SEND_TIMEOUT,
    ) -> None:
        self._api = api_base.rstrip("/")
        self._data = data_base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {''.join(token.split())}"}
        self._session = session
        self._timeout = timeout

    # Sending

    async def push(
        self,
        to: str,
        messages: Sequence[JsonObject],
        retry_key: UUID | str,
        *,
        silent: bool = False,
        unit: str | None = None,
    ) -> Outcome:
        """1 to 5 messages to one friend. `unit`: a name to count by (an aggregation unit)."""
        body = _sending({"to": to}, messages, silent, unit)
        return outcome.of(await self._post("/v2/bot/message/push", body, retry_key), keyed=True)

    async def multicast(
        self,
        ids: Sequence[str],
        messages: Sequence[JsonObject],
        retry_key: UUID | str,
        *,
        silent: bool = False,
        unit: str | None = None,
    ) -> Outcome:
        """1 to 5 messages to at most 500 friends, all or none."""
        body = _sending({"to": list(ids)}, messages, silent, unit)
        return outcome.of(await self._post("/v2/bot/message/multicast", body, retry_key), keyed=True)

    async def reply(
        self, reply_token: str, messages: Sequence[JsonObject], *, silent: bool = False
    ) -> Outcome:
        """Free, but works once, within a minute, and has no retry key: a lost answer is `Uncertain`."""
        body = _sending({"replyToken": reply_token}, messages, silent, None)
        return outcome.of(await self._post("/v2/bot/message/reply", body), keyed=False)

    async def validate_push(self, messages: Sequence[JsonObject]) -> Outcome:
        """Would LINE take these messages? Nothing is sent."""
        body = {"messages": list(messages)}
        return outcome.of(await self._post("/v2/bot/message/validate/push", body), keyed=True)

    async def loading(self, chat_id: str, seconds: int = 20) -> Outcome:
        """Shows the friend that an answer is on its way, for 5 to 60 s in steps of 5 (rounded up)."""
        steps = min(max(-(-seconds // 5) * 5, 5), 60)
        body = {"chatId": chat_id, "loadingSeconds": steps}
        return outcome.of(await self._post("/v2/bot/chat/loading/start", body), keyed=True)

    async def mark_as_read(self, mark_as_read_token: str) -> Outcome:
        """Everything up to that message turns 既読 on the friend's phone."""
        body = {"markAsReadToken": mark_as_read_token}
        return outcome.of(await self._post("/v2/bot/chat/markAsRead", body), keyed=True)

    # Reading

    async def bot_info(self) -> JsonObject:
        return await self._read("/v2/bot/info")

    async def profile(self, user_id: str) -> JsonObject | None:
        """`displayName, userId, language?, pictureUrl?, statusMessage?`; None when LINE doesn't show it to us
        (unknown, no friend, blocked) or the id can't be one."""
        return await self._find(f"/v2/bot/profile/{user_id}") if USER_ID.match(user_id) else None

    async def quota(self) -> JsonObject:
        """`{type: none | limited, value?}` for this month."""
        return await self._read("/v2/bot/message/quota")

    async def consumption(self) -> JsonObject:
        """`{totalUsage}` of this month, approximately."""
        return await self._read("/v2/bot/message/quota/consumption")

    async def get_webhook_endpoint(self) -> JsonObject | None:
        """`{endpoint, active}`; None when none is set."""
        return await self._find("/v2/bot/channel/webhook/endpoint")

    async def set_webhook_endpoint(self, url: str) -> Outcome:
        """An https address of at most 500 characters. LINE takes up to a minute to follow."""
        answer = await self._call("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url})
        return outcome.of(answer, keyed=True)

    async def test_webhook_endpoint(self, url: str | None = None) -> JsonObject:
        """LINE calls the given or the set address: `{success, timestamp, statusCode, reason, detail}`; see
        reasons.webhook_problem_ja. At most 60 an hour."""
        body = {"endpoint": url} if url else {}
        path = "/v2/bot/channel/webhook/test"
        return expect_object(await self._call("POST", path, body, within=TEST_TIMEOUT))

    # Media

    async def content(self, message_id: str, sink: Sink, *, limit: int) -> Fetched:
        """Streams what a friend sent (picture, video, voice, file) into `sink`, at most `limit` bytes."""
        return await self._fetch(message_id, "content", sink, limit)

    async def preview(self, message_id: str, sink: Sink, *, limit: int) -> Fetched:
        """The small picture of a picture or a video."""
        return await self._fetch(message_id, "content/preview", sink, limit)

    async def _fetch(self, message_id: str, what: str, sink: Sink, limit: int) -> Fetched:
        if not MESSAGE_ID.match(message_id):
            return Missing()
        url = f"{self._data}/v2/bot/message/{message_id}/{what}"
        return await fetch(self._session, url, self._headers, sink, limit)

    # The wire

    async def _read(self, path: str) -> JsonObject:
        return expect_object(await self._call("GET", path))

    async def _find(self, path: str) -> JsonObject | None:
        answer = await self._call("GET", path)
        is_absent = isinstance(answer, Answer) and answer.status == HTTPStatus.NOT_FOUND
        return None if is_absent else expect_object(answer)

    async def _post(
        self, path: str, body: JsonObject, retry_key: UUID | str | None = None
    ) -> Answer | NoAnswer:
        key = {} if retry_key is None else {"X-Line-Retry-Key": str(UUID(str(retry_key)))}
        return await self._call("POST", path, body, headers=key)

    async def _call(
        self,
        method: str,
        path: str,
        body: JsonObject | None = None,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        within: aiohttp.ClientTimeout | None = None,
    ) -> Answer | NoAnswer:
        kind = {} if body is None else {"Content-Type": "application/json"}
        data = None if body is None else dump(body)
        sent = {**self._headers, **kind, **headers}
        return await exchange(
            self._session, Call(method, self._api + path, sent, data, within or self._timeout)
        )


@dataclass(frozen=True, slots=True)
class StatelessToken:
    """`expires_in` is in seconds, about 15 minutes; take a margin. It can't be revoked."""

    token: str = field(repr=False)
    expires_in: int


async def issue_stateless_token(
    api_base: str, channel_id: str, secret: str, session: aiohttp.ClientSession
) -> StatelessToken:
    """A token from the channel's id and secret. Raises CallFailed (Reason.BAD_SECRET: they don't match)."""
    form = {"grant_type": "client_credentials", "client_id": channel_id, "client_secret": secret}
    url = api_base.rstrip("/") + "/oauth2/v3/token"
    answer = expect_object(await exchange(session, Call("POST", url, {}, form)))
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not isinstance(seconds, int):
        raise CallFailed(Refused(200, Reason.NOT_LINE))
    return StatelessToken(token, seconds)


def _sending(
    target: JsonObject, messages: Sequence[JsonObject], silent: bool, unit: str | None
) -> JsonObject:
    body: JsonObject = {**target, "messages": list(messages)}
    if silent:
        body["notificationDisabled"] = True
    if unit is not None:
        body["customAggregationUnits"] = [unit]
    return body
