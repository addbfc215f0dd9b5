"""Origins: the links of posters, schools and sites, and which friend came by which."""

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.channels.models import Channel
from madoguchi.contacts.actions.tags import NameTaken
from madoguchi.contacts.models import Contact, Origin
from madoguchi.core import clock, live

_COUNT = """INSERT INTO contacts_originvisit AS known (origin_id, organisation_id, visited_on, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (origin_id, visited_on) DO UPDATE SET count = known.count + 1"""


@transaction.atomic
def add_origin(actor: User, channel: Channel, name: str) -> Origin:
    """Raises NameTaken."""
    try:
        with transaction.atomic():
            origin = Origin.objects.create(
                organisation_id=channel.organisation_id, channel=channel, name=name
            )
    except IntegrityError:
        raise NameTaken from None
    record(actor, "contacts.add_origin", origin)
    return origin


@transaction.atomic
def rename_origin(actor: User, origin: Origin, name: str) -> None:
    """Its link stays. Raises NameTaken."""
    try:
        with transaction.atomic():
            Origin.objects.filter(pk=origin.pk).update(name=name)
    except IntegrityError:
        raise NameTaken from None
    record(actor, "contacts.change_origin", origin)


@transaction.atomic
def archive_origin(actor: User, origin: Origin) -> None:
    """Put it away. Its link goes on leading to the account, because posters hang longer than anybody thinks."""
    Origin.objects.filter(pk=origin.pk, archived_at=None).update(archived_at=Now())
    record(actor, "contacts.archive_origin", origin)


@transaction.atomic
def restore_origin(actor: User, origin: Origin) -> None:
    Origin.objects.filter(pk=origin.pk).update(archived_at=None)
    record(actor, "contacts.restore_origin", origin)


def count_visit(origin: Origin) -> None:
    """Somebody opened the link: one more on this day in Japan. Not an entry of the log, for nobody did it to anybody."""
    today = clock.jst(clock.now()).date()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [origin.pk, origin.organisation_id, today])


@transaction.atomic
def come_from(contact: Contact, origin: Origin) -> bool:
    """The friend came by this origin. The first one stays, whatever link is opened later: False then."""
    if origin.channel_id != contact.channel_id:
        raise ValueError("an origin of another account")
    if not Contact.objects.filter(pk=contact.pk, origin=None).update(origin=origin, origin_at=Now()):
        return False
    record(None, "contacts.come_from", contact, origin=origin.pk)
    live.publish(f"contact-{contact.pk}", f"beside-{contact.pk}")
    return True
