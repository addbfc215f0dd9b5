"""Organisations are walled twice: by the queries, and by PostgreSQL itself."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from madoguchi.accounts.models import User
from madoguchi.audit.actions import OutsideTransaction, record
from madoguchi.audit.models import Entry
from madoguchi.channels.models import Channel
from madoguchi.core import seal, walls
from madoguchi.inbox import router
from madoguchi.threads.models import Message
from tests.people import Town, found_town, text


def heard(town: Town) -> None:
    with transaction.atomic():
        router.route(town.channel, text("ひみつ"))


def test_inside_a_wall_the_neighbour_is_not_there(town: Town) -> None:
    neighbour = found_town("となり町")
    heard(town)
    with walls.within(neighbour.organisation.pk):
        assert not Message.objects.exists()
        assert not Channel.objects.filter(pk=town.channel.pk).exists()
    with walls.within(town.organisation.pk):
        assert Message.objects.exists()


def test_without_a_wall_nothing_is_seen(town: Town) -> None:
    with walls.within(None):
        assert not User.objects.exists()


def test_inside_a_wall_nothing_can_be_written_for_the_neighbour(town: Town) -> None:
    neighbour = found_town("となり町")
    with walls.within(neighbour.organisation.pk), pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(organisation_id=town.organisation.pk, verb="forged")


def test_a_rollback_does_not_leave_the_wall_of_before(town: Town) -> None:
    neighbour = found_town("となり町")
    heard(town)
    with walls.within(neighbour.organisation.pk):
        with transaction.atomic():
            list(User.objects.all())
            transaction.set_rollback(True)
        assert not Message.objects.exists()


def test_every_table_that_names_an_organisation_is_walled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    named = {
        model._meta.db_table
        for model in apps.get_models()
        if any(f.column == "organisation_id" for f in model._meta.fields)
    }
    assert named - walled == set()


def test_the_log_can_only_grow(town: Town) -> None:
    assert Entry.objects.exists()
    assert Entry.objects.update(verb="nothing") == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
        assert cursor.rowcount == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    town = found_town()
    with pytest.raises(OutsideTransaction):
        record(town.sato, "desk.read", town.channel)


def test_a_ciphertext_moved_elsewhere_does_not_open(town: Town) -> None:
    heard(town)
    message = Message.objects.select_related("contact").filter(author_kind="friend").get()
    message.number += 1
    with pytest.raises(seal.CannotOpen):
        _ = message.content
