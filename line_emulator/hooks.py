"""One webhook request and how it ended, in the words of LINE's error statistics (LINE.md 4.1, test call)."""

import time
from dataclasses import dataclass

import aiohttp


@dataclass(slots=True, frozen=True)
class Outcome:
    """`status` None: no answer came. `took_ms` is real time."""

    status: int | None
    reason: str
    detail: str
    took_ms: float

    @property
    def is_ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


LOST = Outcome(None, "REQUEST_TIMEOUT", "Request timeout", 0)
DROPPED = Outcome(None, "DROPPED", "dropped on request", 0)


def client() -> aiohttp.ClientSession:
    """No cookies, no proxies, no redirects. Idle connections are let go before common servers close them (5 s)."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=3)
    return aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
    )


async def post(
    session: aiohttp.ClientSession, url: str, raw: bytes, signature: str | None, limit_ms: int
) -> Outcome:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "LineBotWebhook/2.0"}
    if signature is not None:
        headers["x-line-signature"] = signature
    started = time.perf_counter()
    timeout = aiohttp.ClientTimeout(total=limit_ms / 1000)
    try:
        async with session.post(
            url, data=raw, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            await answer.read()
            status, reason, detail = _answered(answer.status)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as failure:
        status, (reason, detail) = None, _failed(failure, url)
    return Outcome(status, reason, detail, (time.perf_counter() - started) * 1000)


def _answered(status: int) -> tuple[int, str, str]:
    return status, "OK" if 200 <= status < 300 else "ERROR_STATUS_CODE", str(status)


def _failed(failure: Exception, url: str) -> tuple[str, str]:
    match failure:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return "COULD_NOT_CONNECT", f"TLS handshake failure: {url}"
        case aiohttp.ClientConnectorDNSError():
            return "COULD_NOT_CONNECT", "Unknown host"
        case aiohttp.ConnectionTimeoutError():
            return "COULD_NOT_CONNECT", "Connection timeout"
        case aiohttp.ClientConnectorError():
            return "COULD_NOT_CONNECT", "Connection refused"
        case TimeoutError():
            return "REQUEST_TIMEOUT", "Request timeout"
        case _:
            return "UNCLASSIFIED", type(failure).__name__
