"""Terms and who agreed to them."""

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from madoguchi.accounts.models import Organisation, User
from madoguchi.audit.actions import record
from madoguchi.contacts.models import Consent, Contact, Terms


class NotPublished(Exception):
    """Nobody can agree to what is still being written."""


class Published(Exception):
    """A published text never changes: write a new version."""


@transaction.atomic
def write_terms(actor: User, *, purpose: str, text: str, child_text: str = "", text_en: str = "") -> Terms:
    """A new version, not shown to anybody before it is published."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.organisation_id)
    last = Terms.objects.of(actor.organisation_id).aggregate(last=Max("number"))["last"] or 0
    terms = Terms.objects.create(
        organisation_id=actor.organisation_id,
        number=last + 1,
        purpose=purpose,
        text=text,
        child_text=child_text,
        text_en=text_en,
    )
    record(actor, "contacts.write_terms", terms, number=terms.number)
    return terms


@transaction.atomic
def rewrite_terms(
    actor: User, terms: Terms, *, purpose: str, text: str, child_text: str = "", text_en: str = ""
) -> None:
    """Raises Published."""
    words = {"purpose": purpose, "text": text, "child_text": child_text, "text_en": text_en}
    if not Terms.objects.filter(pk=terms.pk, published_at=None).update(**words):
        raise Published
    record(actor, "contacts.write_terms", terms, number=terms.number)


@transaction.atomic
def publish_terms(actor: User, terms: Terms) -> None:
    """From now on friends are shown this version; who agreed to an earlier one is asked anew. Raises Published."""
    if not Terms.objects.filter(pk=terms.pk, published_at=None).update(published_at=Now()):
        raise Published
    record(actor, "contacts.publish_terms", terms, number=terms.number)


@transaction.atomic
def agree(contact: Contact, terms: Terms, way: str, actor: User | None = None) -> Consent:
    """The friend agrees (again: the same consent). Raises NotPublished."""
    if terms.published_at is None or terms.organisation_id != contact.organisation_id:
        raise NotPublished
    consent, is_new = Consent.objects.get_or_create(
        contact=contact,
        terms=terms,
        side=contact.side,
        withdrawn_at=None,
        defaults={"organisation_id": contact.organisation_id, "way": way},
    )
    if is_new:
        record(actor, "contacts.agree", contact, terms=terms.pk, way=str(way))
    return consent


@transaction.atomic
def withdraw(contact: Contact, terms: Terms, actor: User | None = None) -> bool:
    """The friend takes it back; False when there is nothing to take back."""
    standing = Consent.objects.standing().filter(contact=contact, terms=terms, side=contact.side)
    if not standing.update(withdrawn_at=Now()):
        return False
    record(actor, "contacts.withdraw", contact, terms=terms.pk)
    return True
