"""One API call on its way through the emulator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import orjson

from line_emulator import answers, ids
from line_emulator.channels import Channel
from line_emulator.ledger import Record
from line_emulator.validate.fields import Fields, Problems, Where, WrongType
from line_emulator.world import World

MOST_DEPTH = 100


@dataclass(slots=True)
class Call:
    """The work of its route reads it, adds what is to happen to `records` and says whether it `accepted`.

    The records are committed together with the journal entry after it has returned; an ApiError drops them.
    """

    world: World
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    request_id: str = field(default_factory=ids.request_id)
    raw: bytes = b""
    params: dict[str, str] = field(default_factory=dict)
    _channel: Channel | None = None
    records: list[Record] = field(default_factory=list)
    is_accepted: bool = False
    delivered: int = 0
    accepted_request_id: str | None = None
    fault: str | None = None
    owner_id: str | None = None
    is_json: bool = False

    @property
    def channel(self) -> Channel:
        if self._channel is None:
            raise LookupError("a route without authentication asked for the channel")
        return self._channel

    def belongs_to(self, channel: Channel) -> None:
        self._channel = channel
        self.owner_id = channel.channel_id

    @property
    def bearer(self) -> str:
        """The token of the Authorization header. Raises ApiError when there is none."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise answers.error(401, answers.NO_HEADER)
        return token.strip()

    @property
    def retry_key(self) -> str | None:
        return self.headers.get("X-Line-Retry-Key")

    def argument(self, name: str) -> str | None:
        """A query parameter; the first when given twice."""
        found = parse_qs(self.query, keep_blank_values=True).get(name)
        return found[0] if found else None

    def json(self) -> Record:
        """The body as a JSON object. Raises ApiError as LINE words it."""
        kind = self.headers.get("Content-Type", "")
        if not kind.lower().startswith(answers.JSON):
            raise answers.error(415, f"The content type, {kind}, is not supported")
        try:
            body = orjson.loads(self.raw)
        except orjson.JSONDecodeError as broken:
            where = f"(line: {broken.lineno}, column: {broken.colno})"
            raise answers.error(400, f"The request body could not be parsed as JSON {where}") from broken
        self.is_json = True
        if not isinstance(body, dict) or _is_too_deep(self.raw, body):
            raise answers.error(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
        return body

    def form(self) -> dict[str, str]:
        pairs = parse_qs(self.raw.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] for name, values in pairs.items()}


def _is_too_deep(raw: bytes, body: Record) -> bool:
    """Deeper than can be written down again; looked at closely only when there are brackets enough."""
    if raw.count(b"{") + raw.count(b"[") <= MOST_DEPTH:
        return False
    level: list[Any] = [body]
    for _ in range(MOST_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class Body:
    """Collects the problems of one request body; leaving the `with` block raises them as one answer."""

    def __init__(self, given: Record, where: Where | None = None) -> None:
        self._problems = Problems(where or Where())
        self.fields = Fields(given, "", self._problems)

    def __enter__(self) -> Fields:
        return self.fields

    def __exit__(self, kind: Any, failure: BaseException | None, trace: Any) -> None:
        if isinstance(failure, WrongType):
            raise answers.invalid_property(str(failure)) from failure
        if failure is None and self._problems.details:
            raise answers.body_errors(self._problems.details)
