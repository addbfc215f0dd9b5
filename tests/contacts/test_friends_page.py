"""The list of friends: who is shown to whom, by what it can be narrowed, and that reading it is on the record."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import Role
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Colour, Contact, Kind, Purpose, Source
from madoguchi.contacts.new import NewAttribute
from madoguchi.core import clock
from tests.people import Town, befriend, found_town

LIST = reverse("contacts:friends")


def shown(client: Client, **query: str) -> set[int]:
    """The friends that the page lists."""
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return {friend.contact.pk for friend in answer.context["friends"]}


@pytest.fixture
def three(town: Town, client: Client) -> list[Contact]:
    """Three friends: a mother in Shinjuku with a child of 4, a father there with one of 12, one of whom nothing is known."""
    client.force_login(town.sato)
    contacts.install_set(town.organisation, "consultation")
    contacts.install_set(town.organisation, "municipal")
    friends = [befriend(town, letter) for letter in "abc"]
    for friend, who, age in ((friends[0], "mother", 4), (friends[1], "father", 12)):
        known = {key(town, "who"): who, key(town, "area"): "13104", key(town, "child_age"): age}
        contacts.set_values(friend, known, source=Source.SURVEY)
    contacts.set_values(friends[1], {key(town, "age_band"): "40"}, source=Source.SURVEY)
    return friends


def key(town: Town, name: str) -> Attribute:
    return Attribute.objects.of(town.organisation).get(key=name)


def test_attributes_narrow_the_list_one_by_one_and_together(
    town: Town, client: Client, three: list[Contact]
) -> None:
    mother, father, nobody = (friend.pk for friend in three)
    who, area, age = (f"a{key(town, name).pk}" for name in ("who", "area", "child_age"))
    assert shown(client) == {mother, father, nobody}
    assert shown(client, **{area: "13104"}) == {mother, father}
    assert shown(client, **{area: "13104", who: "mother"}) == {mother}
    assert shown(client, **{area: "13101"}) == set()
    assert shown(client, **{who: "-"}) == {nobody}
    assert shown(client, **{f"{age}_from": "5"}) == {father}
    assert shown(client, **{f"{age}_from": "4", f"{age}_to": "１１"}) == {mother}


def test_what_is_no_filter_is_passed_over(town: Town, client: Client, three: list[Contact]) -> None:
    who, age = (f"a{key(town, name).pk}" for name in ("who", "child_age"))
    wrong = (
        {who: "x'; --"},
        {f"{age}_from": "old"},
        {"a999999": "x"},
        {"state": "?"},
        {"tag": "1"},
        {"origin": "x"},
    )
    for query in (*wrong, {"page": "99"}, {"active": "1"}):
        assert len(shown(client, **query)) == 3


def test_state_tag_origin_and_activity_narrow_the_list(
    town: Town, client: Client, three: list[Contact]
) -> None:
    mother, father, nobody = three
    tag = contacts.add_tag(town.sato, "見守り", Colour.AI)
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    contacts.tag(town.sato, mother, tag)
    contacts.come_from(father, poster)
    contacts.unfollow(nobody, clock.now() + timedelta(seconds=1))
    Contact.objects.filter(pk=father.pk).update(active_at=clock.now() - timedelta(days=40))
    assert shown(client, state="blocked") == {nobody.pk}
    assert shown(client, state="reachable") == {mother.pk, father.pk}
    assert shown(client, tag=str(tag.pk)) == {mother.pk}
    assert shown(client, origin=str(poster.pk)) == {father.pk}
    assert shown(client, origin="-") == {mother.pk, nobody.pk}
    assert shown(client, active="30") == {mother.pk, nobody.pk}
    assert shown(client, active="older") == set()
    page = client.get(LIST, {"state": "reachable", "tag": str(tag.pk)}).content.decode()
    assert "タグ：見守り" in page
    assert f'href="?tag={tag.pk}"' in page


def test_a_friend_is_found_by_a_part_of_the_handle_or_by_number(
    town: Town, client: Client, three: list[Contact]
) -> None:
    Contact.objects.filter(pk=three[0].pk).update(handle="そらいろのことり")
    Contact.objects.exclude(pk=three[0].pk).update(handle="あおいすずめ")
    assert shown(client, q="ことり") == {three[0].pk}
    assert shown(client, q=str(three[1].pk)) == {three[1].pk}
    assert shown(client, q="%") == set()


def test_who_delivers_sees_no_value_and_no_tag_of_consultations(
    town: Town, client: Client, three: list[Contact]
) -> None:
    secret = contacts.add_tag(town.sato, "要フォロー", Colour.SHU)
    open_one = contacts.add_tag(town.sato, "ボランティア", Colour.MATSU, Purpose.DELIVERY)
    for tag in (secret, open_one):
        contacts.tag(town.sato, three[1], tag)
    town.suzuki.roles = [Role.DELIVERY]
    town.suzuki.save()
    client.force_login(town.suzuki)
    who = f"a{key(town, 'who').pk}"
    assert len(shown(client, **{who: "mother"})) == 3
    assert len(shown(client, tag=str(secret.pk))) == 3
    answer = client.get(LIST)
    (father,) = (friend for friend in answer.context["friends"] if friend.contact == three[1])
    assert [fact.words for fact in father.facts] == ["40代"]
    assert father.tags == [open_one]
    assert "要フォロー" not in answer.content.decode()
    assert "どなたの相談か" not in answer.content.decode()


def test_reading_the_list_is_on_the_record_with_everybody_who_stood_in_it(
    town: Town, client: Client, three: list[Contact]
) -> None:
    shown(client, state="reachable")
    entry = Entry.objects.get(verb="contacts.list")
    assert entry.actor_id == town.sato.pk
    assert sorted(entry.detail["friends"]) == sorted(friend.pk for friend in three)


def test_another_organisations_friends_are_not_there(client: Client, three: list[Contact]) -> None:
    other = found_town("みどり市")
    client.force_login(other.sato)
    assert shown(client) == set()
    assert client.get(reverse("contacts:friend", args=[three[0].pk])).status_code == 404
    assert "まだ友だちがいません" in client.get(LIST).content.decode()


def test_where_nobody_is_yet_whoever_may_make_an_origin_is_led_to_it(client: Client) -> None:
    other = found_town("みどり市")
    for user, is_led in ((other.supervisor, True), (other.sato, False)):
        client.force_login(user)
        assert (
            reverse("contacts:origins") in client.get(LIST).content.decode().split("まだ友だちがいません")[1]
        ) is is_led


def test_a_part_of_the_page_comes_alone_and_is_the_same_list(
    town: Town, client: Client, three: list[Contact]
) -> None:
    part = client.get(LIST, {"state": "reachable"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="found"')
    assert "<strong>友だち3人</strong>" in part
    assert "合う友だちがいません" in client.get(LIST, {"q": "だれもいない"}).content.decode()


def test_the_list_goes_on_after_fifty(town: Town, client: Client, three: list[Contact]) -> None:
    like = Contact.objects.get(pk=three[0].pk)
    rows = [
        Contact(organisation=town.organisation, channel=town.channel, line_id_hash=bytes([n] * 32))
        for n in range(60)
    ]
    for row in rows:
        row.wrapped_key, row.key_epoch, row.sealed_line_id = (
            like.wrapped_key,
            like.key_epoch,
            like.sealed_line_id,
        )
    Contact.objects.bulk_create(rows)
    assert len(shown(client) | shown(client, page="2")) == 63
    assert len(shown(client)) == 50


def test_a_line_name_is_found_whatever_its_letters_and_on_the_record(town: Town, client: Client) -> None:
    hanako = befriend(town, "a", name="ハナコ🌸Ａｂｃ")
    befriend(town, "b", name="太郎")
    befriend(town, "c")
    client.force_login(town.supervisor)
    for words in ("はなこ", "ﾊﾅｺ", "aBC", "🌸"):
        answer = client.post(reverse("contacts:find"), {"name": words})
        assert [friend.contact for friend in answer.context["found"].friends] == [hanako]
    page = client.post(reverse("contacts:find"), {"name": "じろう"}).content.decode()
    assert "見つかりません" in page
    assert "最近動きのあった順に2人を調べました。" in page
    entry = Entry.objects.filter(verb="contacts.find").first()
    assert entry is not None
    assert entry.detail == {"friends": [hanako.pk], "scanned": 2}
    assert "ハナコ" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_name_is_looked_for_by_supervisors_alone_and_never_in_an_address(
    town: Town, client: Client
) -> None:
    client.force_login(town.sato)
    assert client.post(reverse("contacts:find"), {"name": "はなこ"}).status_code == 404
    client.force_login(town.supervisor)
    assert client.get(reverse("contacts:find"), {"name": "はなこ"}).status_code == 405


def test_the_search_for_a_name_has_bounds_and_says_so(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from madoguchi.contacts.actions import look

    befriend(town, "a", name="はなこ")
    befriend(town, "b", name="はなよ")
    monkeypatch.setattr(look, "_STEP", 1)
    monkeypatch.setattr(look, "MOST_SCANNED", 1)
    client.force_login(town.supervisor)
    answer = client.post(reverse("contacts:find"), {"name": "はな"})
    assert answer.context["found"].scanned == 1
    assert "まだ全員ではありません" in answer.content.decode()


def test_words_of_ones_own_stand_on_the_friends_page_and_not_in_the_list(
    town: Town, client: Client, three: list[Contact]
) -> None:
    new = NewAttribute(name="ひとこと", kind=Kind.TEXT, purpose=Purpose.CONSULTATION)
    text = contacts.add_attribute(town.supervisor, town.organisation, new)
    contacts.set_values(three[0], {text: "カピバラが好きです"}, source=Source.FRIEND)
    assert "カピバラ" not in client.get(LIST).content.decode()
    assert "カピバラ" in client.get(reverse("contacts:friend", args=[three[0].pk])).content.decode()


def test_a_sealed_text_is_no_filter(town: Town, client: Client, three: list[Contact]) -> None:
    new = NewAttribute(name="ひとこと", kind=Kind.TEXT, purpose=Purpose.CONSULTATION)
    text = contacts.add_attribute(town.supervisor, town.organisation, new)
    contacts.set_values(three[0], {text: "ねこ"}, source=Source.FRIEND)
    assert f'name="a{text.pk}"' not in client.get(LIST).content.decode()
    assert len(shown(client, **{f"a{text.pk}": "ねこ"})) == 3
