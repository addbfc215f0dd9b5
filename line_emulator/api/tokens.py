"""Channel access tokens by channel id and secret: stateless (15 minutes) and short-lived (30 days) (LINE.md 3.12)."""

import hmac
import secrets

from line_emulator import answers
from line_emulator.answers import Reply
from line_emulator.calls import Call
from line_emulator.routes import Route

STATELESS_SECONDS = 900
SHORT_LIVED_SECONDS = 30 * 86_400
SCOPE = "P CM"


def _authorised(call: Call) -> str:
    """The kind of record that keeps a token of the channel that asks; login channels have tokens too."""
    form = call.form()
    if form.get("grant_type") != "client_credentials":
        raise answers.oauth_error(400, "unsupported_grant_type", "unsupported grant type")
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    channel = call.world.channels.by_id.get(client_id)
    owner = channel or call.world.logins.by_id.get(client_id)
    if owner is None or not hmac.compare_digest(owner.secret.encode(), secret.encode()):
        raise answers.oauth_error(400, "invalid_client", "invalid client_id or client_secret")
    call.owner_id = client_id
    return "token" if channel else "login_token"


def _issue(call: Call, seconds: int) -> Reply:
    kind = _authorised(call)
    token = secrets.token_urlsafe(96)
    until = call.world.clock.now() + seconds * 1000
    call.records.append({"t": kind, "token": token, "channelId": call.owner_id, "until": until})
    return answers.ok({"token_type": "Bearer", "access_token": token, "expires_in": seconds})


def stateless(call: Call) -> Reply:
    return _issue(call, STATELESS_SECONDS)


def short_lived(call: Call) -> Reply:
    return _issue(call, SHORT_LIVED_SECONDS)


def verify(call: Call) -> Reply:
    token = call.form().get("access_token", "")
    owner = call.world.channels.by_token(token) or call.world.logins.by_token(token)
    if owner is None:
        raise answers.oauth_error(400, "invalid_request", "access token expired")
    seconds = call.world.channels.seconds_left(token) or SHORT_LIVED_SECONDS
    return answers.ok({"client_id": owner.channel_id, "expires_in": seconds, "scope": SCOPE})


def revoke(call: Call) -> Reply:
    """Also 200 for a token nobody knows; a long-lived one ends with all others of its channel."""
    token = call.form().get("access_token", "")
    channel = call.world.channels.by_token(token)
    if channel is not None and token == channel.access_token:
        mark = secrets.token_hex(8)
        call.records.append({"t": "tokens_expired", "channelId": channel.channel_id, "mark": mark})
    else:
        call.records.append({"t": "token_revoked", "token": token})
        call.records.append({"t": "login_token_revoked", "token": token})
    return Reply(200, b"")


ROUTES = [
    Route("POST", path, work, needs_token=False, is_secret=True)
    for path, work in (
        ("/oauth2/v3/token", stateless),
        ("/v2/oauth/accessToken", short_lived),
        ("/v2/oauth/verify", verify),
        ("/v2/oauth/revoke", revoke),
    )
]
