"""LINE Login: whose an ID token is, by asking LINE (POST /oauth2/v2.1/verify).

LINE checks the signature; audience, issuer, expiry and nonce are looked at here once more, because the answer decides whose
words an answer is. See https://developers.line.biz/en/reference/line-login/#verify-id-token.
"""

import re
import time
from dataclasses import dataclass, field

import aiohttp

from .body import JsonObject
from .client import USER_ID
from .outcome import Refused
from .reasons import Reason
from .wire import Call, CallFailed, exchange, expect_object

ISSUER = "https://access.line.me"
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\Z")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Person:
    """Who LINE says holds the phone; `user_id` is the same as in the Messaging API of a channel of the same provider."""

    user_id: str = field(repr=False)
    name: str = field(default="", repr=False)


async def verify_id_token(
    api_base: str, id_token: str, login_channel_id: str, session: aiohttp.ClientSession, *, nonce: str = ""
) -> Person:
    """Raises CallFailed: Reason.ID_TOKEN when it is no token of this channel's, has run out or was changed."""
    if len(id_token) > _LONGEST or not _SHAPE.match(id_token):
        raise _not_valid()
    form = {"id_token": id_token, "client_id": login_channel_id} | ({"nonce": nonce} if nonce else {})
    url = api_base.rstrip("/") + "/oauth2/v2.1/verify"
    claims = expect_object(await exchange(session, Call("POST", url, {}, form)))
    if not _is_ours(claims, login_channel_id, nonce):
        raise _not_valid()
    return Person(str(claims["sub"]), str(claims.get("name") or ""))


def _is_ours(claims: JsonObject, login_channel_id: str, nonce: str) -> bool:
    until = claims.get("exp")
    return (
        claims.get("iss") == ISSUER
        and str(claims.get("aud")) == login_channel_id
        and isinstance(until, int)
        and until > time.time()
        and (not nonce or claims.get("nonce") == nonce)
        and bool(USER_ID.match(str(claims.get("sub"))))
    )


def _not_valid() -> CallFailed:
    return CallFailed(Refused(400, Reason.ID_TOKEN))
