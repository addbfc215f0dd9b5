"""Knocking at the webhook door by hand, as LINE or a stranger would."""

from typing import Any

import urllib3

from madoguchi.channels.line.signature import sign
from tests.street import Town

_pool = urllib3.PoolManager(maxsize=16, retries=False)


def knock(
    town: Town,
    raw: bytes,
    *,
    secret: str | None = None,
    signature: str | None = None,
    key: str | None = None,
    method: str = "POST",
    **options: Any,
) -> int:
    """The door's status. Signed with the town's own secret unless told otherwise; `signature=""` sends none."""
    signed = sign(secret or town.account.channel["secret"], raw) if signature is None else signature
    headers = {"Content-Type": "application/json"} | ({"x-line-signature": signed} if signed else {})
    return int(_answer(town, raw, headers, key, method, **options).status)


def _answer(
    town: Town, raw: bytes, headers: dict[str, str], key: str | None, method: str, **options: Any
) -> urllib3.BaseHTTPResponse:
    url = f"{town.desk}/line/webhook/{town.channel.key if key is None else key}"
    return _pool.request(method, url, body=raw, headers=headers, timeout=20, **options)
