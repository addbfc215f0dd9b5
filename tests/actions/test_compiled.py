"""A statement that is made once gives the same rows as the queryset that it was made of, whatever values it is given."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madoguchi.accounts.models import Role, User
from madoguchi.core import clock, walls
from madoguchi.core.compiled import Compiled, among, moment
from tests.people import Town

_with_organisation = Compiled(lambda pk: User.objects.filter(pk=pk).select_related("organisation"))
_by_email = Compiled(lambda email: User.objects.filter(email=email), str)
_names_of = Compiled(
    lambda wanted: User.objects.filter(among("accounts_user.id", wanted)).values_list("name", flat=True)
)
_made_between = Compiled(
    lambda organisation, since, until: User.objects.filter(
        organisation_id=organisation, created_at__range=(since, until)
    ).values_list("pk", "roles"),
    *(int, moment, moment),
)


def test_rows_are_what_the_queryset_makes_of_them(town: Town) -> None:
    for one in (town.sato, town.suzuki, town.sato):
        with CaptureQueriesContext(connection) as asked:
            (found,) = _with_organisation(one.pk)
            assert (found, found.organisation.name) == (one, town.organisation.name)
            assert found.roles == [Role.COUNSELLOR]
        assert len(asked) == 1
    assert _with_organisation(10**9) == []


def test_values_need_not_be_numbers(town: Town) -> None:
    assert _by_email(town.suzuki.email) == [town.suzuki]
    assert _by_email("2000000001") == []  # what stood for it while the statement was made


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_statement_serves_lists_of_any_length(town: Town, count: int) -> None:
    wanted = [town.sato, town.suzuki, town.supervisor][:count]
    assert sorted(_names_of([one.pk for one in wanted])) == sorted(one.name for one in wanted)


def test_moments_stand_where_they_were_given(town: Town) -> None:
    now, hour = clock.of_database(), timedelta(hours=1)
    found = _made_between(town.organisation.pk, now - hour, now + hour)
    assert (town.administrator.pk, [Role.ADMINISTRATOR]) in found
    assert len(found) == 4
    assert _made_between(town.organisation.pk, now + hour, now + 2 * hour) == []


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_statement_and_not_the_connection(town: Town) -> None:
    _with_organisation(town.sato.pk)
    found: list[User] = []

    def ask() -> None:
        try:
            with walls.everywhere():
                found.extend(_with_organisation(town.suzuki.pk))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [town.suzuki] * 4
