"""No administrator gets into an account that reads content: a supervisor has the last word."""

import re

import pytest
from django.test import Client

from madoguchi.accounts import actions
from madoguchi.accounts.models import StaffApproval, User
from madoguchi.audit.models import Entry
from tests.people import Town, found_town

RIGHT = "a-long-password"


def asked(town: Town, *roles: str) -> User:
    """Added by the administrator, with a password the administrator knows."""
    return actions.add_user(town.administrator, town.organisation, "new@example.jp", "渡辺", roles, RIGHT)[0]


def the_approval() -> StaffApproval:
    return StaffApproval.objects.waiting().get()


def as_one(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def password_on(page: str) -> str:
    found = re.search("data-secret>(.+?)</code>", page)
    return "".join(re.findall("<span>(.+?)</span>", found[1])) if found else ""


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_whoever_waits_for_a_supervisor_reads_nothing(town: Town, role: str) -> None:
    client = as_one(asked(town, role))
    for path in ("/desk/", "/desk/lists/", "/desk/history/", "/approvals/", "/friends/"):
        assert client.get(path).status_code == 404
    assert "スーパーバイザーの承認を待っています" in client.get("/").content.decode()


def test_with_the_approval_goes_a_password_that_the_administrator_never_saw(town: Town) -> None:
    user = asked(town, "counsellor")
    waiting = as_one(user)
    page = as_one(town.supervisor).post(f"/approvals/{the_approval().pk}/approve/").content.decode()
    user.refresh_from_db()
    assert user.roles == ["counsellor"]
    assert not user.check_password(RIGHT)
    assert user.check_password(password_on(page))
    assert waiting.get("/").status_code == 302
    assert waiting.get("/desk/")["Location"].startswith("/sign-in/")


def test_the_first_password_of_whoever_only_waits_is_not_shown(town: Town) -> None:
    client = as_one(town.administrator)
    values = {"email": "new@example.jp", "name": "渡辺", "roles": ["counsellor"]}
    page = client.post("/staff/add/", values).content.decode()
    assert "承認を待っています" in page
    assert password_on(page) == ""
    page = client.post(
        "/staff/add/", {**values, "email": "b@example.jp", "roles": ["auditor"]}
    ).content.decode()
    assert password_on(page)


def test_an_existing_person_gets_the_role_with_the_approval_too(town: Town) -> None:
    auditor = asked(town, "auditor")
    client = as_one(town.administrator)
    values = {"roles": ["auditor", "counsellor"], "is_active": "on"}
    client.post(f"/staff/{auditor.pk}/", values)
    auditor.refresh_from_db()
    assert auditor.roles == ["auditor"]
    assert "スーパーバイザーの承認待ち" in client.get("/staff/").content.decode()
    actions.approve(town.supervisor, the_approval().pk)
    auditor.refresh_from_db()
    assert auditor.roles == ["auditor", "counsellor"]


def test_a_counsellor_who_becomes_supervisor_keeps_the_password(town: Town) -> None:
    actions.set_roles(town.administrator, town.sato, ["counsellor", "supervisor"], is_active=True)
    approval, password = actions.approve(town.supervisor, the_approval().pk)
    assert password == ""
    assert User.objects.get(pk=approval.member_id).check_password(RIGHT)


def test_taking_the_role_out_again_withdraws_what_was_asked(town: Town) -> None:
    user = asked(town, "counsellor", "auditor")
    pk = the_approval().pk
    actions.set_roles(town.administrator, user, ["auditor"], is_active=True)
    with pytest.raises(actions.Decided):
        actions.approve(town.supervisor, pk)
    user.refresh_from_db()
    assert user.roles == ["auditor"]


def test_a_refusal_gives_nothing_and_stays_on_the_page(town: Town) -> None:
    user = asked(town, "supervisor")
    client = as_one(town.supervisor)
    client.post(f"/approvals/{the_approval().pk}/refuse/")
    user.refresh_from_db()
    assert user.roles == []
    assert "断った" in client.get("/approvals/").content.decode()


def test_everything_about_it_is_on_the_record(town: Town) -> None:
    asked(town, "counsellor")
    actions.approve(town.supervisor, the_approval().pk)
    rows = Entry.objects.filter(organisation_id=town.organisation.pk).order_by("pk")
    told = [(row.verb.split(".")[1], row.actor_id) for row in rows]
    assert ("ask_approval", town.administrator.pk) in told
    assert told[-2:] == [("approve", town.supervisor.pk), ("reset", town.supervisor.pk)]


def test_supervisors_see_in_the_menu_how_many_wait(town: Town) -> None:
    asked(town, "counsellor")
    assert re.search(
        r'スタッフの承認 <span class="badge[^>]*>1<', as_one(town.supervisor).get("/log/").content.decode()
    )
    assert "スタッフの承認" not in as_one(town.sato).get("/desk/history/").content.decode()


def test_nobody_decides_about_oneself_or_another_organisation(town: Town) -> None:
    other = found_town()
    asked(town, "counsellor")
    pk = the_approval().pk
    assert as_one(other.supervisor).post(f"/approvals/{pk}/approve/").status_code == 404
    assert as_one(town.administrator).post(f"/approvals/{pk}/approve/").status_code == 404
    StaffApproval.objects.filter(pk=pk).update(member=town.supervisor)
    with pytest.raises(actions.OwnAccount):
        actions.approve(town.supervisor, pk)


def test_the_first_supervisor_is_made_by_the_administrator(town: Town) -> None:
    User.objects.filter(pk=town.supervisor.pk).update(roles=["auditor"])
    assert asked(town, "supervisor").roles == ["supervisor"]
    assert not StaffApproval.objects.exists()


def test_without_a_supervisor_a_counsellor_waits_for_the_first(town: Town) -> None:
    User.objects.filter(pk=town.supervisor.pk).update(roles=["auditor"])
    assert asked(town, "counsellor").roles == []


@pytest.mark.parametrize(("roles", "is_active"), [(["auditor"], True), (["supervisor"], False)])
def test_the_last_supervisor_stays(town: Town, roles: list[str], is_active: bool) -> None:
    with pytest.raises(actions.LastSupervisor):
        actions.set_roles(town.administrator, town.supervisor, roles, is_active=is_active)


def test_the_sign_in_of_a_counsellor_begins_anew_with_a_supervisors_word(town: Town) -> None:
    client = as_one(town.administrator)
    assert "承認を頼みました" in client.post(f"/staff/{town.sato.pk}/reset/", follow=True).content.decode()
    town.sato.refresh_from_db()
    assert town.sato.check_password(RIGHT)
    page = as_one(town.supervisor).post(f"/approvals/{the_approval().pk}/approve/").content.decode()
    town.sato.refresh_from_db()
    assert town.sato.check_password(password_on(page))
    assert town.sato.password_set_at is None


def test_the_administrator_resets_whoever_reads_no_content(town: Town) -> None:
    auditor = asked(town, "auditor")
    User.objects.filter(pk=auditor.pk).update(second_factor=b"x", recovery_codes=["y"])
    theirs = as_one(auditor)
    page = as_one(town.administrator).post(f"/staff/{auditor.pk}/reset/").content.decode()
    auditor.refresh_from_db()
    assert auditor.check_password(password_on(page))
    assert (auditor.second_factor, auditor.recovery_codes, auditor.password_set_at) == (None, [], None)
    assert theirs.get("/log/").status_code == 302
    assert Entry.objects.filter(verb="accounts.reset", subject_id=auditor.pk).count() == 1


def test_nobody_resets_the_own_account(town: Town) -> None:
    path = f"/staff/{town.administrator.pk}/reset/"
    assert as_one(town.administrator).post(path).status_code == 404
    with pytest.raises(actions.OwnAccount):
        actions.reset(town.administrator, town.administrator)


def test_the_only_supervisor_there_is_can_be_helped_by_the_administrator(town: Town) -> None:
    assert actions.reset(town.administrator, town.supervisor)


def test_no_supervisor_is_made_the_only_one_to_get_at_the_account(town: Town) -> None:
    second = actions.add_user(None, town.organisation, "second@example.jp", "伊藤", ["supervisor"], RIGHT)[0]
    actions.set_roles(town.administrator, second, ["supervisor"], is_active=False)
    assert actions.reset(town.administrator, town.supervisor) == ""
    town.supervisor.refresh_from_db()
    assert town.supervisor.check_password(RIGHT)
