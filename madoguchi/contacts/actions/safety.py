"""What a friend asked for to be safe (contacts.wishes): hours, silence, a quiet name, a word that turns the thread harmless, and
who is speaking. By the friend (`actor` None) or by staff; the contact is locked by the caller."""

import unicodedata
from dataclasses import replace
from datetime import datetime, time

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Change, Consent, Contact, Secret, Source
from madoguchi.core import clock, live

SHORTEST_WORD, LONGEST_WORD = 2, 20
LONGEST_NAME = 20
TAPS = 2  # so often in a row the way back is tapped, because others tap once out of curiosity
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


class Unfit(Exception):
    """A wish that cannot be kept as it was said."""


def folded(words: str) -> str:
    """As an agreed word is compared: width, case, kana, spaces and marks at its end make no difference."""
    plain = unicodedata.normalize("NFKC", words).casefold().translate(_TO_HIRAGANA)
    return "".join(letter for letter in plain if letter.isalnum() or letter == "ー")


def note_speaker(actor: User | None, contact: Contact, speaker: str) -> None:
    """Who is at the telephone in the talk that is open now; empty when it ends."""
    if contact.speaker != speaker:
        contact.speaker = speaker
        contact.save(update_fields=["speaker"])
        record(actor, "contacts.note_speaker", contact, speaker=speaker)


def belong_to(contact: Contact, was: str, since: datetime | None) -> None:
    """What was agreed to and became known while nobody had said who speaks (`was`) is the side's that speaks now."""
    agreed = Consent.objects.filter(contact=contact, side=was)
    known = Change.objects.filter(contact=contact, side=was, source__in=(Source.SURVEY, Source.FRIEND))
    if since is not None:
        agreed, known = agreed.filter(agreed_at__gt=since), known.filter(changed_at__gt=since)
    own = Consent.objects.standing().filter(contact=contact, side=contact.side).values("terms")
    agreed.exclude(withdrawn_at=None, terms__in=own).update(side=contact.side)
    known.update(side=contact.side)


def keep_hours(actor: User | None, contact: Contact, begin: time | None, end: time | None) -> None:
    """We write only between `begin` and `end`, in Japan's time; both None: at any hour. Raises Unfit."""
    if (begin is None) != (end is None) or (begin is not None and begin == end):
        raise Unfit
    contact.safe_from, contact.safe_until = begin, end
    record(actor, "contacts.keep_hours", contact)
    _keep(contact, "safe_from", "safe_until")


def keep_silent(actor: User | None, contact: Contact, *, is_silent: bool) -> None:
    """We never write first, at no hour."""
    contact.is_silent = is_silent
    record(actor, "contacts.keep_silent", contact)
    _keep(contact, "is_silent")


def keep_quiet(actor: User | None, contact: Contact, *, is_quiet: bool, name: str = "") -> None:
    """We speak under a quiet name: the channel's, or this friend's own. Raises Unfit."""
    if len(name) > LONGEST_NAME or "line" in name.casefold():  # LINE refuses its own name
        raise Unfit
    contact.is_quiet = is_quiet
    _reseal(contact, replace(contact.secret, name=name.strip()))
    record(actor, "contacts.keep_quiet", contact)
    _keep(contact, "is_quiet", "sealed_safety")


def agree_on_word(actor: User | None, contact: Contact, word: str, way_back: int = -1) -> None:
    """The word that turns the thread harmless, and back; empty: none. Raises Unfit."""
    known = folded(word)
    if word.strip() and not SHORTEST_WORD <= len(known) <= LONGEST_WORD:
        raise Unfit
    _reseal(contact, replace(contact.secret, word=known, way_back=way_back, awaits=False, taps=0))
    record(actor, "contacts.agree_on_word", contact)
    _keep(contact, "sealed_safety")


def await_word(contact: Contact, *, awaits: bool) -> None:
    """The friend wants to agree on a word, and the next one is it; or no longer."""
    _reseal(contact, replace(contact.secret, awaits=awaits))
    contact.save(update_fields=["sealed_safety"])


def is_agreed_word(contact: Contact, words: str) -> bool:
    agreed = contact.secret.word if contact.sealed_safety else ""
    return bool(agreed) and folded(words) == agreed


def turn_harmless(contact: Contact) -> None:
    """From now on nothing goes out but harmless texts. Twice is once."""
    if contact.harmless_since is None:
        contact.harmless_since, contact.returned_at = clock.of_database(), None
        _reseal(contact, replace(contact.secret, taps=0))
        record(None, "contacts.turn_harmless", contact)
        _keep(contact, "harmless_since", "returned_at", "sealed_safety")


def turn_back(actor: User | None, contact: Contact) -> None:
    """The friend is back by the word or the way only they know; or staff knows that it is safe again."""
    if contact.harmless_since is not None:
        contact.harmless_since, contact.returned_at = None, clock.of_database()
        record(actor, "contacts.turn_back", contact)
        _keep(contact, "harmless_since", "returned_at")


def be_there_again(actor: User, contact: Contact) -> None:
    """A person has made sure who is at the telephone after the way back."""
    if contact.returned_at is not None:
        contact.returned_at = None
        record(actor, "contacts.be_there_again", contact)
        _keep(contact, "returned_at")


def tap_way_back(contact: Contact, number: int) -> bool:
    """One of the harmless texts was asked for. True when that was the way back: this one, so often in a row."""
    secret: Secret = contact.secret
    if secret.way_back < 0:
        return False
    taps = secret.taps + 1 if number == secret.way_back else 0
    _reseal(contact, replace(secret, taps=taps % TAPS))
    contact.save(update_fields=["sealed_safety"])
    return taps >= TAPS


def _reseal(contact: Contact, secret: Secret) -> None:
    contact.sealed_safety = contact.seal_secret(secret)


def _keep(contact: Contact, *fields: str) -> None:
    contact.save(update_fields=[*fields])
    live.publish(f"contact-{contact.pk}", f"beside-{contact.pk}")
