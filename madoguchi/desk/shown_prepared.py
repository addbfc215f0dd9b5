"""What the strip beside a talk draws: answers that are not sent yet, opened, and what this person may do with each."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from madoguchi.accounts.models import Role, User
from madoguchi.core import clock
from madoguchi.desk.models import Conversation, Prepared, PreparedState
from madoguchi.threads import contents


@dataclass(frozen=True)
class ShownPrepared:
    """`is_mine`: this person may change it or take it back; `may_decide`: a supervisor who may say yes."""

    prepared: Prepared = field(repr=False)
    answer: dict[str, Any] = field(repr=False)
    is_mine: bool
    may_change: bool
    may_decide: bool

    @property
    def text(self) -> str:
        return str(self.answer["shape"].get("text", ""))

    @property
    def preview(self) -> str:
        return self.text or contents.preview(self.answer["kind"], self.answer["shape"])

    @property
    def choices(self) -> list[str]:
        return list(self.answer["shape"].get("choices", []))

    @property
    def button(self) -> str:
        return str(self.answer["shape"].get("button", ""))

    @property
    def is_overtaken(self) -> bool:
        return bool(getattr(self.prepared, "is_overtaken", False)) and not self.prepared.is_brief

    @property
    def seconds_left(self) -> int:
        """How long it can still be taken back, by the server's clock."""
        at = self.prepared.at
        return max(0, int((at - clock.now()).total_seconds() + 0.999)) if at else 0

    @property
    def version(self) -> str:
        """Moves when this line would look different; what ticks is left to the page."""
        one = self.prepared
        sealing = bytes(one.sealed_answer)[
            :13
        ].hex()  # another with each change of the words, and says nothing of them
        parts = (one.pk, one.state, one.at, one.stopped, one.decided_at, sealing)
        return str((*parts, self.is_overtaken, self.is_mine, self.may_change, self.may_decide))


@dataclass(frozen=True)
class Waiting:
    lines: list[ShownPrepared] = field(repr=False)

    @property
    def version(self) -> str:
        return blake2b("".join(line.version for line in self.lines).encode(), digest_size=8).hexdigest()


def waiting(rows: list[Prepared], user: User, conversation: Conversation) -> Waiting:
    return Waiting([_shown(one, user, conversation) for one in rows])


def _shown(one: Prepared, user: User, conversation: Conversation) -> ShownPrepared:
    one.conversation = conversation
    one.contact = conversation.contact
    holds = conversation.is_held_by(user)
    is_own = one.author_id == user.pk
    decides = one.state == PreparedState.ASKED and user.has_role([Role.SUPERVISOR]) and not is_own
    return ShownPrepared(one, one.answer, is_own or holds, holds and not one.is_brief, decides)
