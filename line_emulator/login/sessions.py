"""Opened LIFF apps, and the access tokens that people's pages hold (LINE.md 7.1)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from line_emulator.clock import Clock
from line_emulator.ledger import Ledger, Record

ACCESS_SECONDS = 12 * 3600


@dataclass(slots=True, frozen=True)
class UserToken:
    """`user_id`: the person as this platform knows them; what a provider is told may be another id."""

    token: str
    channel_id: str
    user_id: str
    scopes: tuple[str, ...]
    until: int


@dataclass(slots=True, frozen=True)
class Session:
    """One opening of a LIFF app by one person. `talk`: the official account whose talk it was opened from.
    `is_inside`: in the phone's own browser; else in another one, after a login there."""

    session_id: str
    liff_id: str
    user_id: str
    is_inside: bool
    access_token: str
    id_token: str | None
    talk: str | None = None


class Sessions:
    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._clock = clock
        self.open: dict[str, Session] = {}
        self._tokens: dict[str, UserToken] = {}
        ledger.on("user_token", self._apply_token)
        ledger.on("user_token_revoked", self._apply_revoked)
        ledger.on("session", self._apply_session)
        ledger.on("session_closed", self._apply_closed)

    def snapshot(self) -> Iterator[Record]:
        for token in self._tokens.values():
            yield token_record(token)
        for session in self.open.values():
            yield session_record(session)

    def token(self, text: str) -> UserToken | None:
        """A user access token that is neither over nor revoked."""
        found = self._tokens.get(text)
        return found if found and found.until > self._clock.now() else None

    def tokens_of(self, user_id: str, channel_id: str) -> list[UserToken]:
        held = self._tokens.values()
        return [token for token in held if (token.user_id, token.channel_id) == (user_id, channel_id)]

    def _apply_token(self, record: Record) -> None:
        fields = record["token"]
        self._tokens[fields["token"]] = UserToken(**{**fields, "scopes": tuple(fields["scopes"])})
        if len(self._tokens) > 10_000:
            now = self._clock.now()
            self._tokens = {text: token for text, token in self._tokens.items() if token.until > now}

    def _apply_revoked(self, record: Record) -> None:
        self._tokens.pop(record["token"], None)

    def _apply_session(self, record: Record) -> None:
        session = Session(**record["session"])
        self.open[session.session_id] = session

    def _apply_closed(self, record: Record) -> None:
        session = self.open.pop(record["sessionId"], None)
        if session is not None:
            self._tokens.pop(session.access_token, None)


def token_record(token: UserToken) -> Record:
    return {"t": "user_token", "token": asdict(token)}


def session_record(session: Session) -> Record:
    return {"t": "session", "session": asdict(session)}
