"""Making the tokens a page gets, good ones and bad ones, and checking them as LINE does (LINE.md 7.1, 7.2)."""

import base64
import hashlib
import secrets

from line_emulator import answers
from line_emulator.ledger import Record
from line_emulator.login import jwt
from line_emulator.login.channels import LiffApp, LoginChannel
from line_emulator.login.sessions import ACCESS_SECONDS, UserToken
from line_emulator.people import Friend
from line_emulator.world import World

ISSUER = "https://access.line.me"
ID_SECONDS = 3600
KINDS = ("good", "expired", "revoked", "wrongAudience", "wrongIssuer", "badSignature")
_ELSEWHERE = "1000000000"


def id_token(
    world: World, login: LoginChannel, app: LiffApp, friend: Friend, nonce: str | None = None
) -> str | None:
    """None without the scope openid. `app.tokens` decides what is wrong with it."""
    if "openid" not in app.scopes:
        return None
    now = world.clock.now() // 1000 - (ID_SECONDS + 60 if app.tokens == "expired" else 0)
    claims: Record = {
        "iss": "https://login.example" if app.tokens == "wrongIssuer" else ISSUER,
        "sub": login.user_id(friend.user_id),
        "aud": _ELSEWHERE if app.tokens == "wrongAudience" else login.channel_id,
        "exp": now + ID_SECONDS, "iat": now, "amr": ["linesso"],
    }  # fmt: skip
    if nonce:
        claims["nonce"] = nonce
    if "profile" in app.scopes:
        claims["name"] = friend.display_name
        if friend.picture_url:
            claims["picture"] = friend.picture_url
    if app.tokens == "badSignature":
        return jwt.signed(claims, "not the secret" if login.algorithm == "HS256" else jwt.Key())
    key = login.secret if login.algorithm == "HS256" else world.logins.key
    return jwt.signed(claims, key)


def access_token(world: World, login: LoginChannel, app: LiffApp, friend: Friend) -> tuple[UserToken, bool]:
    """The token, and whether it is to be kept: one that was revoked at once is known to nobody."""
    seconds = -60 if app.tokens == "expired" else ACCESS_SECONDS
    owner = _ELSEWHERE if app.tokens == "wrongAudience" else login.channel_id
    until = world.clock.now() + seconds * 1000
    token = UserToken(secrets.token_urlsafe(96), owner, friend.user_id, tuple(app.scopes), until)
    return token, app.tokens not in {"revoked", "badSignature"}


def access_hash(token: str) -> str:
    half = hashlib.sha256(token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def checked_claims(world: World, form: dict[str, str]) -> Record:
    """The claims of `id_token` for `client_id` and, when given, `nonce` and `user_id`. Raises ApiError as LINE words it."""
    token, client_id = form.get("id_token", ""), form.get("client_id", "")
    try:
        logins = world.logins.by_id
        login = logins.get(str(jwt.claims_of(token).get("aud"))) or logins.get(client_id)
        claims = jwt.checked(token, world.logins.key, login.secret if login else None)
    except jwt.NotAToken as broken:
        raise _refused("Invalid IdToken.") from broken
    if claims.get("iss") != ISSUER:
        raise _refused("Invalid IdToken Issuer.")
    if claims["exp"] * 1000 <= world.clock.now():
        raise _refused("IdToken expired.")
    if claims.get("aud") != client_id:
        raise _refused("Invalid IdToken Audience.")
    if "nonce" in form and form["nonce"] != claims.get("nonce"):
        raise _refused("Invalid IdToken Nonce.")
    if "user_id" in form and form["user_id"] != claims.get("sub"):
        raise _refused("Invalid IdToken Subject Identifier.")
    return claims


def _refused(words: str) -> answers.ApiError:
    return answers.oauth_error(400, "invalid_request", words)
