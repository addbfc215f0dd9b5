"""Friends who come one after the other have names of their own: on one desk none is taken for another."""

from django.db import transaction

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.handles import BIRDS, COLOURS, new_handle
from tests.people import Town

ALL = {colour + bird for colour in COLOURS for bird in BIRDS}


def test_the_newest_friends_of_an_organisation_have_different_handles(town: Town) -> None:
    with transaction.atomic():
        met = [contacts.meet(town.channel, f"U{number:032x}").handle for number in range(120)]
    assert len(set(met)) == 120


def test_when_all_are_taken_somebody_shares_one() -> None:
    last = min(ALL)
    assert new_handle(ALL - {last}) == last
    assert new_handle(ALL) in ALL
