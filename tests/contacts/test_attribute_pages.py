"""The pages of attributes and tags, as plain posts and as parts of a page."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Colour, Contact, Purpose, Source, Tag
from tests.people import Town

PART = {"HX-Request": "true"}
NEW = {
    "name": "学年",
    "kind": "single",
    "purpose": "consultation",
    "readers": ["counsellor"],
    "options": "小学校：1年\n小学校：2年\n\n中学校:1年",
}


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


def keys(town: Town) -> list[str]:
    return list(Attribute.objects.of(town.organisation).current().in_order().values_list("key", flat=True))


def test_an_empty_page_leads_to_the_ready_made_sets_and_they_come_at_one_press(
    town: Town, desk: Client
) -> None:
    page = desk.get(reverse("contacts:attributes")).content.decode()
    assert "まだ属性がありません" in page
    page = desk.post(reverse("contacts:install-set"), {"do": "consultation"}, follow=True).content.decode()
    assert keys(town) == ["who", "area", "child_age", "topic"]
    assert "63択" in page
    assert 'value="consultation"' not in page
    assert desk.post(reverse("contacts:install-set"), {"do": "other"}).status_code == 404


def test_an_attribute_is_made_with_its_options_in_groups(town: Town, desk: Client) -> None:
    assert desk.post(reverse("contacts:add-attribute"), {**NEW, "key": "grade"}).status_code == 302
    made = Attribute.objects.get(key="grade")
    assert [(one.code, one.group, one.name) for one in made.options.all()] == [
        ("o1", "小学校", "1年"),
        ("o2", "小学校", "2年"),
        ("o3", "中学校", "1年"),
    ]
    assert made.readers == ["counsellor"]
    page = desk.post(reverse("contacts:add-attribute"), {**NEW, "key": "grade"}).content.decode()
    assert "この記号は別の属性が使っています" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"options": "1年"}, "選択肢を2つ以上"),
        ({"options": "あ\n" * 201}, "選択肢は200まで"),
        ({"options": "あ" * 61 + "\nい"}, "60文字"),
        ({"readers": ["delivery"]}, "相談員かスーパーバイザー"),
        ({"readers": ["administrator"]}, "正しく選択"),
        ({"key": "学年"}, "slug"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    town: Town, desk: Client, wrong: dict[str, object], said: str
) -> None:
    answer = desk.post(reverse("contacts:add-attribute"), {**NEW, **wrong})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Attribute.objects.exists()


def test_options_are_arranged_without_leaving_the_page(town: Town, desk: Client, friend: Contact) -> None:
    desk.post(reverse("contacts:add-attribute"), {**NEW, "key": "grade"})
    made = Attribute.objects.get()
    contacts.set_values(friend, {made: "o1"}, source=Source.SURVEY)

    def act(code: str, **values: str) -> str:
        href = reverse("contacts:option", args=[made.pk, made.options.get(code=code).pk])
        return desk.post(href, values, headers=PART).content.decode()

    assert act("o3", do="up").startswith('<div id="options"')
    act("o2", do="save", name="二年", group="小学校")
    act("o1", do="remove")
    desk.post(reverse("contacts:add-option", args=[made.pk]), {"name": "幼稚園"}, headers=PART)
    assert "選択肢の名前を入力してください" in act("o2", do="save", name="")
    assert [(one.code, one.name) for one in made.options.filter(archived_at=None)] == [
        ("o3", "1年"),
        ("o2", "二年"),
        ("o4", "幼稚園"),
    ]
    assert 'value="restore"' in act("o3", do="down")
    act("o1", do="restore")
    assert made.options.filter(archived_at=None).count() == 4


def test_attributes_are_arranged_put_away_and_taken_back(town: Town, desk: Client, friend: Contact) -> None:
    desk.post(reverse("contacts:install-set"), {"do": "consultation"})
    who, area = (Attribute.objects.get(key=key) for key in ("who", "area"))
    contacts.set_values(friend, {who: "mother"}, source=Source.SURVEY)

    def act(attribute: Attribute, do: str) -> str:
        href = reverse("contacts:arrange-attribute", args=[attribute.pk])
        return desk.post(href, {"do": do}, headers=PART).content.decode()

    assert act(who, "down").startswith('<div id="attributes"')
    act(area, "remove")
    assert "しまった属性（1）" in act(who, "remove")
    assert keys(town) == ["child_age", "topic"]
    assert desk.post(reverse("contacts:arrange-attribute", args=[who.pk]), {"do": "up"}).status_code == 404
    act(who, "restore")
    assert keys(town) == ["who", "child_age", "topic"]


def test_an_attribute_with_values_is_not_opened_to_deliveries(
    town: Town, desk: Client, friend: Contact
) -> None:
    desk.post(reverse("contacts:install-set"), {"do": "consultation"})
    age = Attribute.objects.get(key="child_age")
    contacts.set_values(friend, {age: 4}, source=Source.SURVEY)
    wider = {"name": "年齢", "purpose": "both", "readers": ["counsellor", "delivery"], "unit": "歳"}
    href = reverse("contacts:attribute", args=[age.pk])
    assert "配信には広げられません" in desk.post(href, wider).content.decode()
    assert desk.post(href, {**wider, "purpose": "consultation"}).status_code == 302
    age.refresh_from_db()
    assert (age.name, age.readers) == ("年齢", ["counsellor"])


def test_tags_are_made_changed_and_removed_by_who_is_in_charge(
    town: Town, desk: Client, friend: Contact
) -> None:
    values = {"name": "見守り", "colour": "shu", "purpose": "consultation"}
    desk.post(reverse("contacts:tags"), values)
    assert "もうあります" in desk.post(reverse("contacts:tags"), values).content.decode()
    tag = Tag.objects.get()
    contacts.tag(town.sato, friend, tag)
    href = reverse("contacts:tag", args=[tag.pk])
    assert "配信には広げられません" in desk.post(href, {**values, "purpose": "both"}).content.decode()
    desk.post(href, {**values, "name": "みまもり"})
    assert "みまもり" in desk.get(reverse("contacts:tags")).content.decode()
    assert "1人の友だちから" in desk.get(href).content.decode()
    desk.post(reverse("contacts:remove-tag", args=[tag.pk]))
    assert not Tag.objects.exists()


def test_another_organisations_attribute_and_tag_look_absent(town: Town, desk: Client) -> None:
    from tests.people import found_town

    other = found_town("みどり市")
    (theirs,) = contacts.install_set(other.organisation, "consultation")[:1]
    tag = contacts.add_tag(other.supervisor, "見守り", Colour.AI, Purpose.BOTH)
    assert desk.get(reverse("contacts:attribute", args=[theirs.pk])).status_code == 404
    assert desk.post(reverse("contacts:add-option", args=[theirs.pk]), {"name": "x"}).status_code == 404
    assert desk.get(reverse("contacts:tag", args=[tag.pk])).status_code == 404
    assert desk.post(reverse("contacts:remove-tag", args=[tag.pk])).status_code == 404
