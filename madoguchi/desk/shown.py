"""What the desk's templates draw: a message and a line of a list, opened and ready to show."""

from dataclasses import dataclass, field
from typing import Any

from madoguchi.accounts.models import User
from madoguchi.channels.line.reasons import Reason
from madoguchi.contacts.models import Contact
from madoguchi.core import clock
from madoguchi.desk import signs
from madoguchi.desk.models import Alert, Conversation
from madoguchi.threads import contents
from madoguchi.threads.models import Attachment, Author, Message, State

KNOWN_KINDS = {
    "text",
    "sticker",
    "image",
    "video",
    "audio",
    "file",
    "location",
    "postback",
    "follow",
    "unfollow",
}
NOT_CERTAIN_AFTER = clock.seconds(60)


@dataclass(frozen=True)
class ShownMessage:
    """One message. `side`: friend, ours, automatic or event; `sort` puts it in its place among the others."""

    message: Message = field(repr=False)
    content: dict[str, Any] = field(repr=False)
    side: str
    state: str
    attachment: Attachment | None = field(repr=False, default=None)
    rules: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Which partial draws it."""
        if self.message.unsent_at is not None:
            return "unsent"
        return self.message.kind if self.message.kind in KNOWN_KINDS else "unsupported"

    @property
    def sort(self) -> str:
        return f"{self.message.said_at.timestamp():015.3f} {self.message.event_id} {self.message.number:09d}"

    @property
    def reason_text(self) -> str:
        """Why it failed or is not certain, as a sentence."""
        return Reason(self.message.reason).ja if self.message.reason else ""

    @property
    def can_be_resent(self) -> bool:
        return self.state in (State.FAILED, State.UNKNOWN) and self.message.due_at is None

    @property
    def rule_labels(self) -> list[str]:
        return [signs.label(rule) for rule in self.rules]

    @property
    def preview(self) -> str:
        if self.message.unsent_at is not None:
            return "送信が取り消されました"
        return contents.preview(self.message.kind, self.content)


def shown_message(
    message: Message, contact: Contact, attachment: Attachment | None = None, rules: tuple[str, ...] = ()
) -> ShownMessage:
    message.contact = contact
    return ShownMessage(message, message.content, _side(message), _state(message), attachment, rules)


def _side(message: Message) -> str:
    if message.author_kind == Author.FRIEND:
        return "event" if message.kind in ("follow", "unfollow") else "friend"
    return "ours" if message.author_kind == Author.COUNSELLOR else "automatic"


def _state(message: Message) -> str:
    """A message that is still on its way after a minute is shown as not certain, also when no worker is there to say so."""
    is_late = message.state == State.QUEUED and message.created_at + NOT_CERTAIN_AFTER < clock.now()
    return State.UNKNOWN if is_late else message.state


@dataclass(frozen=True)
class ShownLine:
    """One conversation in a list. `preview` is content: drawing it is a read on the record."""

    conversation: Conversation
    preview: str = field(repr=False)
    unread: int
    alerts: list[Alert] = field(repr=False)

    @property
    def is_grave(self) -> bool:
        return bool(self.alerts)


def shown_line(conversation: Conversation, unread: int, alerts: list[Alert]) -> ShownLine:
    last = shown_message(conversation.last_message, conversation.contact)
    return ShownLine(conversation, last.preview, unread, alerts)


@dataclass(frozen=True)
class Talk:
    """An open conversation on the screen."""

    conversation: Conversation
    messages: list[ShownMessage] = field(repr=False)
    revision: int
    has_earlier: bool = False

    def is_held_by(self, user: User) -> bool:
        return self.conversation.is_held_by(user)
