"""The attributes themselves: ready-made sets, keys, order, and nothing deleted that something hangs on."""

import pytest

from madoguchi.accounts.models import Role
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Contact, Kind, Purpose, Source
from madoguchi.contacts.new import NewAttribute, NewOption
from tests.people import Town


def names(town: Town) -> list[str]:
    return list(Attribute.objects.of(town.organisation).current().in_order().values_list("key", flat=True))


def add(town: Town, key: str, kind: str = Kind.NUMBER, purpose: str = Purpose.BOTH) -> Attribute:
    options = (NewOption("a", "あ"), NewOption("b", "い"), NewOption("c", "う"))
    new = NewAttribute(
        name=key, key=key, kind=kind, purpose=purpose, options=options if kind == "single" else ()
    )
    return contacts.add_attribute(town.supervisor, town.organisation, new)


def test_the_intake_of_2018_comes_at_one_press_and_only_once(town: Town) -> None:
    assert len(contacts.install_set(town.organisation, "consultation", town.supervisor)) == 4
    assert contacts.install_set(town.organisation, "consultation", town.supervisor) == []
    area = Attribute.objects.get(key="area")
    tokyo = [one for one in area.options.all() if one.code.startswith("13")]
    assert len(tokyo) == len({one.code for one in tokyo}) == len({one.name for one in tokyo}) == 62
    assert {one.group for one in tokyo} == {"区部", "市部", "西多摩郡", "島しょ"}
    assert [one.name for one in Attribute.objects.get(key="who").options.all()][:3] == ["本人", "母", "父"]
    assert Attribute.objects.filter(readers__contains=[Role.DELIVERY]).count() == 0


def test_both_sets_stand_side_by_side(town: Town) -> None:
    contacts.install_set(town.organisation, "consultation")
    contacts.install_set(town.organisation, "municipal")
    assert names(town) == [
        *("who", "area", "child_age", "topic"),
        *("district", "age_band", "household", "interests", "language"),
    ]
    for_delivery = Attribute.objects.exclude(purpose=Purpose.CONSULTATION)
    assert all(Role.DELIVERY in each.readers for each in for_delivery)


def test_who_delivers_sees_no_attribute_of_consultations_and_who_administers_none(town: Town) -> None:
    contacts.install_set(town.organisation, "consultation")
    contacts.install_set(town.organisation, "municipal")
    town.suzuki.roles = [Role.DELIVERY]
    assert Attribute.objects.visible_to(town.suzuki).count() == 5
    assert Attribute.objects.visible_to(town.sato).count() == 9
    assert Attribute.objects.visible_to(town.administrator).count() == 0


def test_a_key_is_one_organisations_once_and_made_up_when_nobody_cares(town: Town) -> None:
    add(town, "age")
    with pytest.raises(contacts.KeyTaken):
        add(town, "age")
    made_up = [add(town, "").key for _ in range(2)]
    assert made_up == ["number-2", "number-3"]


def test_what_was_said_in_consultations_does_not_become_a_matter_of_deliveries(
    town: Town, friend: Contact
) -> None:
    age = add(town, "age", purpose=Purpose.CONSULTATION)
    readers = [Role.SUPERVISOR, Role.DELIVERY]
    contacts.set_values(friend, {age: 4}, source=Source.SURVEY)
    with pytest.raises(contacts.InUse):
        contacts.change_attribute(town.supervisor, age, name="年齢", purpose=Purpose.BOTH, readers=readers)
    narrowed = contacts.change_attribute(
        town.supervisor, age, name="年齢", purpose=Purpose.CONSULTATION, readers=readers
    )
    assert narrowed.readers == ["supervisor"]
    assert Entry.objects.get(verb="contacts.change_attribute").detail == {"changed": ["name", "readers"]}


def test_attributes_and_options_change_places_with_their_neighbours(town: Town) -> None:
    one, two, three = add(town, "one"), add(town, "two"), add(town, "three", Kind.SINGLE)
    contacts.move_attribute(town.supervisor, three, -1)
    contacts.move_attribute(town.supervisor, one, -1)
    assert names(town) == ["one", "three", "two"]
    contacts.move_attribute(town.supervisor, one, 1)
    assert names(town) == ["three", "one", "two"]
    contacts.move_option(town.supervisor, three.options.get(code="c"), -1)
    assert [option.code for option in three.options.all()] == ["a", "c", "b"]
    assert two.position == 2


def test_what_a_value_hangs_on_is_put_away_and_what_nothing_hangs_on_is_gone(
    town: Town, friend: Contact
) -> None:
    used, unused = add(town, "used", Kind.SINGLE), add(town, "unused", Kind.SINGLE)
    contacts.set_values(friend, {used: "a"}, source=Source.SURVEY)
    contacts.set_values(friend, {used: None}, source=Source.SURVEY)
    assert contacts.remove_option(town.supervisor, unused.options.get(code="a"))
    assert not contacts.remove_option(town.supervisor, used.options.get(code="a"))
    assert not contacts.remove_attribute(town.supervisor, used)
    assert contacts.remove_attribute(town.supervisor, unused)
    assert names(town) == []
    contacts.restore(town.supervisor, used)
    assert names(town) == ["used"]
    assert Entry.objects.filter(verb="contacts.remove_attribute").count() == 1


def test_an_options_code_stays_whatever_it_is_called(town: Town) -> None:
    colour = add(town, "colour", Kind.SINGLE)
    added = contacts.add_option(town.supervisor, colour, NewOption("", "え"))
    with pytest.raises(contacts.KeyTaken):
        contacts.add_option(town.supervisor, colour, NewOption("a", "お"))
    contacts.change_option(town.supervisor, added, name="エ", group="かな")
    added.refresh_from_db()
    assert (added.code, added.name, added.group, added.position) == ("o4", "エ", "かな", 4)
