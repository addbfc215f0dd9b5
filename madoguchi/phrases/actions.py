"""Every write of the phrases: one's own by oneself, shared ones by supervisors, who also decide what counsellors propose."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import Role, User
from madoguchi.audit.actions import record
from madoguchi.phrases.finding import sought_in
from madoguchi.phrases.models import Phrase, Signature
from madoguchi.phrases.ready_made import READY_MADE


class NotYours(Exception):
    """Not to be changed by this person, or not there."""


class ShortcutTaken(Exception):
    """Another phrase among the same ones has this shortcut."""


@transaction.atomic
def write(actor: User, values: dict[str, Any], *, is_shared: bool = False) -> Phrase:
    """A new one: the actor's own, or for all. `values`: topic, title, shortcut, text, choices, checked by the form."""
    if is_shared and not actor.has_role([Role.SUPERVISOR]):
        raise NotYours
    phrase = Phrase(organisation_id=actor.organisation_id, owner=None if is_shared else actor)
    _kept(phrase, values)
    record(actor, "phrases.write", phrase, is_shared=is_shared)
    return phrase


@transaction.atomic
def change(actor: User, phrase_id: int, values: dict[str, Any]) -> Phrase:
    """Raises NotYours and ShortcutTaken. What was proposed stays proposed as it now reads."""
    phrase = _own(actor, phrase_id)
    _kept(phrase, values)
    record(actor, "phrases.change", phrase)
    return phrase


@transaction.atomic
def remove(actor: User, phrase_id: int) -> None:
    phrase = _own(actor, phrase_id)
    record(actor, "phrases.remove", phrase, is_shared=phrase.is_shared)
    phrase.delete()


@transaction.atomic
def propose(actor: User, phrase_id: int) -> Phrase:
    """Its owner would like all to have it; a supervisor decides."""
    phrase = _own(actor, phrase_id)
    if phrase.is_shared:
        raise NotYours
    if phrase.proposed_at is None:
        Phrase.objects.filter(pk=phrase.pk).update(proposed_at=Now())
        record(actor, "phrases.propose", phrase)
    return phrase


@transaction.atomic
def share(actor: User, phrase_id: int) -> Phrase:
    """A supervisor gives to all what was proposed, or something own. Raises ShortcutTaken."""
    phrase = _for_a_supervisor(actor, phrase_id)
    by, phrase.owner, phrase.proposed_at = phrase.owner_id, None, None
    _saved(phrase)
    record(actor, "phrases.share", phrase, counsellor=by)
    return phrase


@transaction.atomic
def decline(actor: User, phrase_id: int) -> Phrase:
    """It stays its owner's own."""
    phrase = _for_a_supervisor(actor, phrase_id)
    Phrase.objects.filter(pk=phrase.pk).update(proposed_at=None)
    record(actor, "phrases.decline", phrase, counsellor=phrase.owner_id)
    return phrase


@transaction.atomic
def install(actor: User) -> int:
    """Add the ready-made ones that are not there yet: for all when a supervisor does, otherwise as one's own; how many."""
    is_shared = actor.has_role([Role.SUPERVISOR])
    there = set(Phrase.objects.usable_by(actor).values_list("title", "shortcut"))
    titles, shortcuts = {title for title, _ in there}, {shortcut for _, shortcut in there}
    missing = [one for one in READY_MADE if one["title"] not in titles]
    for one in missing:
        taken = one["shortcut"] in shortcuts
        write(actor, {**one, "shortcut": "" if taken else one["shortcut"]}, is_shared=is_shared)
    return len(missing)


@transaction.atomic
def sign_as(actor: User, name: str) -> None:
    """What {相談員} becomes in this person's answers; empty: the plain word."""
    if name:
        fresh = {"name": name, "organisation_id": actor.organisation_id}
        Signature.objects.update_or_create(user=actor, defaults=fresh)
    else:
        Signature.objects.filter(user=actor).delete()
    record(actor, "phrases.sign_as", actor)


def _kept(phrase: Phrase, values: dict[str, Any]) -> None:
    for name in ("topic", "title", "shortcut", "text", "choices"):
        setattr(phrase, name, values[name])
    phrase.folded = sought_in(phrase.title, phrase.shortcut, phrase.text)
    _saved(phrase)


def _saved(phrase: Phrase) -> None:
    phrase.changed_at = Now()
    try:
        with transaction.atomic():
            phrase.save()
    except IntegrityError:
        raise ShortcutTaken from None


def _own(actor: User, phrase_id: int) -> Phrase:
    phrase = _locked(actor, phrase_id)
    if not phrase.may_be_changed_by(actor):
        raise NotYours
    return phrase


def _for_a_supervisor(actor: User, phrase_id: int) -> Phrase:
    phrase = _locked(actor, phrase_id)
    if not actor.has_role([Role.SUPERVISOR]) or phrase.is_shared:
        raise NotYours
    return phrase


def _locked(actor: User, phrase_id: int) -> Phrase:
    visible = Phrase.objects.visible_to(actor).select_for_update(of=("self",))
    phrase = visible.filter(pk=phrase_id).first()
    if phrase is None:
        raise NotYours
    return phrase
