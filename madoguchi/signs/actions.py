"""Every change of an organisation's rules: one transaction, a new revision, an entry in the log (which holds no word)."""

from django.db import IntegrityError, transaction
from django.db.models import F

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.core import clock
from madoguchi.signs import words
from madoguchi.signs.lexicon import shipped
from madoguchi.signs.models import Lexicon, Rule, Word

OWN = "own-"


class UnknownRule(Exception):
    """There is no such rule in this organisation."""


class WordThere(Exception):
    """The rule has this word already."""


@transaction.atomic
def add_rule(actor: User, theme: str, label: str, *, heeds_denial: bool) -> Rule:
    """A rule of the organisation's own, still without words."""
    _move(actor)
    values = {"theme": theme, "label": label, "heeds_denial": heeds_denial}
    rule = Rule.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "signs.add_rule", rule)
    return rule


@transaction.atomic
def rename_rule(actor: User, name: str, label: str) -> None:
    """A rule of the organisation's own; alerts that it raised show the new name. Raises UnknownRule."""
    _move(actor)
    rule = _rule(actor, name)
    if rule.shipped or not label.strip():
        raise UnknownRule
    Rule.objects.filter(pk=rule.pk).update(label=label.strip())
    record(actor, "signs.rename_rule", rule)


@transaction.atomic
def switch(actor: User, name: str, *, is_on: bool) -> None:
    """Raises UnknownRule."""
    _move(actor)
    rule = _rule(actor, name)
    Rule.objects.filter(pk=rule.pk).update(switched_off_at=None if is_on else clock.now())
    if is_on:
        record(actor, "signs.switch_on", rule)
    else:
        record(actor, "signs.switch_off", rule)


@transaction.atomic
def add_word(actor: User, name: str, word: words.Word) -> None:
    """A word of one's own, or a shipped one that had been left out. Raises UnknownRule, WordThere, words.NotAWord."""
    words.check(word)
    _move(actor)
    rule = _rule(actor, name)
    if not Word.objects.filter(rule=rule, kind=word.kind, text=word.text, is_left_out=True).delete()[0]:
        if name in shipped() and word in shipped()[name].words:
            raise WordThere
        _keep(actor, rule, word, is_left_out=False)
    record(actor, "signs.add_word", rule)


@transaction.atomic
def drop_word(actor: User, name: str, word: words.Word) -> None:
    """One's own word goes; a shipped one is left out, and can come back. Raises UnknownRule."""
    _move(actor)
    rule = _rule(actor, name)
    own = Word.objects.filter(rule=rule, kind=word.kind, text=word.text, is_left_out=False)
    is_shipped = name in shipped() and word in shipped()[name].words
    if (
        not own.delete()[0]
        and is_shipped
        and not Word.objects.filter(rule=rule, kind=word.kind, text=word.text)
    ):
        _keep(actor, rule, word, is_left_out=True)
    record(actor, "signs.drop_word", rule)


def _keep(actor: User, rule: Rule, word: words.Word, *, is_left_out: bool) -> None:
    row = {"organisation_id": actor.organisation_id, "added_by": actor, "is_left_out": is_left_out}
    try:
        with transaction.atomic():
            Word.objects.create(rule=rule, kind=word.kind, text=word.text, **row)
    except IntegrityError:
        raise WordThere from None


def _rule(actor: User, name: str) -> Rule:
    """The organisation's row of a rule; for a shipped one it is made when it is changed first."""
    ours = Rule.objects.filter(organisation_id=actor.organisation_id)
    if name in shipped():
        values = {"theme": shipped()[name].theme}
        return ours.get_or_create(
            shipped=name, defaults={**values, "organisation_id": actor.organisation_id}
        )[0]
    number = name.removeprefix(OWN)
    rule = ours.filter(shipped="", pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if rule is None:
        raise UnknownRule
    return rule


def _move(actor: User) -> None:
    """Also the lock: changes of one organisation's rules come one after the other."""
    Lexicon.objects.get_or_create(organisation_id=actor.organisation_id)
    Lexicon.objects.filter(organisation_id=actor.organisation_id).update(revision=F("revision") + 1)
