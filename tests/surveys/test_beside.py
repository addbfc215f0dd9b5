"""A friend's answers beside the talk: the newest, what changed, earlier ones, and only for who may read the talk."""

from django.db import transaction
from django.test import Client

from madoguchi.accounts.models import Role
from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Contact, Source
from madoguchi.desk import actions as desk
from madoguchi.desk.models import Conversation, Outcome
from madoguchi.inbox import router
from madoguchi.surveys import actions
from tests.people import Town, text
from tests.surveys.answered import FATHER, MOTHER, SELF, answer, asked, friend
from tests.surveys.test_answer_pages import page, staff


def talking(town: Town) -> tuple[Contact, Conversation]:
    with transaction.atomic():
        router.route(town.channel, text("きいて", f"U{1:032x}"))
    contact = friend(town, 1)
    return contact, Conversation.objects.get(contact=contact)


def test_the_newest_answers_stand_there_with_what_changed_and_the_earlier_ones(
    town: Town, client: Client
) -> None:
    survey = asked(town)
    contact, _conversation = talking(town)
    answer(contact, survey, MOTHER, 5, ["school"], "眠れません")
    answer(contact, survey, FATHER, 5, ["school"], "少し眠れました")
    status, drawn = page(client, town.sato, f"/desk/of/{contact.pk}/answers/")
    assert status == 200
    assert "前は 母" in drawn
    assert "前は 5" not in drawn
    assert drawn.index("少し眠れました") < drawn.index("前の回答（1回）") < drawn.rindex("眠れません")


def test_each_answer_says_which_side_gave_it_and_another_side_s_is_no_change(
    town: Town, client: Client
) -> None:
    survey = asked(town)
    contact, conversation = talking(town)
    answer(contact, survey, SELF, ["school"], "眠れません")
    desk.set_speaker(town.supervisor, conversation.pk, "self")
    contact.refresh_from_db()
    shown = f"/desk/of/{contact.pk}/answers/"
    assert "本人が答えた" in page(client, town.supervisor, shown)[1]
    desk.close(town.supervisor, desk.take(town.supervisor, conversation.pk).pk, Outcome.RESOLVED)
    with transaction.atomic():
        router.route(town.channel, text("母です", f"U{1:032x}"))
    later = Conversation.objects.open().get(contact=contact)
    desk.set_speaker(town.supervisor, later.pk, "mother")
    contact.refresh_from_db()
    answer(contact, survey, MOTHER, 5, ["school"], "よく眠っています")
    drawn = page(client, town.supervisor, shown)[1]
    assert drawn.index("母が答えた") < drawn.index("前の回答（1回）") < drawn.index("本人が答えた")
    assert "前は 本人" not in drawn


def test_it_is_said_whether_a_survey_is_under_way_or_waits(town: Town, client: Client) -> None:
    survey = asked(town)
    actions.welcome_with(town.supervisor, town.channel, survey)
    contact, _conversation = talking(town)
    address = f"/desk/of/{contact.pk}/answers/"
    assert "まだ始めていません" in page(client, town.sato, address)[1]
    submission = answer(contact, survey, MOTHER)
    drawn = page(client, town.sato, address)[1]
    assert "答えている途中" in drawn
    assert "次の質問は「お子さんは何歳ですか」" in drawn
    actions.pause(submission)
    assert "止まっています" in page(client, town.sato, address)[1]


def test_reading_is_on_the_record_and_looking_again_for_nothing_new_is_not(
    town: Town, client: Client
) -> None:
    survey = asked(town)
    contact, _conversation = talking(town)
    answer(contact, survey, MOTHER)
    _status, drawn = page(client, town.sato, f"/desk/of/{contact.pk}/answers/")
    assert (
        Entry.objects.filter(verb="surveys.beside", actor_id=town.sato.pk, subject_id=contact.pk).count() == 1
    )
    version = drawn.split('name="version" value="')[1].split('"')[0]
    again = f"/desk/of/{contact.pk}/answers/?version={version}"
    assert page(client, town.sato, again)[0] == 204
    assert Entry.objects.filter(verb="surveys.beside").count() == 1
    answer(contact, survey, 7)
    assert page(client, town.sato, again)[0] == 200


def test_who_may_not_read_the_talk_may_not_read_the_answers(town: Town, client: Client) -> None:
    survey = asked(town)
    contact, conversation = talking(town)
    answer(contact, survey, MOTHER)
    desk.take(town.sato, conversation.pk)
    address = f"/desk/of/{contact.pk}/answers/"
    assert page(client, town.sato, address)[0] == 200
    assert page(client, town.suzuki, address)[0] == 404
    assert page(client, staff(town, Role.DELIVERY), address)[0] == 404
    assert page(client, town.supervisor, address)[0] == 200


def test_on_the_friends_page_a_counsellor_is_led_to_the_desk_and_who_delivers_sees_deliveries_only(
    town: Town, client: Client
) -> None:
    contact, _conversation = talking(town)
    answer(contact, asked(town), MOTHER, 5, ["school"], "ひみつです")
    answer(contact, asked(town, purpose="delivery"), SELF, None, "お知らせがほしい")
    address = f"/surveys/of/{contact.pk}/"
    counsellor, push = (
        page(client, town.sato, address)[1],
        page(client, staff(town, Role.DELIVERY), address)[1],
    )
    assert f"/desk/of/{contact.pk}/answers/" in counsellor
    assert "ひみつです" not in counsellor
    assert "お知らせがほしい" in push
    assert "ひみつです" not in push
    assert "ひみつです" in page(client, town.supervisor, address)[1]


def test_what_a_counsellor_set_by_hand_stays_readable(town: Town, client: Client) -> None:
    contacts.install_set(town.organisation, "consultation", town.supervisor)
    contact, _conversation = talking(town)
    age = Attribute.objects.get(organisation=town.organisation, key="child_age")
    contacts.set_values(contact, {age: 5}, source=Source.SURVEY)
    address = f"/desk/of/{contact.pk}/answers/"
    assert "前は" not in page(client, town.sato, address)[1]
    contacts.set_values(contact, {age: 6}, source=Source.COUNSELLOR, actor=town.sato)
    drawn = page(client, town.sato, address)[1]
    assert "前は 5" in drawn
    assert town.sato.name in drawn
