"""Login channels and their LIFF apps. A login channel stands beside an official account, under one provider."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from line_emulator import ids
from line_emulator.clock import Clock
from line_emulator.ledger import Ledger, Record
from line_emulator.login.jwt import Key

PROVIDER = "main"
MOST_APPS = 30
LIFF_ID = re.compile(r"[0-9]{10}-[0-9A-Za-z]{8}")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@dataclass(slots=True)
class LoginChannel:
    """`linked`: the official account it stands beside. `algorithm`: how its ID tokens are signed, ES256 or HS256."""

    channel_id: str
    name: str
    secret: str
    linked: str | None = None
    provider: str = PROVIDER
    algorithm: str = "ES256"

    def user_id(self, user_id: str) -> str:
        """The person under this provider: all official accounts are under `main`, elsewhere the id is another one."""
        if self.provider == PROVIDER:
            return user_id
        return "U" + hashlib.blake2b(f"{self.provider}|{user_id}".encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class LiffApp:
    """`tokens`: what its pages get (README.md, LIFF): good, expired, revoked, wrongAudience and so on."""

    liff_id: str
    channel_id: str
    endpoint_url: str
    view_type: str = "full"
    name: str = ""
    scopes: list[str] = field(default_factory=lambda: ["openid", "profile"])
    bot_prompt: str = "none"
    qr_code: bool = False
    module_mode: bool = False
    tokens: str = "good"

    @property
    def url(self) -> str:
        return f"https://liff.line.me/{self.liff_id}"


def new_liff_id(channel_id: str) -> str:
    return f"{channel_id}-{''.join(secrets.choice(_ALPHABET) for _ in range(8))}"


class Logins:
    """Login channels by id, LIFF apps by id, channel access tokens, and the platform's signing key."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger, self._clock = ledger, clock
        self.by_id: dict[str, LoginChannel] = {}
        self.apps: dict[str, LiffApp] = {}
        self._tokens: dict[str, tuple[str, int]] = {}
        self._key: Key | None = None
        ledger.on("login", self._apply_login)
        ledger.on("login_key", self._apply_key)
        ledger.on("login_token", self._apply_token)
        ledger.on("login_token_revoked", self._apply_token_revoked)
        ledger.on("liff", self._apply_app)
        ledger.on("liff_gone", self._apply_app_gone)

    def settings(self) -> list[Record]:
        """The records of what somebody set up: channels, apps and the key that pages and servers know."""
        key: list[Record] = [{"t": "login_key", "pem": self._key.pem}] if self._key else []
        logins: list[Record] = [{"t": "login", "login": asdict(login)} for login in self.by_id.values()]
        return key + logins + [{"t": "liff", "app": asdict(app)} for app in self.apps.values()]

    def snapshot(self) -> Iterator[Record]:
        yield from self.settings()
        for token, (channel_id, until) in self._tokens.items():
            yield {"t": "login_token", "token": token, "channelId": channel_id, "until": until}

    @property
    def key(self) -> Key:
        """Made when first needed; the same over restarts."""
        if self._key is None:
            self._ledger.commit({"t": "login_key", "pem": Key().pem})
        assert self._key is not None  # noqa: S101  (the record was applied)
        return self._key

    def drafted(self, **fields: Any) -> LoginChannel:
        """A new one; `fields` that are None are made up."""
        given = {name: value for name, value in fields.items() if value is not None}
        made_up = {"channel_id": ids.channel_id(), "name": "ログイン", "secret": secrets.token_hex(16)}
        return LoginChannel(**(made_up | given))

    def beside(self, channel_id: str) -> LoginChannel | None:
        """The login channel of an official account."""
        return next((login for login in self.by_id.values() if login.linked == channel_id), None)

    def apps_of(self, channel_id: str) -> list[LiffApp]:
        return [app for app in self.apps.values() if app.channel_id == channel_id]

    def by_token(self, token: str) -> LoginChannel | None:
        channel_id, until = self._tokens.get(token, ("", 0))
        return self.by_id.get(channel_id) if until > self._clock.now() else None

    def _apply_login(self, record: Record) -> None:
        login = LoginChannel(**record["login"])
        self.by_id[login.channel_id] = login

    def _apply_key(self, record: Record) -> None:
        self._key = Key(record["pem"])

    def _apply_token(self, record: Record) -> None:
        self._tokens[record["token"]] = (record["channelId"], record["until"])

    def _apply_token_revoked(self, record: Record) -> None:
        self._tokens.pop(record["token"], None)

    def _apply_app(self, record: Record) -> None:
        app = LiffApp(**record["app"])
        self.apps[app.liff_id] = app

    def _apply_app_gone(self, record: Record) -> None:
        self.apps.pop(record["liffId"], None)
