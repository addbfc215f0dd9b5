"""The supervisors' pages of the team: who holds how much, what each is good at, what a channel allows."""

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.desk import actions as desk
from madoguchi.desk.models import Assigning, Duty, DutyState, Reception, Skill
from tests.actions.test_states import taken
from tests.people import Town, found_town


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def supervisor(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


def test_the_team_shows_each_load_and_who_is_full_by_itself(town: Town, supervisor: Client) -> None:
    desk.set_duty(town.supervisor, town.sato, {"most_load": 1, "is_trainee": True})
    desk.report(town.sato, DutyState.AVAILABLE)
    taken(town)
    shown = page(supervisor, "desk:team")
    row = shown[shown.index("佐藤</a>") : shown.index("</tr>", shown.index("佐藤</a>"))]
    assert all(words in row for words in ("研修中", "手いっぱい", "1 / 1", "この人の数"))
    assert "鈴木" not in page(supervisor, "desk:team", q="佐藤")
    assert "名前の一部で探してください" in page(supervisor, "desk:team", q="だれもいない")


def test_a_supervisor_sets_what_a_counsellor_may_hold(town: Town, supervisor: Client) -> None:
    desk.add_skill(town.supervisor, "dv", "DV")
    address = reverse("desk:member", args=[town.sato.pk])
    answer = supervisor.post(address, {"most_load": "2", "is_trainee": "on", "skills": ["dv"]})
    assert answer.status_code == 302
    duty = Duty.objects.get(counsellor=town.sato)
    assert (duty.most_load, duty.is_trainee, duty.skills) == (2, True, ["dv"])
    assert 'value="2"' in page(supervisor, "desk:member", town.sato.pk)
    assert supervisor.post(address, {"most_load": "-1"}).status_code == 200
    assert supervisor.get(reverse("desk:member", args=[found_town().sato.pk])).status_code == 404


def test_a_ready_made_skill_comes_with_one_tap_and_can_be_renamed_and_put_away(
    town: Town, supervisor: Client
) -> None:
    supervisor.post(reverse("desk:skills"), {"key": "child"})
    skill = Skill.objects.get(organisation=town.organisation)
    desk.set_duty(town.supervisor, town.sato, {"skills": ["child"]})
    address = reverse("desk:skill", args=[skill.pk])
    supervisor.post(address, {"do": "rename", "name": "小学生"})
    shown = page(supervisor, "desk:skills")
    assert all(words in shown for words in ("小学生", "1人"))
    supervisor.post(address, {"do": "archive"})
    assert not Skill.objects.in_use(town.organisation.pk).exists()
    assert "小学生" in page(supervisor, "desk:member", town.sato.pk)
    supervisor.post(address, {"do": "restore"})
    assert Skill.objects.in_use(town.organisation.pk).get().name == "小学生"


def test_two_skills_never_have_one_name(town: Town, supervisor: Client) -> None:
    for _twice in range(2):
        answer = supervisor.post(reverse("desk:skills"), {"name": "発達の相談"}, follow=True)
    assert "同じ名前の" in answer.content.decode()
    assert Skill.objects.filter(organisation=town.organisation).count() == 1
    neighbour = found_town()
    desk.add_own_skill(neighbour.supervisor, "発達の相談")
    theirs = Skill.objects.get(organisation=neighbour.organisation)
    assert supervisor.post(reverse("desk:skill", args=[theirs.pk]), {"do": "archive"}).status_code == 404


def test_a_channels_limits_and_its_way_of_assigning_are_set_in_one_place(
    town: Town, supervisor: Client
) -> None:
    address = reverse("desk:channel-caps", args=[town.channel.pk])
    values = {"assigning": "next", "capacity": 9, "usual_load": 2, "most_load": 4, "trainee_load": 1}
    assert supervisor.post(address, {**values, "supervisor_load": ""}).status_code == 302
    kept = Reception.objects.get()
    assert (kept.assigning, kept.capacity, kept.most_load, kept.supervisor_load) == (
        Assigning.NEXT,
        9,
        4,
        None,
    )
    assert "9件まで" in page(supervisor, "desk:caps")
    refused = supervisor.post(address, {**values, "usual_load": 5}).content.decode()
    assert "「ふだん」の数より小さくできません" in refused
