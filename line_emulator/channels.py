"""LINE official accounts, each with one Messaging API channel, and the tokens that open them."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from line_emulator import ids
from line_emulator.clock import Clock
from line_emulator.ledger import Ledger, Record

EXPIRED = "expired-"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Refused(Exception):
    """A control request that cannot be done; the text says why."""


@dataclass(slots=True)
class Channel:
    """See README.md for each field's meaning; JSON has the same names in camelCase."""

    channel_id: str
    name: str
    basic_id: str
    secret: str
    access_token: str
    bot_user_id: str
    picture_url: str | None = None
    premium_id: str | None = None
    webhook_url: str | None = None
    webhook_active: bool = True
    redelivery: bool = False
    redelivery_delays: list[float] = field(default_factory=lambda: [2, 10, 30, 60, 300])
    chat_mode: str = "chat"
    mark_as_read_mode: str = "manual"
    quota: int | None = None
    usage: int = 0
    usage_month: str = ""
    rate_scale: float | None = None
    verified: bool = True
    batch_size: int = 1
    batch_wait_ms: int = 0
    concurrency: int = 32
    webhook_timeout_ms: int = 2000
    escape: str = "astral"
    reply_token_seconds: float = 60
    strict_multicast: bool = False
    old_secret: str | None = None

    @property
    def reads_at_once(self) -> bool:
        return self.chat_mode == "bot" or self.mark_as_read_mode == "auto"


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


_NAMES = {camel(item.name): item.name for item in fields(Channel)}
_READ_ONLY = frozenset({"usageMonth", "oldSecret"})
_HIDDEN = ("secret", "accessToken", "oldSecret", "usageMonth")
_CHOICES = {
    "chatMode": ("chat", "bot"),
    "markAsReadMode": ("manual", "auto"),
    "escape": ("astral", "all", "none"),
}
_SHAPES = {"channelId": r"[0-9]{10}", "basicId": r"@[0-9a-zA-Z._-]{1,30}", "botUserId": r"U[0-9a-f]{32}"}
_KINDS: dict[str, type | tuple[type, ...]] = {
    "webhookActive": bool, "redelivery": bool, "verified": bool, "strictMulticast": bool,
    "redeliveryDelays": list, "quota": int, "usage": int, "rateScale": (int, float), "batchSize": int,
    "batchWaitMs": int, "concurrency": int, "webhookTimeoutMs": int, "replyTokenSeconds": (int, float),
}  # fmt: skip
_NULLABLE = frozenset({"pictureUrl", "premiumId", "webhookUrl", "quota", "rateScale"})


def as_json(channel: Channel) -> Record:
    return {name: getattr(channel, attribute) for name, attribute in _NAMES.items() if name != "usageMonth"}


def record_of(channel: Channel) -> Record:
    return {
        "t": "channel",
        "channel": {name: getattr(channel, attribute) for name, attribute in _NAMES.items()},
    }


def public_json(channel: Channel) -> Record:
    """What a phone page may know."""
    return {name: value for name, value in as_json(channel).items() if name not in _HIDDEN}


def check_fields(given: Record) -> None:
    """Raises Refused for an unknown name or a value of the wrong kind."""
    for name, value in given.items():
        if name not in _NAMES or name in _READ_ONLY:
            raise Refused(f"unknown field {name}")
        if value is None and name in _NULLABLE:
            continue
        if not isinstance(value, _KINDS.get(name, str)):
            raise Refused(f"{name} has the wrong type")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise Refused(f"{name} must be one of {', '.join(_CHOICES[name])}")
        if name in _SHAPES and not re.fullmatch(_SHAPES[name], str(value)):
            raise Refused(f"{name} has the wrong shape")
    if given.get("webhookUrl") and not is_loopback_url(given["webhookUrl"]):
        raise Refused("webhookUrl must be a loopback address: this stand-in speaks to nobody else")


def is_loopback_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and parts.hostname in LOOPBACK and (parts.port or 1) > 0
    except ValueError:
        return False


