"""Each organisation's keys, opened with the root key and kept in memory."""

from functools import cache

from django.conf import settings

from madoguchi.accounts.models import Organisation, OrganisationKey
from madoguchi.core import seal


@cache
def root_key() -> bytes:
    return seal.read_root_key(settings.ROOT_KEY_FILE)


@cache
def _organisation_key(organisation_id: int, epoch: int) -> bytes:
    row = OrganisationKey.objects.get(organisation_id=organisation_id, epoch=epoch)
    return seal.unwrap(root_key(), row.wrapped)


@cache
def lookup_key(organisation_id: int) -> bytes:
    """The key of the organisation's keyed hashes. It stays the same over all epochs, so that a hash finds its row again."""
    return seal.derive(root_key(), f"lookup {organisation_id}")


def current_epoch(organisation_id: int) -> int:
    newest = OrganisationKey.objects.filter(organisation_id=organisation_id).order_by("-epoch").first()
    if newest is None:
        raise Organisation.DoesNotExist("the organisation has no key")
    return newest.epoch


def new_data_key(organisation_id: int) -> tuple[bytes, bytes, int]:
    """A new data key: (key, wrapped key, epoch of the organisation's key that wraps it)."""
    epoch = current_epoch(organisation_id)
    key = seal.new_key()
    return key, seal.wrap(_organisation_key(organisation_id, epoch), key), epoch


def data_key(organisation_id: int, wrapped: seal.Sealed, epoch: int) -> bytes:
    """The data key of a contact or channel."""
    return seal.unwrap(_organisation_key(organisation_id, epoch), wrapped)


def account_hash(value: str) -> bytes:
    """A keyed hash of an e-mail or network address, over all organisations."""
    return seal.lookup(seal.derive(root_key(), "sign-in"), value.strip().lower())
