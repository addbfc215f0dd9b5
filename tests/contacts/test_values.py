"""What is known of a friend: set in one place, cleaned, sealed where it is words, with a history that tells who and from where."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Change, Contact, Kind, Purpose, Source, Values
from madoguchi.contacts.new import NewAttribute, NewOption
from tests.people import Town, befriend, found_town

COLOURS = (NewOption("r", "赤"), NewOption("g", "緑"), NewOption("b", "青"))


def attribute(town: Town, kind: str, purpose: str = Purpose.BOTH) -> Attribute:
    options = COLOURS if kind in ("single", "multiple", "area") else ()
    new = NewAttribute(name="好きなもの", kind=kind, purpose=purpose, options=options)
    return contacts.add_attribute(town.supervisor, town.organisation, new)


@pytest.mark.parametrize(
    ("kind", "given", "read", "kept"),
    [
        ("single", "g", "g", ["g"]),
        ("area", ["b"], "b", ["b"]),
        ("multiple", {"b", "r"}, ["r", "b"], ["r", "b"]),
        ("number", "１２", 12, 12),
        ("number", 3.5, 3.5, 3.5),
        ("date", "2020年4月1日", date(2020, 4, 1), "2020-04-01"),
        ("date", date(1999, 12, 31), date(1999, 12, 31), "1999-12-31"),
    ],
)
def test_a_value_is_kept_plain_in_one_shape_and_read_in_its_own(
    town: Town, friend: Contact, kind: str, given: object, read: object, kept: object
) -> None:
    wanted = attribute(town, kind)
    assert contacts.set_values(friend, {wanted: given}, source=Source.IMPORT) == [wanted]
    assert contacts.values_of(friend) == {wanted: read}
    assert Values.objects.get().plain == {str(wanted.pk): kept}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", "x"),
        ("single", ["r", "g"]),
        ("single", 3),
        ("multiple", ["r", "x"]),
        ("number", "十二"),
        ("number", True),
        ("number", "1e9"),
        ("number", "nan"),
        ("date", "2020-02-30"),
        ("date", "3020-01-01"),
        ("date", "きのう"),
        ("text", "あ" * 2001),
    ],
)
def test_what_does_not_fit_is_said_without_the_value_and_changes_nothing(
    town: Town, friend: Contact, kind: str, given: object
) -> None:
    wanted, other = attribute(town, kind), attribute(town, Kind.TEXT)
    with pytest.raises(contacts.Unfit) as said:
        contacts.set_values(friend, {other: "ねこ", wanted: given}, source=Source.SURVEY)
    assert str(said.value.sentence).endswith("。")
    assert str(given) not in str(said.value)
    assert contacts.values_of(friend) == {}
    assert not Change.objects.exists()


def test_words_are_sealed_and_open_only_for_their_friend(town: Town, friend: Contact) -> None:
    wanted, other = attribute(town, Kind.TEXT), befriend(town, "b")
    contacts.set_values(friend, {wanted: " ねこを飼っています\r\n"}, source=Source.FRIEND)
    assert contacts.values_of(friend) == {wanted: "ねこを飼っています"}
    row = Values.objects.get()
    assert row.plain == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(v::text, '') FROM contacts_values v")
        (dumped,) = cursor.fetchone()
    assert "ねこ".encode().hex() not in dumped
    Values.objects.update(contact=other)
    with pytest.raises(Exception, match="wrong key"):
        contacts.values_of(other)


def test_the_history_tells_what_changed_who_did_it_and_where_it_came_from(
    town: Town, friend: Contact
) -> None:
    wanted = attribute(town, Kind.SINGLE)
    contacts.set_values(friend, {wanted: "r"}, source=Source.SURVEY)
    assert contacts.set_values(friend, {wanted: "r"}, source=Source.SURVEY) == []
    contacts.set_values(friend, {wanted: "g"}, source=Source.COUNSELLOR, actor=town.sato)
    contacts.set_values(friend, {wanted: None}, source=Source.FRIEND)
    history = [
        (one.before, one.after, one.source, one.actor)
        for one in Change.objects.select_related("contact").order_by("pk")
    ]
    assert history == [
        (None, ["r"], "survey", None),
        (["r"], ["g"], "counsellor", town.sato),
        (["g"], None, "friend", None),
    ]
    assert contacts.values_of(friend) == {}


def test_a_change_is_in_the_log_by_its_ids_alone(town: Town, friend: Contact) -> None:
    wanted = attribute(town, Kind.TEXT)
    contacts.set_values(friend, {wanted: "ひみつ"}, source=Source.COUNSELLOR, actor=town.sato)
    entry = Entry.objects.filter(verb="contacts.set_values").get()
    assert (entry.subject_id, entry.actor_id) == (friend.pk, town.sato.pk)
    assert entry.detail == {"source": "counsellor", "attributes": [wanted.pk]}


def test_an_answer_is_a_sign_of_life_and_an_import_is_none(town: Town, friend: Contact) -> None:
    wanted, before = attribute(town, Kind.NUMBER), friend.active_at
    contacts.set_values(friend, {wanted: 1}, source=Source.IMPORT)
    friend.refresh_from_db()
    assert friend.active_at == before
    contacts.set_values(friend, {wanted: 2}, source=Source.SURVEY)
    friend.refresh_from_db()
    assert friend.active_at > before


def test_an_option_put_away_stays_with_who_has_it_and_is_new_to_nobody(town: Town, friend: Contact) -> None:
    wanted, other = attribute(town, Kind.MULTIPLE), befriend(town, "b")
    contacts.set_values(friend, {wanted: ["r"]}, source=Source.SURVEY)
    contacts.remove_option(town.supervisor, wanted.options.get(code="r"))
    contacts.set_values(friend, {wanted: ["r", "b"]}, source=Source.SURVEY)
    assert contacts.values_of(friend) == {wanted: ["r", "b"]}
    with pytest.raises(contacts.Unfit):
        contacts.set_values(other, {wanted: ["r"]}, source=Source.SURVEY)


def test_another_organisations_attribute_is_refused(town: Town, friend: Contact) -> None:
    theirs = attribute(found_town("みどり市"), Kind.NUMBER)
    with pytest.raises(ValueError, match="another organisation"):
        contacts.set_values(friend, {theirs: 1}, source=Source.SURVEY)


def test_the_database_itself_keeps_consultations_from_those_who_deliver(town: Town) -> None:
    wanted = attribute(town, Kind.SINGLE, Purpose.CONSULTATION)
    assert wanted.readers == ["counsellor", "supervisor"]
    for readers in (["delivery"], ["administrator"], ["auditor"]):
        wanted.readers = readers
        with pytest.raises(IntegrityError), transaction.atomic():
            wanted.save()
