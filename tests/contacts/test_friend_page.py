"""A friend's page: what is known, what changed, and what can be done; each look on the record."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import Role
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Change, Colour, Contact, Merge, Purpose, Source, Way
from tests.people import Town, befriend, found_town


@pytest.fixture
def known(town: Town, client: Client) -> Contact:
    """A friend with a LINE name, known to be a mother in Shinjuku; a counsellor is signed in."""
    client.force_login(town.sato)
    contacts.install_set(town.organisation, "consultation")
    contacts.install_set(town.organisation, "municipal")
    friend = befriend(town, "a", name="はなこ")
    contacts.set_values(friend, {key("who"): "mother", key("area"): "13104"}, source=Source.SURVEY)
    return friend


def key(name: str) -> Attribute:
    return Attribute.objects.get(key=name)


def address(name: str, pk: int) -> str:
    return reverse(f"contacts:{name}", args=[pk])


def as_delivery(town: Town, client: Client) -> None:
    town.suzuki.roles = [Role.DELIVERY]
    town.suzuki.save()
    client.force_login(town.suzuki)


def test_the_page_shows_what_is_known_and_the_look_is_on_the_record(
    town: Town, client: Client, known: Contact
) -> None:
    page = client.get(address("friend", known.pk)).content.decode()
    for words in ("母", "新宿区", "まだ分からないこと：お子さんの年齢", "アンケート", known.handle):
        assert words in page
    assert "はなこ" not in page
    entry = Entry.objects.get(verb="contacts.look")
    assert (entry.actor_id, entry.subject_id) == (town.sato.pk, known.pk)


def test_who_delivers_sees_neither_value_nor_history_of_consultations(
    town: Town, client: Client, known: Contact
) -> None:
    contacts.set_values(known, {key("age_band"): "40"}, source=Source.SURVEY)
    other = befriend(town, "b")
    contacts.merge(town.supervisor, known, other, "本人が言った")
    as_delivery(town, client)
    page = client.get(address("friend", known.pk)).content.decode()
    assert "40代" in page
    for words in ("母", "新宿区", "どなたの相談か", "本人が言った", "desk/of"):
        assert words not in page
    form = client.get(address("edit-values", known.pk)).content.decode()
    assert "どなたの相談か" not in form
    client.post(address("edit-values", known.pk), {f"a{key('who').pk}": "father"})
    assert contacts.values_of(known)[key("who")] == "mother"


def test_only_what_this_person_changed_is_changed(town: Town, client: Client, known: Contact) -> None:
    who, area, age = (f"a{key(name).pk}" for name in ("who", "area", "child_age"))
    drawn = {
        f"initial-{who}": "mother",
        who: "mother",
        f"initial-{area}": "13104",
        area: "13104",
        f"initial-{age}": "",
    }
    contacts.set_values(known, {key("who"): "father"}, source=Source.FRIEND)  # after the page was drawn
    client.post(address("edit-values", known.pk), {**drawn, age: "８"})
    assert contacts.values_of(known) == {key("who"): "father", key("area"): "13104", key("child_age"): 8}
    newest = Change.objects.latest("pk")
    assert (newest.attribute, newest.source, newest.actor) == (key("child_age"), "counsellor", town.sato)
    client.post(address("edit-values", known.pk), {**drawn, f"initial-{age}": "8", age: "8", area: ""})
    assert key("area") not in contacts.values_of(known)


def test_what_does_not_fit_is_said_beside_its_field(town: Town, client: Client, known: Contact) -> None:
    age = f"a{key('child_age').pk}"
    answer = client.post(address("edit-values", known.pk), {age: "よっつ"})
    assert "数字で入力してください" in answer.content.decode()
    assert key("child_age") not in contacts.values_of(known)


def test_tags_are_put_on_and_taken_off(town: Town, client: Client, known: Contact) -> None:
    tag = contacts.add_tag(town.sato, "見守り", Colour.SORA)
    client.post(address("tagging", known.pk), {"tag": tag.pk, "do": "put"})
    assert "タグ「見守り」をはずす" in client.get(address("friend", known.pk)).content.decode()
    client.post(address("tagging", known.pk), {"tag": tag.pk, "do": "take"})
    assert "タグ「見守り」をはずす" not in client.get(address("friend", known.pk)).content.decode()
    theirs = contacts.add_tag(found_town("みどり市").sato, "見守り", Colour.AI)
    for values in ({"tag": theirs.pk, "do": "put"}, {"tag": tag.pk, "do": "eat"}, {"tag": "x", "do": "put"}):
        assert client.post(address("tagging", known.pk), values).status_code == 404


def test_who_delivers_cannot_put_on_a_tag_of_consultations(
    town: Town, client: Client, known: Contact
) -> None:
    tag = contacts.add_tag(town.sato, "要フォロー", Colour.SHU)
    as_delivery(town, client)
    assert client.post(address("tagging", known.pk), {"tag": tag.pk, "do": "put"}).status_code == 404


def test_the_line_name_is_shown_to_supervisors_on_the_record(
    town: Town, client: Client, known: Contact
) -> None:
    assert client.post(address("reveal", known.pk)).status_code == 404
    client.force_login(town.supervisor)
    assert "はなこ" in client.post(address("reveal", known.pk)).content.decode()
    entry = Entry.objects.get(verb="contacts.reveal")
    assert (entry.actor_id, entry.subject_id) == (town.supervisor.pk, known.pk)


def test_two_accounts_are_merged_with_a_reason_and_shown_side_by_side(
    town: Town, client: Client, known: Contact
) -> None:
    other = befriend(town, "b")
    contacts.set_values(other, {key("child_age"): 4}, source=Source.SURVEY)
    client.force_login(town.supervisor)
    values = {"number": other.pk, "reason": "電話を変えたと本人が言った"}
    assert client.post(address("merge", known.pk), {**values, "reason": ""}).status_code == 422
    assert client.post(address("merge", known.pk), values).status_code == 302
    assert "4歳" in client.get(address("friend", known.pk)).content.decode()
    page = client.get(address("friend", other.pk)).content.decode()
    assert "新宿区" in page
    assert "電話を変えたと本人が言った" in page
    assert "まとめられません" in client.post(address("merge", known.pk), values).content.decode()
    client.post(address("unmerge", Merge.objects.get().pk))
    assert "新宿区" not in client.get(address("friend", other.pk)).content.decode()


@pytest.mark.parametrize("number", ["0", "999999999", "あ", "9" * 30])
def test_nobody_is_merged_with_somebody_who_is_not_there(
    town: Town, client: Client, known: Contact, number: str
) -> None:
    client.force_login(town.supervisor)
    theirs = befriend(found_town("みどり市"))
    for one in (number, str(theirs.pk), str(known.pk)):
        assert client.post(address("merge", known.pk), {"number": one, "reason": "?"}).status_code == 422
    assert not Merge.objects.exists()


def test_consent_stands_on_the_page_with_its_version(town: Town, client: Client, known: Contact) -> None:
    terms = contacts.write_terms(town.supervisor, purpose=Purpose.CONSULTATION, text="秘密は守ります。")
    contacts.publish_terms(town.supervisor, terms)
    terms.refresh_from_db()
    contacts.agree(known, terms, Way.LINE)
    page = client.get(address("friend", known.pk)).content.decode()
    assert "規約 第1版（相談）" in page
    contacts.withdraw(known, terms)
    assert "取り消し" in client.get(address("friend", known.pk)).content.decode()


def test_the_talks_of_a_friend_are_those_this_person_may_read(
    town: Town, client: Client, known: Contact
) -> None:
    from django.db import transaction

    from madoguchi.desk import actions as desk
    from madoguchi.desk.models import Conversation
    from madoguchi.inbox import router
    from tests.people import text

    with transaction.atomic():
        router.route(town.channel, text("きいてください"))
    href = reverse("desk:of-contact", args=[known.pk])
    assert href in client.get(address("friend", known.pk)).content.decode()
    assert "待っています" in client.get(href).content.decode()
    desk.take(town.suzuki, Conversation.objects.get().pk)
    page = client.get(href).content.decode()
    assert "あなたが読める相談はありません" in page
    assert "きいてください" not in page
