"""The pages about answers: who may see what, small counts, words on the record."""

import pytest
from django.test import Client

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role, User
from madoguchi.audit.models import Entry
from madoguchi.console import streaming
from madoguchi.surveys import actions
from madoguchi.surveys.models import Survey
from tests.people import Town
from tests.surveys.answered import FATHER, MOTHER, SELF, Said, answer, answered_by_many, asked, friend


def staff(town: Town, *roles: Role) -> User:
    return accounts.add_user(
        None, town.organisation, f"x{'-'.join(roles)}@example.jp", "係", list(roles), "a-long-password"
    )[0]


def page(client: Client, user: User, address: str, **headers: str) -> tuple[int, str]:
    client.force_login(user)
    answered = client.get(address, headers=headers)
    return answered.status_code, answered.content.decode()


def filled(town: Town, purpose: str = "consultation") -> Survey:
    survey = asked(town, purpose=purpose)
    many: list[list[Said]] = [[MOTHER, 5, ["school"], "学校に行けません"] for _one in range(7)]
    many += [[FATHER, 6, ["family"], "夜ねません"] for _one in range(2)]
    answered_by_many(town, survey, [*many, [SELF, ["school"], None]])
    return survey


def test_the_page_counts_with_its_denominators(town: Town, client: Client) -> None:
    survey = filled(town)
    status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/")
    assert status == 200
    assert "答えた10人のうち" in drawn
    assert "70.0%" in drawn
    assert "学校に行けません" not in drawn


def test_the_live_part_is_drawn_only_when_something_was_answered(town: Town, client: Client) -> None:
    survey = asked(town)
    answer(friend(town, 1), survey, MOTHER)
    address = f"/surveys/{survey.pk}/answers/"
    _status, drawn = page(client, town.sato, address, HX_Request="true")
    pulled = drawn.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert page(client, town.sato, pulled, HX_Request="true")[0] == 204
    answer(friend(town, 2), survey, FATHER)
    status, drawn = page(client, town.sato, pulled, HX_Request="true")
    assert (status, "答えた2人のうち" in drawn) == (200, True)


@pytest.mark.parametrize("part", ["", "cross/", "texts/", "export/"])
def test_who_only_delivers_finds_nothing_of_a_consultation(town: Town, client: Client, part: str) -> None:
    survey = filled(town)
    assert page(client, staff(town, Role.DELIVERY), f"/surveys/{survey.pk}/answers/{part}")[0] == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_administrators_and_auditors_see_not_even_counts(town: Town, client: Client, role: Role) -> None:
    survey = filled(town, "both")
    assert page(client, staff(town, role), f"/surveys/{survey.pk}/answers/")[0] == 404


def test_outside_the_team_that_talks_small_counts_are_hidden(town: Town, client: Client) -> None:
    survey = filled(town, "both")
    address = f"/surveys/{survey.pk}/answers/"
    _status, team = page(client, town.sato, address)
    _status, outside = page(client, staff(town, Role.DELIVERY), address)
    assert "20.0%" in team
    assert "20.0%" not in outside
    assert "5人未満" in outside
    assert "最大" not in outside


def test_the_neighbour_finds_no_answers(town: Town, client: Client) -> None:
    from tests.people import found_town

    survey = filled(town)
    neighbour = found_town("となり町")
    assert page(client, neighbour.supervisor, f"/surveys/{survey.pk}/answers/")[0] == 404


def test_words_are_read_newest_first_and_on_the_record(town: Town, client: Client) -> None:
    survey = filled(town)
    status, drawn = page(client, town.supervisor, f"/surveys/{survey.pk}/answers/texts/?question=q4")
    assert status == 200
    assert drawn.index("夜ねません") < drawn.index("学校に行けません")
    entry = Entry.objects.get(verb="surveys.read")
    assert (entry.actor_id, entry.subject_id, len(entry.detail["answers"])) == (
        town.supervisor.pk,
        survey.pk,
        9,
    )
    assert "夜ねません" not in str(entry.detail)


def test_a_counsellor_reads_words_only_beside_the_own_talks(town: Town, client: Client) -> None:
    survey = filled(town)
    assert page(client, town.sato, f"/surveys/{survey.pk}/answers/texts/?question=q4")[0] == 404
    assert not Entry.objects.filter(verb="surveys.read").exists()


def test_words_are_found_however_they_are_written_and_stand_in_no_address(town: Town, client: Client) -> None:
    survey = filled(town)
    client.force_login(town.supervisor)
    answered = client.post(f"/surveys/{survey.pk}/answers/texts/find/?question=q4", {"words": "ガッコウ　"})
    assert "見つかりません" in answered.content.decode()
    answered = client.post(f"/surveys/{survey.pk}/answers/texts/find/?question=q4", {"words": "夜ネマ"})
    assert answered.content.decode().count("夜ねません") == 2
    entry = Entry.objects.filter(verb="surveys.find").latest("pk")
    assert (entry.detail["scanned"], len(entry.detail["answers"])) == (9, 2)


def test_who_may_see_the_counts_may_follow_their_topic(town: Town) -> None:
    survey = filled(town)
    topic = f"survey-{survey.pk}"
    assert streaming._may_follow(town.sato, topic)
    assert not streaming._may_follow(staff(town, Role.DELIVERY), topic)
    assert not streaming._may_follow(town.administrator, topic)


def test_filters_that_are_none_narrow_nothing(town: Town, client: Client) -> None:
    survey = filled(town)
    odd = "in_version=x&wording=;--&way=fax&begin=2026-13-45&end=zero&finished=yes"
    status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/?{odd}")
    assert (status, "答えた10人のうち" in drawn) == (200, True)


def test_two_questions_are_crossed_with_row_shares(town: Town, client: Client) -> None:
    survey = filled(town)
    status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/cross/?row=q1&column=q3")
    assert status == 200
    assert "10人の回答" in drawn
    assert "100.0%" in drawn
    assert page(client, town.sato, f"/surveys/{survey.pk}/answers/cross/?row=q9")[0] == 404


def test_an_answer_of_a_friend_who_may_answer_often_is_no_person(town: Town, client: Client) -> None:
    survey = asked(town)
    contact = friend(town)
    for _turn in range(2):
        answer(contact, survey, SELF, ["school"], None)
    _status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/")
    assert "答えた2件のうち" in drawn


def test_a_draft_has_nothing_to_count_and_leads_to_its_questions(town: Town, client: Client) -> None:
    draft = actions.create(town.supervisor, "まだ下書き")
    _status, drawn = page(client, town.sato, f"/surveys/{draft.pk}/answers/")
    assert "まだ公開していません" in drawn
    assert "かけ合わせて見る" not in drawn


def test_a_survey_without_answers_says_what_comes(town: Town, client: Client) -> None:
    survey = asked(town)
    _status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/")
    assert "まだだれも答えていません" in drawn
    actions.begin(friend(town), survey)
    _status, drawn = page(client, town.sato, f"/surveys/{survey.pk}/answers/?way=web")
    assert "この条件に当てはまる回答はありません" in drawn
