"""LINE Login's server endpoints: what a token says, whose it is, whether its owner is a friend (LINE.md 2.11, 7.2)."""

from line_emulator import answers
from line_emulator.answers import Reply
from line_emulator.calls import Body, Call
from line_emulator.ledger import Record
from line_emulator.liff import tokens
from line_emulator.login import jwt
from line_emulator.login.channels import LoginChannel
from line_emulator.login.sessions import UserToken
from line_emulator.people import Friend
from line_emulator.routes import Route


def verify_id_token(call: Call) -> Reply:
    return answers.ok(tokens.checked_claims(call.world, call.form()))


def verify_access_token(call: Call) -> Reply:
    token = call.world.sessions.token(call.argument("access_token") or "")
    if token is None:
        raise answers.oauth_error(400, "invalid_request", "access token expired")
    seconds = (token.until - call.world.clock.now()) // 1000
    return answers.ok({
        "scope": " ".join(token.scopes), "client_id": token.channel_id, "expires_in": seconds,
    })  # fmt: skip


def _bearer(call: Call, scope: str) -> tuple[UserToken, LoginChannel, Friend]:
    """Whoever the user access token belongs to. Raises ApiError without the scope."""
    token = call.world.sessions.token(call.bearer)
    login = call.world.logins.by_id.get(token.channel_id) if token else None
    if token is None or login is None:
        raise answers.error(401, answers.BAD_TOKEN)
    if scope not in token.scopes:
        raise answers.error(403, f"The access token lacks the scope {scope}")
    return token, login, call.world.people.friends[token.user_id]


def _known(**fields: str | None) -> Record:
    return {name: value for name, value in fields.items() if value}


def profile(call: Call) -> Reply:
    _, login, friend = _bearer(call, "profile")
    named: Record = {"userId": login.user_id(friend.user_id), "displayName": friend.display_name}
    return answers.ok(named | _known(pictureUrl=friend.picture_url, statusMessage=friend.status_message))


def userinfo(call: Call) -> Reply:
    token, login, friend = _bearer(call, "openid")
    shown: Record = {"sub": login.user_id(friend.user_id)}
    if "profile" in token.scopes:
        shown |= _known(name=friend.display_name, picture=friend.picture_url)
    return answers.ok(shown)


def friendship(call: Call) -> Reply:
    """With the official account that the login channel is linked to."""
    _, login, friend = _bearer(call, "profile")
    tie = call.world.people.tie(login.linked, friend.user_id) if login.linked else None
    return answers.ok({"friendFlag": tie is not None and tie.state == "friend"})


def certs(call: Call) -> Reply:
    return answers.ok({"keys": [call.world.logins.key.jwk()]})


def discovery(call: Call) -> Reply:
    here = f"http://{call.headers.get('Host', '127.0.0.1')}"
    return answers.ok({
        "issuer": tokens.ISSUER, "token_endpoint": f"{here}/oauth2/v2.1/token", "jwks_uri": f"{here}/oauth2/v2.1/certs",
        "userinfo_endpoint": f"{here}/oauth2/v2.1/userinfo", "revocation_endpoint": f"{here}/oauth2/v2.1/revoke",
        "scopes_supported": ["openid", "profile", "email"], "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["ES256"],
    })  # fmt: skip


def revoke(call: Call) -> Reply:
    """Also 200 for a token nobody knows, as with channel access tokens."""
    form = call.form()
    login = call.world.logins.by_id.get(form.get("client_id", ""))
    if login is None or form.get("client_secret", login.secret) != login.secret:
        raise answers.oauth_error(400, "invalid_client", "invalid client_id or client_secret")
    token = call.world.sessions.token(form.get("access_token", ""))
    if token is not None and token.channel_id == login.channel_id:
        call.records.append({"t": "user_token_revoked", "token": token.token})
    return Reply(200, b"")


def deauthorize(call: Call) -> Reply:
    """A person leaves the service: the login channel ends everything that person's tokens could do there."""
    login = call.world.logins.by_token(call.bearer)
    if login is None:
        raise answers.error(401, answers.BAD_TOKEN)
    with Body(call.json()) as fields:
        text = fields.text("userAccessToken", 1000)
    token = call.world.sessions.token(text or "")
    if token is None or token.channel_id != login.channel_id:
        raise answers.error(400, "invalid userAccessToken")
    held = call.world.sessions.tokens_of(token.user_id, login.channel_id)
    call.records.extend({"t": "user_token_revoked", "token": each.token} for each in held)
    return Reply(204, b"")


def _channel(call: Call) -> str | None:
    _, _, text = call.headers.get("Authorization", "").partition(" ")
    login = call.world.logins.by_token(text.strip())
    return login.channel_id if login else None


def _client(call: Call) -> str | None:
    return call.form().get("client_id")


def _audience(call: Call) -> str | None:
    try:
        return call.form().get("client_id") or str(jwt.claims_of(call.form().get("id_token", "")).get("aud"))
    except jwt.NotAToken:
        return None


def _asked(call: Call) -> str | None:
    token = call.world.sessions.token(call.argument("access_token") or "")
    return token.channel_id if token else None


def _bearers(call: Call) -> str | None:
    _, _, text = call.headers.get("Authorization", "").partition(" ")
    token = call.world.sessions.token(text.strip())
    return token.channel_id if token else None


ROUTES = [
    Route("POST", "/oauth2/v2.1/verify", verify_id_token, needs_token=False, is_secret=True, owner=_audience),
    Route("GET", "/oauth2/v2.1/verify", verify_access_token, needs_token=False, is_secret=True, owner=_asked),
    Route("GET", "/v2/profile", profile, needs_token=False, owner=_bearers),
    Route("GET", "/oauth2/v2.1/userinfo", userinfo, needs_token=False, owner=_bearers),
    Route("POST", "/oauth2/v2.1/userinfo", userinfo, needs_token=False, is_secret=True, owner=_bearers),
    Route("GET", "/friendship/v1/status", friendship, needs_token=False, owner=_bearers),
    Route("GET", "/oauth2/v2.1/certs", certs, needs_token=False),
    Route("GET", "/.well-known/openid-configuration", discovery, needs_token=False),
    Route("POST", "/user/v1/deauthorize", deauthorize, needs_token=False, is_secret=True, owner=_channel),
    Route("POST", "/oauth2/v2.1/revoke", revoke, needs_token=False, is_secret=True, owner=_client),
]
