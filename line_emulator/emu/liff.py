"""LIFF over the control API: apps, openings, tokens of every kind, and what the pages' SDK asks."""

import html
from dataclasses import asdict, replace
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from line_emulator import acts
from line_emulator.acts.act import Impossible, NotFound
from line_emulator.api.liff import PROMPTS, SCOPES, SIZES
from line_emulator.channels import LOOPBACK, Refused
from line_emulator.control import Ask, Work, only
from line_emulator.ledger import Record
from line_emulator.liff import opening, sending, tokens
from line_emulator.login import links
from line_emulator.login.channels import LIFF_ID, LiffApp, LoginChannel, new_liff_id
from line_emulator.login.sessions import ACCESS_SECONDS, Session, token_record
from line_emulator.people import Friend

_APP = (
    "endpointUrl", "viewType", "name", "scopes", "botPrompt", "qrCode", "moduleMode", "tokens",
)  # fmt: skip
_LOGIN = ("channelId", "loginChannelId", "loginSecret", "loginName", "provider", "algorithm")
_ATTRIBUTES = {
    "endpointUrl": "endpoint_url", "viewType": "view_type", "name": "name", "scopes": "scopes",
    "botPrompt": "bot_prompt", "qrCode": "qr_code", "moduleMode": "module_mode", "tokens": "tokens",
}  # fmt: skip
_CHOICES = {"viewType": SIZES, "botPrompt": PROMPTS, "tokens": tokens.KINDS}


def create(ask: Ask) -> Record:
    """A new app, or the known one changed; its login channel is made or found with it."""
    given = only(ask.json(), "liffId", *_APP, *_LOGIN)
    liff_id = given.get("liffId")
    known = ask.world.logins.apps.get(liff_id or "")
    if liff_id and not LIFF_ID.fullmatch(liff_id):
        raise Refused("liffId must be ten digits, a hyphen and eight letters or digits")
    login = _login(ask, given, known, liff_id)
    app = known or LiffApp(liff_id or new_liff_id(login.channel_id), login.channel_id, "")
    if app.channel_id != login.channel_id:
        raise Refused("this app belongs to another login channel")
    app = replace(app, **{_ATTRIBUTES[name]: given[name] for name in _APP if name in given})
    _check(given, app)
    ask.world.commit({"t": "login", "login": asdict(login)}, {"t": "liff", "app": asdict(app)})
    return shown(ask, app)


def _login(ask: Ask, given: Record, known: LiffApp | None, liff_id: str | None) -> LoginChannel:
    """The login channel that is named, else the app's, else the one beside the official account, else a new one."""
    logins, linked = ask.world.logins, given.get("channelId")
    if linked and linked not in ask.world.channels.by_id:
        raise NotFound("no such channel")
    named = given.get("loginChannelId") or (known.channel_id if known else (liff_id or "")[:10])
    beside = logins.beside(linked) if linked and not named else None
    before = logins.by_id.get(named) or beside
    changes = {
        "name": given.get("loginName"), "secret": given.get("loginSecret"), "linked": linked,
        "provider": given.get("provider"), "algorithm": given.get("algorithm"),
    }  # fmt: skip
    if changes["algorithm"] not in {None, "ES256", "HS256"}:
        raise Refused("algorithm must be ES256 or HS256")
    if named in ask.world.channels.by_id:
        raise Refused("a login channel is another channel than the official account's")
    if before is None:
        return logins.drafted(channel_id=named or None, **changes)
    return replace(before, **{name: value for name, value in changes.items() if value is not None})


def _check(given: Record, app: LiffApp) -> None:
    for name, choices in _CHOICES.items():
        if given.get(name, choices[0]) not in choices:
            raise Refused(f"{name} must be one of {', '.join(choices)}")
    if not isinstance(app.scopes, list) or any(scope not in SCOPES for scope in app.scopes):
        raise Refused(f"scopes must be of {', '.join(SCOPES)}")
    parts = urlsplit(app.endpoint_url)
    if parts.hostname not in LOOPBACK and parts.scheme != "https":
        raise Refused("endpointUrl must be https, or http on loopback")
    if parts.fragment or not parts.netloc:
        raise Refused("endpointUrl must be a whole address without a fragment")


def shown(ask: Ask, app: LiffApp) -> Record:
    login = ask.world.logins.by_id[app.channel_id]
    return {
        "liffId": app.liff_id, "liffUrl": app.url, "channelId": login.linked, "loginChannelId": login.channel_id,
        "loginSecret": login.secret, "loginName": login.name, "provider": login.provider, "algorithm": login.algorithm,
        **{name: getattr(app, attribute) for name, attribute in _ATTRIBUTES.items()},
    }  # fmt: skip


def list_all(ask: Ask) -> Record:
    return {"apps": [shown(ask, app) for app in ask.world.logins.apps.values()]}


def remove(ask: Ask) -> Record:
    ask.world.commit({"t": "liff_gone", "liffId": _app(ask, ask.params["liffId"]).liff_id})
    return {"ok": True}


def _app(ask: Ask, liff_id: str) -> LiffApp:
    app = ask.world.logins.apps.get(liff_id)
    if app is None:
        raise NotFound("no such LIFF app")
    return app


def _friend(ask: Ask, user_id: object) -> Friend:
    friend = ask.world.people.friends.get(str(user_id))
    if friend is None:
        raise NotFound("no such friend")
    return friend


def look(ask: Ask) -> Record:
    """What the phone shows before it opens the app: its name, and the account that it may ask to be added."""
    app, _ = _linked_app(ask, ask.argument("link"))
    login = ask.world.logins.by_id[app.channel_id]
    account = ask.world.channels.by_id.get(login.linked or "")
    friend = _friend(ask, ask.argument("userId"))
    tie = ask.world.people.tie(account.channel_id, friend.user_id) if account else None
    return {
        "liffId": app.liff_id, "name": app.name or login.name, "botPrompt": app.bot_prompt,
        "channelId": account.channel_id if account else None, "isFriend": bool(tie and tie.state == "friend"),
    }  # fmt: skip


