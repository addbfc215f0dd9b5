"""What friends are looked up by says what is known of them, whoever wrote it: the database keeps both alike."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Contact, PlainValue, Source, Values
from tests.contacts.test_values import attribute
from tests.people import Town

KINDS = ("single", "multiple", "number", "date")
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "single": st.sampled_from(["r", "g", "b", None]),
        "multiple": st.one_of(st.none(), st.sets(st.sampled_from("rgb"), min_size=1)),
        "number": st.one_of(st.none(), st.integers(-5, 99), st.sampled_from([0.5, 12.25])),
        "date": st.sampled_from(["2020-04-01", "1999-12-31", None]),
    },
)


def laid_out(plain: dict[str, object]) -> set[tuple[int, str, float | None]]:
    """What `plain` should look like, a row a value."""
    rows: set[tuple[int, str, float | None]] = set()
    for key, value in plain.items():
        if isinstance(value, list):
            rows |= {(int(key), str(code), None) for code in value}
        elif isinstance(value, int | float):
            rows.add((int(key), "", float(value)))
        else:
            rows.add((int(key), str(value), None))
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(GIVEN, max_size=5))
def test_rows_follow_every_change(town: Town, friend: Contact, acts: list[dict[str, object]]) -> None:
    wanted = _attributes(town)
    for act in acts:
        contacts.set_values(
            friend, {wanted[kind]: value for kind, value in act.items()}, source=Source.COUNSELLOR
        )
        kept = PlainValue.objects.filter(contact=friend).values_list("attribute", "code", "amount")
        known = Values.objects.filter(contact=friend).first()
        assert sorted(kept, key=str) == sorted(laid_out(known.plain if known else {}), key=str)


def _attributes(town: Town) -> dict[str, Attribute]:
    known = Attribute.objects.filter(organisation=town.organisation)
    return {one.kind: one for one in known} or {kind: attribute(town, kind) for kind in KINDS}


def test_what_is_forgotten_is_found_by_nothing(town: Town, friend: Contact) -> None:
    contacts.set_values(friend, {attribute(town, "number"): 7}, source=Source.IMPORT)
    assert PlainValue.objects.get().amount == 7
    Values.objects.all().delete()
    assert not PlainValue.objects.exists()
