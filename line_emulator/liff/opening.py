"""Opening a LIFF app: the session, the address of the first redirect, and what its page is told about itself."""

import secrets
from urllib.parse import quote, urlsplit, urlunsplit

from line_emulator.ledger import Record
from line_emulator.liff import tokens
from line_emulator.login.channels import LiffApp
from line_emulator.login.sessions import Session, session_record, token_record
from line_emulator.people import Friend
from line_emulator.world import World

SESSION_MARK = "emu_session="


def open_app(world: World, app: LiffApp, friend: Friend, talk: str | None, *, is_inside: bool) -> Session:
    """`talk`: the official account whose talk the link was tapped in."""
    login = world.logins.by_id[app.channel_id]
    token, is_known = tokens.access_token(world, login, app, friend)
    session = Session(
        secrets.token_urlsafe(24), app.liff_id, friend.user_id, is_inside, token.token,
        tokens.id_token(world, login, app, friend), talk,
    )  # fmt: skip
    kept = [token_record(token)] if is_known else []
    world.commit(*kept, session_record(session), journalled(world, session, "opened", inside=is_inside))
    return session


def close(world: World, session: Session) -> None:
    """The access token ends with it, as LINE's may."""
    world.commit(
        {"t": "session_closed", "sessionId": session.session_id}, journalled(world, session, "closed")
    )


def journalled(world: World, session: Session, what: str, **more: object) -> Record:
    """The journal's entry; tokens never stand in it."""
    channel_id = world.logins.apps[session.liff_id].channel_id
    return world.journal.record("liff", channel_id, f"liff/{what}", {
        "at": world.clock.now(), "channelId": channel_id, "what": what, "liffId": session.liff_id,
        "userId": session.user_id, "talk": session.talk, **more,
    })  # fmt: skip


def first_address(app: LiffApp, state: str, session: Session) -> str:
    """The endpoint with what stood after the liffId in `liff.state`. The session is in the fragment: no server sees it."""
    parts = urlsplit(app.endpoint_url)
    query = parts.query
    if state:
        query += ("&" if query else "") + "liff.state=" + quote(state, safe="")
    mark = SESSION_MARK + session.session_id
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, mark))


def told(world: World, app: LiffApp, session: Session | None) -> Record:
    """What `liff.init()` learns. Without a session the page stands in another browser and nobody is logged in."""
    shown: Record = {
        "liffId": app.liff_id, "endpointUrl": app.endpoint_url, "isInClient": bool(session and session.is_inside),
        "isLoggedIn": session is not None, "scopes": app.scopes, "context": context(world, app, session),
    }  # fmt: skip
    if session:
        shown |= {
            "accessToken": session.access_token, "idToken": session.id_token,
            "language": world.people.friends[session.user_id].language,
        }  # fmt: skip
    return shown


def context(world: World, app: LiffApp, session: Session | None) -> Record:
    kind = "external" if not (session and session.is_inside) else "utou" if session.talk else "none"
    shown: Record = {
        "type": kind, "liffId": app.liff_id, "viewType": app.view_type, "endpointUrl": app.endpoint_url,
        "scope": app.scopes, "permanentLinkPattern": "concat", "miniDomainAllowed": False,
        "availability": {
            "shareTargetPicker": {"permission": False, "minVer": "10.3.0"},
            "multipleLiffTransition": {"permission": True, "minVer": "10.18.0"},
            "subwindowOpen": {"permission": False, "minVer": "11.7.0"},
            "scanCodeV2": {"permission": False, "minVer": "11.7.0"},
        },
    }  # fmt: skip
    if session:
        login = world.logins.by_id[app.channel_id]
        shown |= {
            "userId": login.user_id(session.user_id),
            "accessTokenHash": tokens.access_hash(session.access_token),
        }
    return shown
