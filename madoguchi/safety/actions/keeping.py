"""What staff do beside a talk to keep its friend safe. Who may read the talk may set what the friend asked for; who holds it,
or a supervisor, ends what the friend began."""

from datetime import time

from django.db import transaction

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.channels.harmless import LONGEST_LABEL, LONGEST_TEXT, MOST
from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact
from madoguchi.desk.actions import NotYours
from madoguchi.desk.models import Conversation
from madoguchi.threads import actions as threads
from madoguchi.threads.quietly import ICONS


class Unfit(Exception):
    """Texts or names that could not go out."""


def _contact(actor: User, conversation_id: int) -> Contact:
    """The friend of a talk that the actor may read, locked. Raises NotYours."""
    seen = Conversation.objects.visible_to(actor).filter(pk=conversation_id)
    contact_id = seen.values_list("contact_id", flat=True).first()
    if contact_id is None:
        raise NotYours
    return threads.locked(contact_id)


@transaction.atomic
def set_hours(actor: User, conversation_id: int, begin: time | None, end: time | None) -> None:
    """Raises NotYours and contacts.UnfitWish."""
    contact = _contact(actor, conversation_id)
    contacts.keep_hours(actor, contact, begin, end)
    threads.ask_anew(contact)


@transaction.atomic
def set_silent(actor: User, conversation_id: int, *, is_silent: bool) -> None:
    contacts.keep_silent(actor, _contact(actor, conversation_id), is_silent=is_silent)


@transaction.atomic
def set_quiet(actor: User, conversation_id: int, *, is_quiet: bool, name: str) -> None:
    """Raises NotYours and contacts.UnfitWish."""
    contacts.keep_quiet(actor, _contact(actor, conversation_id), is_quiet=is_quiet, name=name)


@transaction.atomic
def set_word(actor: User, conversation_id: int, word: str, way_back: int) -> None:
    """Raises NotYours and contacts.UnfitWish."""
    contacts.agree_on_word(actor, _contact(actor, conversation_id), word, way_back)


@transaction.atomic
def end_harmless(actor: User, conversation_id: int) -> None:
    """It is known otherwise that it is safe again. What was held stays held until somebody decides."""
    contact = _contact(actor, conversation_id)
    _must_hold(actor, conversation_id)
    contacts.turn_back(actor, contact)


@transaction.atomic
def confirm_there(actor: User, conversation_id: int) -> None:
    """Somebody has made sure who is at the telephone again."""
    contact = _contact(actor, conversation_id)
    _must_hold(actor, conversation_id)
    contacts.be_there_again(actor, contact)


def _must_hold(actor: User, conversation_id: int) -> None:
    talk = Conversation.objects.get(pk=conversation_id)
    if not (talk.is_held_by(actor) or actor.has_role([Role.SUPERVISOR])):
        raise NotYours


@transaction.atomic
def set_texts(
    actor: User,
    channel: Channel,
    *,
    asks_speaker: bool,
    is_quiet: bool,
    quiet_name: str,
    quiet_icon: str,
    texts: list[dict[str, str]],
) -> None:
    """How an account keeps its friends safe. `texts`: {"label", "text"} each; none: those that come with the product. Raises
    Unfit."""
    fits = all(
        0 < len(one["label"]) <= LONGEST_LABEL and 0 < len(one["text"]) <= LONGEST_TEXT for one in texts
    )
    if not fits or len(texts) > MOST or quiet_icon not in ("", *ICONS) or "line" in quiet_name.casefold():
        raise Unfit
    Channel.objects.filter(pk=channel.pk, organisation_id=actor.organisation_id).update(
        asks_speaker=asks_speaker,
        is_quiet=is_quiet,
        quiet_name=quiet_name,
        quiet_icon=quiet_icon,
        harmless_texts=texts,
    )
    record(actor, "safety.set_texts", channel)
