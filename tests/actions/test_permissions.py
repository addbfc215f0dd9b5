"""The permission table: every route has a row, and every row is kept cell by cell."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.urls.resolvers import RegexPattern

from madoguchi.accounts.models import Role
from madoguchi.accounts.permissions import TABLE, may
from tests.people import Town


def routes(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += routes(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            found.append((f"{prefix}{pattern.name}", pattern))
    return found


ALL = routes(get_resolver())


def without_a_row(resolver: URLResolver) -> set[str]:
    return {name for name, _pattern in routes(resolver)} - set(TABLE)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert without_a_row(get_resolver()) == set()
    assert set(TABLE) - {name for name, _pattern in ALL} == set()


def test_a_planted_route_without_a_row_is_found_and_closed_to_all(town: Town) -> None:
    planted = URLResolver(RegexPattern(r"^/"), [path("secret/", lambda request: request, name="secret")])
    assert without_a_row(planted) == {"secret"}
    assert not any(may(user, "secret") for user in (town.sato, town.supervisor, town.administrator))


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if not row.is_public))
@pytest.mark.parametrize("role", [*Role, None])
def test_a_route_opens_for_its_roles_and_looks_absent_to_others(
    town: Town, client: Client, name: str, role: Role | None
) -> None:
    user = town.sato
    user.roles = [role] if role else []
    user.save()
    client.force_login(user)
    pattern = dict(ALL)[name].pattern
    sample = {
        "pk": 999999,
        "channel_pk": 999999,
        "key": "q1",
        "number": 1,
        "token": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        "variant": "full",
        "way": "line",
        "kind": "svg",
    }
    address = reverse(name, kwargs={key: sample[key] for key in pattern.converters})
    if not may(user, name):
        answer = client.get(address)
        assert answer.status_code == 404
        assert b"999999" not in answer.content


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if not row.is_public))
def test_nobody_gets_in_without_signing_in(client: Client, name: str) -> None:
    pattern = dict(ALL)[name].pattern
    sample = {
        "pk": 1,
        "channel_pk": 1,
        "key": "q1",
        "number": 1,
        "token": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        "variant": "full",
        "way": "line",
        "kind": "svg",
    }
    answer = client.get(reverse(name, kwargs={key: sample[key] for key in pattern.converters}))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_administrator_reads_no_content() -> None:
    content = {
        "desk:conversation",
        "desk:messages",
        "desk:lists",
        "desk:attachment",
        "desk:index",
        "desk:state",
        "desk:reveal",
    }
    assert all(Role.ADMINISTRATOR not in TABLE[verb].roles for verb in content)
