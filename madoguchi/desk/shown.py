"""What the desk's templates draw: a message and a line of a list, opened and ready to show."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from madoguchi.channels.line.reasons import Reason
from madoguchi.contacts.models import Contact, Speaker
from madoguchi.contacts.wishes import Because
from madoguchi.core import clock
from madoguchi.desk.models import Alert, AlertKind, Conversation, Prepared
from madoguchi.signs import marks
from madoguchi.signs.marks import Piece
from madoguchi.threads import contents
from madoguchi.threads.models import NOT_CERTAIN_AFTER, Attachment, Author, Message, State

KNOWN_KINDS = {"text", "sticker", "image", "video", "audio", "file", "location", "postback"}
HAPPENINGS = {"follow", "unfollow"}  # not said by anybody: a line across the talk


@dataclass(frozen=True)
class ShownMessage:
    """One message. `side`: its author's kind, or system for a happening. `begins`: the number of the consultation whose first
    message this is. `quoted`: in one line, what it answers to. `was_blocked`: the friend had blocked us when
    we said it. `corrected_by`: the number of the message that puts this one right. `decided`: how a supervisor said yes to it."""

    message: Message = field(repr=False)
    content: dict[str, Any] = field(repr=False)
    state: str
    attachment: Attachment | None = field(repr=False, default=None)
    rules: tuple[str, ...] = ()
    begins: int | None = None
    speaker: str = ""  # of the talk that begins here
    quoted: str = field(repr=False, default="")
    was_blocked: bool = False
    corrected_by: int = 0
    decided: Prepared | None = field(repr=False, default=None)

    @property
    def can_be_corrected(self) -> bool:
        """LINE lets an account neither edit nor unsend: what is wrong is put right by another message."""
        return self.message.kind == "text" and self.side == Author.COUNSELLOR and not self.corrected_by

    @property
    def never_arrives(self) -> bool:
        """LINE takes what is sent to somebody who has blocked us, says nothing, and never delivers it."""
        return self.was_blocked and self.state == State.ACCEPTED

    @property
    def side(self) -> str:
        if self.message.kind in HAPPENINGS:
            return "system"
        return self.message.author_kind

    @property
    def speaks(self) -> str:
        """Who speaks from here on, in words; empty: nobody has said so."""
        return str(Speaker(self.speaker).label) if self.speaker else ""

    @property
    def by(self) -> str:
        return self.message.author.name if self.message.author else ""

    @property
    def kind(self) -> str:
        """Which part of the partial draws it."""
        if self.message.unsent_at is not None:
            return "unsent"
        known = self.message.kind in KNOWN_KINDS or self.message.kind in HAPPENINGS
        return self.message.kind if known else "unsupported"

    @property
    def place(self) -> str:
        """Puts it in its place among the others, as text: LINE's time, then the event's id, then the number."""
        return f"{self.message.said_at:%Y%m%d%H%M%S%f} {self.message.event_id} {self.message.number:09d}"

    @property
    def file_name(self) -> str:
        return contents.file_name(self.content)

    @property
    def media(self) -> str:
        """What became of its picture, video, voice or file: a state of AttachmentState."""
        return self.attachment.state if self.attachment else "missing"

    @property
    def is_on_the_way(self) -> bool:
        """Not certain yet, but still being tried: nobody has to do anything."""
        return self.message.due_at is not None

    @property
    def reason_text(self) -> str:
        """Why it failed or is not certain, as a sentence."""
        return _(Reason(self.message.reason).ja) if self.message.reason else ""

    @property
    def waits_because(self) -> str:
        """Why it is held, as words."""
        return str(Because(self.message.held_because).label) if self.message.held_because else ""

    @property
    def can_be_resent(self) -> bool:
        return self.state in (State.FAILED, State.UNKNOWN) and not self.is_on_the_way

    @property
    def rule_labels(self) -> list[str]:
        return [marks.label(self.message.organisation_id, rule) for rule in self.rules]

    @property
    def pieces(self) -> list[Piece]:
        """A text with the words that the rules mark, as they stand now; empty where nothing is marked, and where LINE's own
        emoji are part of it."""
        if not self.rules or self.message.kind != "text" or self.content.get("emojis"):
            return []
        found = marks.marked(self.message.organisation_id, str(self.content.get("text", "")))
        return found if any(piece.marks for piece in found) else []

    @property
    def seconds(self) -> int:
        """How long a video or voice plays; 0 when LINE does not say."""
        return round((self.content.get("duration_ms") or 0) / 1000)

    @property
    def preview(self) -> str:
        if self.message.unsent_at is not None:
            return _("送信が取り消されました")
        return contents.preview(self.message.kind, self.content)


def shown_message(message: Message, contact: Contact, **more: Any) -> ShownMessage:
    """`more`: fields of ShownMessage beside the message itself."""
    message.contact = contact
    return ShownMessage(message, message.content, _state(message), **more)


def _state(message: Message) -> str:
    """What a friend wrote has none. What is still on its way after a minute is shown as not certain, also when no worker
    is there to say so."""
    if message.state == State.RECEIVED:
        return ""
    is_late = message.state == State.QUEUED and message.waits_since + NOT_CERTAIN_AFTER < clock.now()
    return State.UNKNOWN if is_late else message.state


@dataclass(frozen=True)
class ShownLine:
    """One conversation in a list. `preview` is content: drawing it is a read on the record. Without a `last` message the
    line shows no content. `is_known`: the tab shows it just so (`digest`), and only its place is told. `is_pressing`: a promise
    is due, or somebody waits too long; `has_whisper`: its holder has not seen what a supervisor said."""

    pk: int
    contact_id: int
    unread: int
    alerts: list[Alert] = field(repr=False)
    conversation: Conversation | None
    digest: str = ""
    is_known: bool = False
    is_pressing: bool = False
    has_whisper: bool = False
    is_practice: bool = False
    weight: int = 1
    last: ShownMessage | None = field(repr=False, default=None)

    @property
    def preview(self) -> str:
        return self.last.preview if self.last else ""

    @property
    def is_grave(self) -> bool:
        return any(alert.kind == AlertKind.SIGN for alert in self.alerts)

    @property
    def alarm(self) -> Alert | None:
        """The first answer that was to be told, while nobody has answered for it."""
        return next((alert for alert in self.alerts if alert.kind == AlertKind.ANSWER), None)


def shown_line(conversation: Conversation, **facts: Any) -> ShownLine:
    """`facts`: fields of ShownLine beside the conversation and its last message."""
    last = shown_message(conversation.last_message, conversation.contact)
    return ShownLine(conversation=conversation, last=last, **facts)


@dataclass(frozen=True)
class Talk:
    """The messages of an open conversation on the screen."""

    messages: list[ShownMessage] = field(repr=False)
    revision: int
    has_earlier: bool = False
