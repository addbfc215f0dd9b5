"""LIFF apps of a login channel (LINE.md 2.9, 7.1), with an access token of that channel."""

from dataclasses import asdict, replace
from urllib.parse import urlsplit

from line_emulator import answers
from line_emulator.answers import Reply
from line_emulator.calls import Body, Call
from line_emulator.ledger import Record
from line_emulator.login.channels import MOST_APPS, LiffApp, LoginChannel, new_liff_id
from line_emulator.routes import Route
from line_emulator.validate.fields import Fields, Where

SIZES = ("compact", "tall", "full")
SCOPES = ("openid", "email", "profile", "chat_message.write")
PROMPTS = ("normal", "aggressive", "none")


def add(call: Call) -> Reply:
    login = _login(call)
    app = _changed(call, LiffApp(new_liff_id(login.channel_id), login.channel_id, ""), is_new=True)
    if len(call.world.logins.apps_of(login.channel_id)) >= MOST_APPS:
        raise answers.error(400, f"The number of LIFF apps must be {MOST_APPS} or fewer")
    call.records.append({"t": "liff", "app": asdict(app)})
    return answers.ok({"liffId": app.liff_id})


def list_all(call: Call) -> Reply:
    apps = call.world.logins.apps_of(_login(call).channel_id)
    if not apps:
        raise answers.error(404, "not found")
    return answers.ok({"apps": [as_json(app) for app in apps]})


def change(call: Call) -> Reply:
    call.records.append({"t": "liff", "app": asdict(_changed(call, _own(call), is_new=False))})
    return Reply(200, b"")


def remove(call: Call) -> Reply:
    call.records.append({"t": "liff_gone", "liffId": _own(call).liff_id})
    return Reply(200, b"")


def as_json(app: LiffApp) -> Record:
    return {
        "liffId": app.liff_id,
        "view": {"type": app.view_type, "url": app.endpoint_url, "moduleMode": app.module_mode},
        "description": app.name, "features": {"ble": False, "qrCode": app.qr_code},
        "permanentLinkPattern": "concat", "scope": app.scopes, "botPrompt": app.bot_prompt,
    }  # fmt: skip


def _login(call: Call) -> LoginChannel:
    login = call.world.logins.by_token(call.bearer)
    if login is None:
        raise answers.error(401, answers.BAD_TOKEN)
    return login


def _own(call: Call) -> LiffApp:
    app = call.world.logins.apps.get(call.params["liffId"])
    if app is None or app.channel_id != _login(call).channel_id:
        raise answers.error(404, "not found")
    return app


def _changed(call: Call, app: LiffApp, *, is_new: bool) -> LiffApp:
    """The app with what the body says of it; what it leaves out stays."""
    body = call.json()
    with Body(body, Where(strict_https=call.world.settings.strict_https)) as fields:
        view = fields.child("view", required=is_new)
        if view:
            view.choice("type", SIZES, required=is_new)
            _endpoint(view, required=is_new)
            view.flag("moduleMode")
        fields.text("description", 255, required=False)
        features = fields.child("features")
        if features:
            features.flag("qrCode")
        fields.choice("permanentLinkPattern", ("concat",))
        fields.choice("botPrompt", PROMPTS)
        _scopes(fields)
    return replace(app, **_said(body))


def _said(body: Record) -> Record:
    view, features = body.get("view") or {}, body.get("features") or {}
    given = {
        "view_type": view.get("type"), "endpoint_url": view.get("url"), "module_mode": view.get("moduleMode"),
        "name": body.get("description"), "qr_code": features.get("qrCode"), "scopes": body.get("scope"),
        "bot_prompt": body.get("botPrompt"),
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def _endpoint(view: Fields, *, required: bool) -> None:
    url = view.link("url", required=required)
    if url and urlsplit(url).fragment:
        view.note("invalid uri", "url")


def _scopes(fields: Fields) -> None:
    scopes: list[object] = fields.typed("scope", list) or []
    for number, scope in enumerate(scopes):
        if scope not in SCOPES:
            fields.note(f"Must be one of the following values: [{', '.join(SCOPES)}]", f"scope[{number}]")


def _owner(call: Call) -> str | None:
    _, _, token = call.headers.get("Authorization", "").partition(" ")
    login = call.world.logins.by_token(token.strip())
    return login.channel_id if login else None


ROUTES = [
    Route("POST", "/liff/v1/apps", add, needs_token=False, owner=_owner),
    Route("GET", "/liff/v1/apps", list_all, needs_token=False, owner=_owner),
    Route("PUT", "/liff/v1/apps/{liffId}", change, needs_token=False, owner=_owner),
    Route("DELETE", "/liff/v1/apps/{liffId}", remove, needs_token=False, owner=_owner),
]
