"""Knocking at the webhook door by hand, as LINE or a stranger would."""

from collections.abc import Iterable

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
    pieces: Iterable[bytes] | None = None,
) -> int:
    """The door's status. Signed with the town's own secret unless told otherwise; `signature=""` sends none;
    `pieces` are sent in place of `raw`, without saying how long they are."""
    signed = sign(secret or town.account.channel["secret"], raw) if signature is None else signature
    headers = {"Content-Type": "application/json"} | ({"x-line-signature": signed} if signed else {})
    url = f"{town.desk}/line/webhook/{town.channel.key if key is None else key}"
    body = raw if pieces is None else pieces
    answer = _pool.request(method, url, body=body, headers=headers, timeout=20, chunked=pieces is not None)
    return int(answer.status)