class Channels:
    """All channels by id, by token and by basic id."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._clock = clock
        self.by_id: dict[str, Channel] = {}
        self._by_token: dict[str, Channel] = {}
        self._issued: dict[str, tuple[str, int]] = {}
        ledger.on("channel", self._apply_channel)
        ledger.on("usage", self._apply_usage)
        ledger.on("token", self._apply_token)
        ledger.on("token_revoked", self._apply_revoked)
        ledger.on("tokens_expired", self._apply_expired)

    def snapshot(self) -> Iterator[Record]:
        for channel in self.by_id.values():
            yield record_of(channel)
        for token, (channel_id, until) in self._issued.items():
            yield {"t": "token", "token": token, "channelId": channel_id, "until": until}

    def drafted(self, given: Record) -> Record:
        """The full JSON of a new or updated channel; nothing is stored yet."""
        check_fields(given)
        known = self.by_id.get(given.get("channelId", ""))
        if known is None:
            return self._new(given)
        merged = {name: getattr(known, attribute) for name, attribute in _NAMES.items()} | given
        if merged["secret"] != known.secret:
            merged["oldSecret"] = known.secret
        if "usage" in given:
            merged["usageMonth"] = self._clock.month()
        self._refuse_twins(merged)
        return merged

    def _new(self, given: Record) -> Record:
        if not given.get("name"):
            raise Refused("a channel needs a name")
        made_up = {
            "channelId": ids.channel_id(), "basicId": "@" + secrets.token_hex(4), "secret": secrets.token_hex(16),
            "accessToken": secrets.token_urlsafe(96), "botUserId": ids.user_id(), "usageMonth": self._clock.month(),
        }  # fmt: skip
        self._refuse_twins(made_up | given)
        return made_up | given

    def _refuse_twins(self, given: Record) -> None:
        for other in self.by_id.values():
            if other.channel_id == given["channelId"]:
                continue
            if other.basic_id == given["basicId"] or other.access_token == given["accessToken"]:
                raise Refused("another channel has this basicId or accessToken")

    def by_token(self, token: str) -> Channel | None:
        """The channel a bearer token opens: its long-lived one, or an issued one that has not expired."""
        channel = self._by_token.get(token)
        if channel is not None:
            return channel
        channel_id, until = self._issued.get(token, ("", 0))
        return self.by_id.get(channel_id) if until > self._clock.now() else None

    def seconds_left(self, token: str) -> int:
        """How long an issued token still lives; 0 when unknown, over, or of the long-lived kind."""
        _, until = self._issued.get(token, ("", 0))
        return max(0, (until - self._clock.now()) // 1000)

    def by_basic_id(self, basic_id: str) -> Channel | None:
        wanted = basic_id.lower()
        return next((c for c in self.by_id.values() if wanted in {c.basic_id.lower(), c.premium_id}), None)

    def usage(self, channel: Channel) -> int:
        """Messages billed this month, in Japan's calendar."""
        return channel.usage if channel.usage_month == self._clock.month() else 0

    def _apply_channel(self, record: Record) -> None:
        values: dict[str, Any] = {_NAMES[name]: value for name, value in record["channel"].items()}
        old = self.by_id.get(values["channel_id"])
        if old is not None:
            self._by_token.pop(old.access_token, None)
            for attribute, value in values.items():
                setattr(old, attribute, value)
        channel = old or Channel(**values)
        self.by_id[channel.channel_id] = channel
        if not channel.access_token.startswith(EXPIRED):
            self._by_token[channel.access_token] = channel

    def _apply_usage(self, record: Record) -> None:
        channel = self.by_id[record["channelId"]]
        same_month = channel.usage_month == record["month"]
        channel.usage = (channel.usage if same_month else 0) + record["count"]
        channel.usage_month = record["month"]

    def _apply_token(self, record: Record) -> None:
        self._issued[record["token"]] = (record["channelId"], record["until"])
        if len(self._issued) > 1000:
            now = self._clock.now()
            self._issued = {token: held for token, held in self._issued.items() if held[1] > now}

    def _apply_revoked(self, record: Record) -> None:
        self._issued.pop(record["token"], None)

    def _apply_expired(self, record: Record) -> None:
        channel = self.by_id[record["channelId"]]
        self._by_token.pop(channel.access_token, None)
        channel.access_token = EXPIRED + record["mark"]
        self._issued = {t: held for t, held in self._issued.items() if held[0] != channel.channel_id}
