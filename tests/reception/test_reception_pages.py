"""The pages of the reception: special days, by hand, shifts, other lines, and what was missed."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.contacts import actions as contacts
from madoguchi.core import clock
from madoguchi.desk import actions as desk
from madoguchi.desk import hours, lines
from madoguchi.desk.models import Duty, DutyState, Intake, OtherLine, Reception, Shift
from tests.people import Town, befriend, found_town
from tests.reception.waiting import arranged, last, press, said

TOMORROW = clock.jst(clock.now()).date() + timedelta(days=1)


def test_a_special_day_is_added_shown_and_dropped(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    address = reverse("desk:reception", args=[town.channel.pk])
    day = {"on": TOMORROW.isoformat(), "day_0_0": "20:00", "day_0_1": "02:00", "note": "増員の日"}
    assert client.post(reverse("desk:special-day", args=[town.channel.pk]), day).status_code == 302
    kept = Reception.objects.get().special_days[TOMORROW.isoformat()]
    assert kept == {"spans": [["20:00", "26:00"]], "note": "増員の日"}
    shown = client.get(address).content.decode()
    assert "20:00〜2:00" in shown
    assert "増員の日" in shown
    client.post(reverse("desk:drop-special-day", args=[town.channel.pk]), {"on": TOMORROW.isoformat()})
    assert Reception.objects.get().special_days == {}


def test_what_is_wrong_with_a_special_day_is_said_and_nothing_typed_is_lost(
    town: Town, client: Client
) -> None:
    client.force_login(town.supervisor)
    address = reverse("desk:special-day", args=[town.channel.pk])
    wrong = {"on": TOMORROW.isoformat(), "day_0_0": "09:00", "note": "メモが残る"}
    shown = client.post(address, wrong).content.decode()
    assert "始まりと終わりの両方の時刻を入れてください" in shown
    assert "メモが残る" in shown
    late = client.post(address, {"on": "2020-01-01"}).content.decode()
    assert "今日から2年先までの日付を入れてください" in late
    assert Reception.objects.get().special_days == {}


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ({"hours_0_0_0": "09:00", "hours_0_0_1": "09:00"}, "始まりと終わりが同じ時刻です"),
        (
            {"hours_0_0_0": "09:00", "hours_0_0_1": "13:00", "hours_0_1_0": "12:00", "hours_0_1_1": "15:00"},
            "重なっています",
        ),
        ({"hours_0_0_0": "25:00", "hours_0_0_1": "26:00"}, "0:00から23:59まで"),
        ({"holidays": "own"}, "祝日の受付時間を入れてください"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(
    spans: dict[str, str], sentence: str, town: Town, client: Client
) -> None:
    client.force_login(town.supervisor)
    address = reverse("desk:reception", args=[town.channel.pk])
    assert sentence in client.post(address, {"holidays": "closed", **spans}).content.decode()
    assert Reception.objects.get().hours == []


def test_two_spans_a_day_and_a_night_are_kept(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    address = reverse("desk:reception", args=[town.channel.pk])
    spans = {"hours_0_0_0": "09:00", "hours_0_0_1": "12:00", "hours_0_1_0": "18:00", "hours_0_1_1": "01:30"}
    assert client.post(address, {"holidays": "closed", **spans}).status_code == 302
    known = Reception.objects.get()
    assert known.hours[0] == [["09:00", "12:00"], ["18:00", "25:30"]]
    assert 'value="01:30"' in client.get(address).content.decode()


def test_a_pause_has_its_own_text_ends_by_itself_and_with_one_tap(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    address = reverse("desk:by-hand", args=[town.channel.pk])
    assert (
        client.post(address, {"by_hand": "paused", "text": "停電です。{次の受付}から。"}).status_code == 302
    )
    assert last(said(town)).content["text"].startswith("停電です。まだ決まっていませんから。")
    Reception.objects.update(by_hand_until=clock.now() - timedelta(seconds=1))
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN
    Reception.objects.update(by_hand_until=None)
    assert hours.intake(desk.reception(town.channel)) == Intake.PAUSED
    client.post(reverse("desk:end-by-hand", args=[town.channel.pk]))
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN


def test_a_time_that_has_passed_is_tomorrows(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    before = clock.jst(clock.now()) - timedelta(minutes=1)
    form = {"by_hand": "paused", "until": f"{before:%H:%M}"}
    client.post(reverse("desk:by-hand", args=[town.channel.pk]), form)
    until = Reception.objects.get().by_hand_until
    assert until is not None
    assert timedelta(hours=23) < until - clock.now() < timedelta(hours=24)


def _shift(town: Town, begin: datetime, end: datetime) -> None:
    desk.add_shifts(town.supervisor, [town.sato.pk], [(begin, end)])


def test_an_intake_that_needs_a_shift_is_closed_without_one(town: Town) -> None:
    arranged(town, needs_shift=True)
    assert hours.intake(desk.reception(town.channel)) == Intake.CLOSED
    _shift(town, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN


def test_how_many_are_taken_follows_from_who_is_on_shift_and_available(town: Town) -> None:
    arranged(town, is_sized_by_shift=True, usual_load=1)
    assert hours.intake(desk.reception(town.channel)) == Intake.FULL
    _shift(town, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1))
    assert hours.intake(desk.reception(town.channel)) == Intake.FULL
    duty, _new = Duty.objects.get_or_create(counsellor=town.sato, organisation=town.organisation)
    Duty.objects.filter(pk=duty.pk).update(state=DutyState.AVAILABLE, seen_at=clock.now())
    assert hours.intake(desk.reception(town.channel)) == Intake.OPEN
    said(town)
    assert hours.intake(desk.reception(town.channel)) == Intake.FULL


def test_shifts_are_added_for_people_and_days_copied_and_never_overlap(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    monday = date(2026, 11, 23)
    address = f"{reverse('desk:shifts')}?week={monday}"
    people = [town.sato.pk, town.suzuki.pk]
    form = {"people": people, "days": [0, 1], "begin": "22:00", "end": "06:00"}
    assert client.post(address, form).status_code == 302
    assert Shift.objects.count() == 4
    assert {shift.ends_at - shift.begins_at for shift in Shift.objects.all()} == {timedelta(hours=8)}
    client.post(address, form)
    assert Shift.objects.count() == 4
    for _ in range(2):
        client.post(reverse("desk:copy-shifts"), {"week": "2026-11-30"})
    assert Shift.objects.count() == 8
    assert "22:00〜6:00" in client.get(address).content.decode()
    client.post(reverse("desk:remove-shift", args=[Shift.objects.earliest("pk").pk]))
    assert Shift.objects.count() == 7


def test_a_counsellor_reads_shifts_and_changes_none(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    shown = client.get(reverse("desk:shifts")).content.decode()
    assert "シフトを加える" not in shown
    form = {"people": [town.sato.pk], "days": [0], "begin": "09:00", "end": "10:00"}
    client.post(reverse("desk:shifts"), form)
    assert not Shift.objects.exists()


def test_nobody_puts_another_organisations_people_on_shift(town: Town) -> None:
    other = found_town()
    begin = clock.now()
    assert desk.add_shifts(town.supervisor, [other.sato.pk], [(begin, begin + timedelta(hours=1))]) == (0, 0)


def test_other_lines_are_told_for_the_friends_own_area_first(town: Town) -> None:
    area = next(
        one
        for one in contacts.install_set(town.organisation, "consultation", town.supervisor)
        if one.kind == "area"
    )
    friend = befriend(town, "a")
    assert "189" in lines.told(town.organisation.pk, friend)
    for name, where in (
        ("どこでも", ""),
        ("新宿の窓口", "13104"),
        ("東京の窓口", "13"),
        ("大阪の窓口", "27"),
    ):
        OtherLine.objects.create(organisation=town.organisation, name=name, number="1", area=where)
    assert lines.told(town.organisation.pk, friend) == "・どこでも 1"
    contacts.set_values(friend, {area: "13104"}, source="survey")
    assert [line[1:4] for line in lines.told(town.organisation.pk, friend).split("\n")] == [
        "新宿の",
        "東京の",
        "どこで",
    ]


def test_the_ready_made_lines_come_once_and_can_be_arranged(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    for _ in range(2):
        client.post(reverse("desk:install-lines"))
    ours = OtherLine.objects.filter(organisation=town.organisation)
    assert ours.count() == len(lines.READY)
    second = ours[1]
    client.post(reverse("desk:raise-line", args=[second.pk]))
    assert ours.first() == second
    client.post(reverse("desk:remove-line", args=[second.pk]))
    assert ours.count() == len(lines.READY) - 1
    page = client.get(reverse("desk:other-lines")).content.decode()
    assert "0120-99-7777" in page


def test_what_was_missed_is_found_by_its_reason(town: Town, client: Client) -> None:
    arranged(town, by_hand="full")
    gave_up = said(town)
    press(town, f"i:{gave_up.first_message_id}:stop:")
    client.force_login(town.supervisor)
    address = reverse("desk:history")

    def found(end: str) -> bool:
        return gave_up.contact.handle in client.get(address, {"end": end}).content.decode()

    assert [found(end) for end in ("", "missed", "gave_up", "closed", "full", "handled", "resolved")] == [
        *(True, True, True),
        *(False, False, False, False),
    ]