def open_app(ask: Ask) -> Record:
    """As a tap on the link does: the session, its tokens and the address that the browser goes to first."""
    given = only(ask.json(), "userId", "channelId", "link", "liffId", "external", "addFriend")
    app, state = _linked_app(ask, str(given.get("link") or f"https://liff.line.me/{given.get('liffId')}"))
    login, talk = ask.world.logins.by_id[app.channel_id], given.get("channelId")
    if talk is not None and talk not in ask.world.channels.by_id:
        raise NotFound("no such channel")
    friend, is_inside = _friend(ask, given.get("userId")), not given.get("external")
    if given.get("addFriend") and login.linked:
        acts.perform(ask.world, {"userId": friend.user_id, "channelId": login.linked, "do": "follow"})
    session = opening.open_app(ask.world, app, friend, talk, is_inside=is_inside)
    return {
        "session": session.session_id, "url": opening.first_address(app, state, session),
        "name": app.name or login.name, "viewType": app.view_type,
        "moduleMode": app.module_mode, **opening.told(ask.world, app, session),
    }  # fmt: skip


def _linked_app(ask: Ask, link: str) -> tuple[LiffApp, str]:
    found = links.read(ask.world.logins, link)
    if found is None:
        raise NotFound("no such LIFF app")
    return found


def make_tokens(ask: Ask) -> Record:
    """Tokens without a page: good ones, or bad ones of the kind that is asked for."""
    given = only(ask.json(), "userId", "liffId", "tokens", "nonce")
    app = _app(ask, str(given.get("liffId")))
    app = replace(app, tokens=given.get("tokens") or app.tokens)
    _check({"tokens": app.tokens}, app)
    login, friend = ask.world.logins.by_id[app.channel_id], _friend(ask, given.get("userId"))
    token, is_known = tokens.access_token(ask.world, login, app, friend)
    if is_known:
        ask.world.commit(token_record(token))
    id_token = tokens.id_token(ask.world, login, app, friend, given.get("nonce"))
    return {"accessToken": token.token, "idToken": id_token, "expiresIn": ACCESS_SECONDS}


def _session(ask: Ask, given: Record) -> Session:
    session = ask.world.sessions.open.get(str(given.get("session")))
    if session is None:
        raise NotFound("this session is over")
    return session


def read_session(ask: Ask) -> Record:
    """`liff.init()`. An unknown session is none: the page stands in another browser."""
    given = only(ask.json(), "session", "liffId")
    app = _app(ask, str(given.get("liffId")))
    session = ask.world.sessions.open.get(str(given.get("session")))
    if session is not None and session.liff_id != app.liff_id:
        session = None
    if session is not None:
        ask.world.commit(opening.journalled(ask.world, session, "init"))
    return opening.told(ask.world, app, session)


def close(ask: Ask) -> Record:
    opening.close(ask.world, _session(ask, only(ask.json(), "session")))
    return {"ok": True}


def send(ask: Ask) -> Record:
    given = only(ask.json(), "session", "messages")
    sending.send(ask.world, _session(ask, given), given.get("messages"))
    return {"ok": True}


_PAGE = (
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>ログイン（練習）</title><link rel="stylesheet" href="/phone/css/login.css"></head><body><main>'
    "<p class=sign>練習</p><h1>だれとしてログインしますか</h1>"
    "<p>LINEの代役のログイン画面です。<strong>{name}</strong> に、名前などを見せます。</p><ul>{people}</ul></main></body></html>"
)


def login_page(ask: Ask) -> web.Response:
    """Where `liff.login()` goes in another browser: everybody who has a phone, to choose from."""
    app = _app(ask, ask.argument("liffId"))
    query = urlencode({"liffId": app.liff_id, "redirectUri": ask.argument("redirectUri") or app.endpoint_url})
    people = "".join(
        f'<li><a href="/emu/liff/login/{friend.user_id}?{html.escape(query)}">{html.escape(friend.display_name)}</a></li>'
        for friend in list(ask.world.people.friends.values())[:200]
    )
    name = html.escape(app.name or ask.world.logins.by_id[app.channel_id].name)
    return web.Response(text=_PAGE.format(name=name, people=people), content_type="text/html")


def log_in(ask: Ask) -> web.Response:
    """Back to the page. Only to where the app lives, so that no other page gets a session."""
    app, friend = _app(ask, ask.argument("liffId")), _friend(ask, ask.params["userId"])
    back = ask.argument("redirectUri") or app.endpoint_url
    here, there = urlsplit(app.endpoint_url), urlsplit(back)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise Impossible("redirectUri must be at the endpoint URL")
    session = opening.open_app(ask.world, app, friend, None, is_inside=False)
    mark = opening.SESSION_MARK + session.session_id
    return web.Response(status=302, headers={"Location": there._replace(fragment=mark).geturl()})


TABLE: list[tuple[str, str, Work]] = [
    ("POST", "/emu/liff", create),
    ("GET", "/emu/liff", list_all),
    ("DELETE", "/emu/liff/{liffId}", remove),
    ("GET", "/emu/liff/look", look),
    ("POST", "/emu/liff/open", open_app),
    ("POST", "/emu/liff/tokens", make_tokens),
    ("POST", "/emu/liff/session", read_session),
    ("POST", "/emu/liff/close", close),
    ("POST", "/emu/liff/send", send),
    ("GET", "/emu/liff/login", login_page),
    ("GET", "/emu/liff/login/{userId}", log_in),
]
