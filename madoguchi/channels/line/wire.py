"""One HTTP exchange with LINE: explicit timeouts, no retries, no redirects (the token would travel along).

What went wrong is told apart by one question: could the request have reached LINE? Exceptions of the HTTP
library end here, because their texts carry addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from . import outcome
from .body import JsonObject, load
from .outcome import Accepted, Answer, Failure, NoAnswer, Refused
from .reasons import Reason

SEND_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
TEST_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
MAX_ANSWER = 1 << 20


class CallFailed(Exception):
    """A reading call brought nothing. The text is the reason's code; `outcome` says what to do next."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason.value)
        self.outcome = failure


def open_session(connections: int = 100) -> aiohttp.ClientSession:
    """A session for any number of clients; whoever opens it closes it. No cookies, no proxy from outside."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": "Madoguchi"},
    )


@dataclass(frozen=True, slots=True)
class Call:
    """`data`: JSON bytes or the fields of a form."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    data: bytes | dict[str, str] | None = field(default=None, repr=False)
    timeout: aiohttp.ClientTimeout = SEND_TIMEOUT


async def exchange(session: aiohttp.ClientSession, call: Call) -> Answer | NoAnswer:
    """Never raises for anything that LINE or the network does."""
    request = session.request(
        call.method,
        call.url,
        headers=call.headers,
        data=call.data,
        timeout=call.timeout,
        allow_redirects=False,
    )
    try:
        async with request as response:
            return await read_answer(response)
    except (aiohttp.ClientError, TimeoutError) as error:
        return no_answer(error)


async def read_answer(response: aiohttp.ClientResponse) -> Answer:
    """The status decides: a body that breaks off, is no JSON or is huge makes nothing less accepted."""
    try:
        body = load(await _bytes(response))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        body = None
    return Answer(
        response.status,
        body,
        response.headers.get("x-line-request-id"),
        response.headers.get("x-line-accepted-request-id"),
        response.headers.get("Retry-After"),
    )


def no_answer(error: aiohttp.ClientError | TimeoutError) -> NoAnswer:
    match error:
        case aiohttp.ConnectionTimeoutError():
            return NoAnswer(Reason.TIMEOUT, was_sent=False)
        case aiohttp.ClientConnectorError() | aiohttp.InvalidURL():
            return NoAnswer(Reason.CONNECTION, was_sent=False)
        case TimeoutError():
            return NoAnswer(Reason.TIMEOUT)
        case _:
            return NoAnswer(Reason.CONNECTION)


def expect_object(answer: Answer | NoAnswer) -> JsonObject:
    """The JSON object of an accepted answer. Raises CallFailed for anything else."""
    result = outcome.of(answer, keyed=True)
    if not isinstance(result, Accepted):
        raise CallFailed(result)
    if not isinstance(answer, Answer) or not isinstance(answer.body, dict):
        raise CallFailed(Refused(200, Reason.NOT_LINE))
    return answer.body


async def _bytes(response: aiohttp.ClientResponse) -> bytes:
    collected = bytearray()
    async for chunk in response.content.iter_any():
        collected += chunk
        if len(collected) > MAX_ANSWER:
            raise ValueError("the answer is too long")
    return bytes(collected)
