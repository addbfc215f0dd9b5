"""Answers move an open talk: once, by rules a supervisor reads, and only where the module is switched on."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Contact
from madoguchi.desk import actions as desk
from madoguchi.desk.actions import alerts
from madoguchi.desk.models import Alert, AlertKind, Conversation
from madoguchi.routing import actions as routing
from madoguchi.routing import fitting
from madoguchi.routing.models import Applied, Condition, RoutingRule
from madoguchi.surveys.definition import Kind, Option, Words
from madoguchi.surveys.models import Answer
from tests.people import Town, befriend
from tests.reception.waiting import press, said
from tests.surveys.made import question, survey
from tests.surveys.on_page import opened, published


@pytest.fixture
def who(town: Town) -> Attribute:
    """The attribute "who is speaking", with a child among its answers."""
    found = contacts.install_set(town.organisation, "consultation", town.supervisor)
    desk.add_skill(town.supervisor, "child", "子ども")
    return next(one for one in found if one.kind == "single" and one.option_of)


def first_code(attribute: Attribute) -> str:
    return next(iter(attribute.option_of))


def rule(town: Town, attribute: Attribute, **parts: object) -> RoutingRule:
    routing.switch(town.supervisor, town.channel, is_on=True)
    asked = parts.pop("asked", None) or [
        {"attribute_id": attribute.pk, "codes": parts.pop("codes", [first_code(attribute)])}
    ]
    return routing.add_rule(town.supervisor, town.channel, {"name": "本人から", **parts}, asked)  # type: ignore[arg-type]


def knows(contact: Contact, attribute: Attribute) -> None:
    contacts.set_values(contact, {attribute: first_code(attribute)}, source="survey")


def test_a_talk_that_opens_is_moved_by_what_is_known(town: Town, who: Attribute) -> None:
    rule(town, who, skills=["child"], is_lifting=True)
    earlier = said(town, user="b")
    knows(befriend(town, "a"), who)
    talk = said(town)
    assert (talk.needs, talk.lifted_at is not None, talk.grave_at) == (["child"], True, None)
    assert list(Conversation.objects.waiting()) == [talk, earlier]


def test_an_answer_moves_a_talk_that_waits_and_only_once(town: Town, who: Attribute) -> None:
    rule(town, who, skills=["child"], is_alarming=True)
    talk = said(town)
    assert talk.needs == []
    contact = Contact.objects.get(pk=talk.contact_id)
    knows(contact, who)
    for _ in range(3):
        routing.answered(contact)
    talk.refresh_from_db()
    assert talk.needs == ["child"]
    assert Applied.objects.filter(conversation=talk).count() == 1
    assert Alert.objects.filter(conversation=talk).count() == 1


def test_an_answer_given_while_somebody_holds_the_talk_calls_and_tells_who_takes_it_next(
    town: Town, who: Attribute
) -> None:
    rule(town, who, skills=["child"], is_lifting=True, is_alarming=True)
    talk = desk.take(town.sato, said(town).pk)
    contact = Contact.objects.get(pk=talk.contact_id)
    knows(contact, who)
    for _ in range(2):
        routing.answered(contact)
    assert Alert.objects.get(conversation=talk).kind == AlertKind.ANSWER
    talk.refresh_from_db()
    assert (talk.state, talk.owner, talk.grave_at) == ("live", town.sato, None)
    earlier = said(town, user="b")
    Conversation.objects.filter(pk=earlier.pk).update(waiting_since=talk.waiting_since - timedelta(minutes=5))
    desk.release(town.sato, talk.pk)
    assert [one.needs for one in Conversation.objects.waiting()] == [["child"], []]


def test_the_rules_are_asked_when_staff_say_who_is_speaking(town: Town, who: Attribute) -> None:
    rule(town, who, asked=[{"codes": ["self"]}], is_alarming=True)
    talk = desk.take(town.sato, said(town).pk)
    desk.set_speaker(town.sato, talk.pk, "mother")
    assert not Alert.objects.exists()
    desk.set_speaker(town.sato, talk.pk, "self")
    assert Alert.objects.get().conversation == talk


def test_where_it_is_switched_off_nothing_is_asked_and_nothing_moves(
    town: Town, who: Attribute, django_assert_num_queries: object
) -> None:
    rule(town, who, skills=["child"])
    routing.switch(town.supervisor, town.channel, is_on=False)
    knows(befriend(town, "a"), who)
    talk = said(town)
    assert talk.needs == []
    with django_assert_num_queries(0):  # type: ignore[operator]
        routing.opened(talk)


def test_other_answers_rules_at_rest_and_other_channels_do_nothing(town: Town, who: Attribute) -> None:
    other = list(who.option_of)[1]
    rule(town, who, skills=["child"], codes=[other])
    resting = rule(town, who, skills=["child"])
    routing.switch_rule(town.supervisor, resting, is_on=False)
    knows(befriend(town, "a"), who)
    assert said(town).needs == []


def test_an_alarm_calls_again_until_a_person_answers_and_judges_nothing(town: Town, who: Attribute) -> None:
    rule(town, who, is_alarming=True)
    knows(befriend(town, "a"), who)
    talk = said(town)
    alert = Alert.objects.get(conversation=talk)
    assert (alert.kind, alert.rule_labels, talk.grave_at) == (AlertKind.ANSWER, ["本人から"], None)
    Alert.objects.update(due_at=alert.raised_at)
    for job in alerts.claim_alerts(5):
        alerts.call_again(job)
    alert.refresh_from_db()
    assert alert.calls == 2
    desk.acknowledge(town.supervisor, alert.pk)
    talk.refresh_from_db()
    assert (talk.grave_at, alerts.claim_alerts(5)) == (None, [])


def test_a_sign_and_an_answer_may_call_from_one_message(town: Town, who: Attribute) -> None:
    rule(town, who, is_alarming=True)
    knows(befriend(town, "a"), who)
    talk = said(town, "もう死にたい")
    kinds = set(Alert.objects.filter(conversation=talk).values_list("kind", flat=True))
    assert kinds == {AlertKind.SIGN, AlertKind.ANSWER}
    sign = Alert.objects.get(conversation=talk, kind=AlertKind.SIGN)
    desk.acknowledge(town.supervisor, sign.pk, is_grave=False)
    talk.refresh_from_db()
    assert talk.grave_at is None


def test_a_rule_that_is_changed_gives_way_to_another_and_what_it_did_stays_readable(
    town: Town, who: Attribute, client: Client
) -> None:
    first = rule(town, who, skills=["child"])
    knows(befriend(town, "a"), who)
    talk = said(town)
    asked = [{"attribute_id": who.pk, "codes": [first_code(who)]}]
    routing.change_rule(town.supervisor, first, {"name": "あたらしい", "is_lifting": True}, asked)
    assert [one.name for one in RoutingRule.objects.current()] == ["あたらしい"]
    client.force_login(town.supervisor)
    beside = client.get(reverse("routing:of-conversation", args=[talk.pk])).content.decode()
    assert "本人から" in beside
    assert "「子ども」が得意な人に" in beside


def test_a_supervisor_writes_a_rule_as_a_sentence(town: Town, who: Attribute, client: Client) -> None:
    client.force_login(town.supervisor)
    address = reverse("routing:rules", args=[town.channel.pk])
    code = first_code(who)
    values = {"name": "本人なら", "answers": [f"{who.pk}:{code}"], "skills": ["child"], "is_alarming": "on"}
    assert client.post(address, values).status_code == 302
    page = client.get(address).content.decode()
    assert f"「{who.label}」が「{who.option_of[code].label}」なら" in page
    assert "スーパーバイザーに知らせる" in page
    nothing = client.post(address, {"name": "なにもしない", "answers": [f"{who.pk}:{code}"]})
    assert "何をするかを1つ以上選んでください" in nothing.content.decode()


def test_what_was_asked_for_deliveries_alone_is_no_condition(
    town: Town, who: Attribute, client: Client
) -> None:
    Attribute.objects.filter(pk=who.pk).update(purpose="delivery")
    client.force_login(town.supervisor)
    assert f"{who.pk}:" not in client.get(reverse("routing:rules", args=[town.channel.pk])).content.decode()


def asked_of(attribute: Attribute, **ends: object) -> list[dict[str, object]]:
    return [{"attribute_id": attribute.pk, **ends}]


@pytest.mark.parametrize(
    ("ends", "ages", "fits"),
    [
        ({"most": 12}, [0, 12], True),
        ({"most": 12}, [12.5, 40], False),
        ({"least": 13, "most": 15}, [13, 15], True),
        ({"least": 13, "most": 15}, [12, 16], False),
        ({"codes": ["12"]}, [12], False),
    ],
)
def test_a_number_fits_between_its_ends(
    who: Attribute, ends: dict[str, object], ages: list[float], fits: bool
) -> None:
    age = Attribute.objects.get(organisation_id=who.organisation_id, key="child_age")
    condition = Condition(**asked_of(age, **ends)[0])
    assert {fitting.fits([condition], {str(age.pk): value}, "") for value in ages} == {fits}
    assert not fitting.fits([condition], {}, ""), "what is not known fits nothing"


def test_a_date_fits_between_its_ends_both_days_counted(who: Attribute) -> None:
    condition = Condition(attribute_id=who.pk, since=date(2026, 4, 1), until=date(2027, 3, 31))
    known = {day: fitting.fits([condition], {str(who.pk): day}, "") for day in DAYS}
    assert list(known.values()) == [False, True, True, False]


DAYS = ("2026-03-31", "2026-04-01", "2027-03-31", "2027-04-01")


def test_all_conditions_have_to_hold_and_who_speaks_is_one(town: Town, who: Attribute) -> None:
    age = Attribute.objects.get(organisation_id=who.organisation_id, key="child_age")
    asked = [{"codes": ["self"]}, *asked_of(age, most=12)]
    rule(town, who, asked=asked, skills=["child"])
    talk = said(town)
    contact = Contact.objects.get(pk=talk.contact_id)
    contacts.set_values(contact, {age: 9}, source="survey")
    routing.answered(contact)
    talk.refresh_from_db()
    assert talk.needs == [], "nobody has said who is speaking"
    assert press(town, "w:self") == "postback"
    talk.refresh_from_db()
    assert talk.needs == ["child"]


def test_an_answer_on_a_page_moves_the_talk_in_its_own_transaction(town: Town, who: Attribute) -> None:
    """Neither stands without the other, whatever dies in between."""
    rule(town, who, skills=["child"])
    talk = said(town)
    answers = tuple(Option(code, Words(ja=one.name)) for code, one in who.option_of.items())
    asking = survey(question("q1", Kind.SINGLE, options=answers, attribute=who.key))
    begun = opened(town, published(town, asking), contact=Contact.objects.get(pk=talk.contact_id))
    begun.post("begin/")
    with transaction.atomic():
        begun.give("q1", choice=first_code(who))
        transaction.set_rollback(True)
    assert (Answer.objects.count(), Applied.objects.count()) == (0, 0)
    begun.give("q1", choice=first_code(who))
    talk.refresh_from_db()
    assert (talk.needs, Applied.objects.count()) == (["child"], 1)


def test_a_supervisor_writes_what_has_to_hold_together(town: Town, who: Attribute, client: Client) -> None:
    age = Attribute.objects.get(organisation_id=who.organisation_id, key="child_age")
    client.force_login(town.supervisor)
    address = reverse("routing:rules", args=[town.channel.pk])
    values = {"name": "小さい子", "answers": ["who:self"], f"most-{age.pk}": "12", "is_lifting": "on"}
    assert client.post(address, values).status_code == 302
    said_of_it = "「話している人」が「本人」、そして「お子さんの年齢」が12歳以下なら"
    assert said_of_it in client.get(address).content.decode()
    made = RoutingRule.objects.current().get()
    assert 'value="12"' in client.get(reverse("routing:rule", args=[made.pk])).content.decode()
    crossed = client.post(address, values | {f"least-{age.pk}": "13"}).content.decode()
    assert "「まで」は、「から」と同じか" in crossed
    empty = client.post(address, {"name": "なし", "is_lifting": "on"}).content.decode()
    assert "条件を1つ以上選んでください" in empty
