"""An emergency from the one key to the receiver's last confirmation; who may do what; nothing of it in the clear."""

import pytest
from django.db import connection, transaction
from django.test import Client

from madoguchi.audit.models import Entry
from madoguchi.core import clock
from madoguchi.core.work import Job
from madoguchi.desk import actions as desk
from madoguchi.desk.lines import READY
from madoguchi.desk.models import Conversation
from madoguchi.emergency import actions
from madoguchi.emergency.actions import look
from madoguchi.emergency.actions.dossier import call_again, claim_notices
from madoguchi.emergency.models import READY_MADE, Emergency, EmergencyState, Notice, Tick
from madoguchi.inbox import router
from tests.people import Town, line_id, text

REASON = "首にあざ、今夜も父が家にいる"


def held(town: Town, words: str = "お父さんに殴られました。新宿駅にいます") -> Conversation:
    with transaction.atomic():
        _meaning, contact = router.route(town.channel, text(words, line_id("a")))
    return desk.take(town.sato, Conversation.objects.open().get(contact=contact).pk)


def test_the_key_opens_one_dossier_for_the_holder_and_the_supervisor_alone(town: Town) -> None:
    talk = held(town)
    opened = actions.open_dossier(town.sato, talk.pk)
    assert actions.open_dossier(town.supervisor, talk.pk) == opened
    for who in (town.suzuki, town.administrator):
        with pytest.raises(actions.NotReached):
            actions.open_dossier(who, talk.pk)
        assert not Emergency.objects.visible_to(who).exists()
    assert Entry.objects.filter(verb="emergency.open").count() == 1


def test_deciding_starts_the_clocks_of_each_receiver_once(town: Town) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    for receivers in ([], ["own-999999"]):
        with pytest.raises(actions.Unfit):
            actions.decide(town.sato, opened.pk, REASON, receivers)
    for _again in range(2):
        decided = actions.decide(town.sato, opened.pk, REASON, ["189", "110"])
    assert sorted(decided.notices.values_list("phone", "task")) == [
        ("110", "at_once"),
        *[("189", task) for task in ("at_once", "intake", "safety")],
    ]
    assert REASON in Emergency.objects.get().reason


def test_a_clock_calls_until_the_receiver_has_confirmed(town: Town) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    actions.decide(town.sato, opened.pk, REASON, ["110"])
    past = clock.now() - clock.seconds(60)
    Notice.objects.update(deadline_at=past, due_at=past)
    (job,) = claim_notices(10)
    call_again(job)
    notice = Notice.objects.get()
    assert (notice.calls, notice.due_at is not None and notice.due_at > clock.now()) == (1, True)
    actions.confirm(town.sato, notice.pk, "新宿署 生活安全課", "電話、受付12号")
    Notice.objects.filter(pk=notice.pk).update(leased_until=None)
    assert claim_notices(10) == []
    call_again(Job(notice.pk, job.attempt))
    notice.refresh_from_db()
    assert (notice.calls, notice.confirmation["who"]) == (1, "新宿署 生活安全課")
    assert Emergency.objects.get().state == EmergencyState.CONFIRMED


def test_a_confirmation_needs_somebody_and_a_moment_that_was(town: Town) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    actions.decide(town.sato, opened.pk, REASON, ["110"])
    notice, now = Notice.objects.get(), clock.now()
    with pytest.raises(actions.Unfit):
        actions.confirm(town.sato, notice.pk, " ", "")
    for moment in (now + clock.seconds(600), now - clock.seconds(86400)):
        with pytest.raises(actions.Unfit):
            actions.confirm(town.sato, notice.pk, "新宿署", "", moment)
    with pytest.raises(actions.NotReached):
        actions.confirm(town.suzuki, notice.pk, "新宿署", "")


@pytest.mark.parametrize("goes", ["given back", "handed over"])
def test_who_telephoned_enters_the_confirmation_whoever_holds_the_talk_by_then(
    goes: str, town: Town, client: Client
) -> None:
    talk = held(town)
    opened = actions.open_dossier(town.sato, talk.pk)
    actions.decide(town.sato, opened.pk, REASON, ["110"])
    if goes == "given back":
        desk.release(town.sato, talk.pk)
    else:
        desk.accept(town.suzuki, desk.hand_over(town.sato, talk.pk, "よろしく", to=town.suzuki).pk)
    client.force_login(town.sato)
    assert f"/emergency/{opened.pk}/" in client.get("/emergency/running/").content.decode()
    page = client.get(f"/emergency/{opened.pk}/").content.decode()
    assert ("トークへ" in page) == (goes == "given back"), "the talk itself is only for who may read it"
    done = client.post(
        f"/emergency/notices/{Notice.objects.get().pk}/confirm/", {"who": "新宿署"}, follow=True
    )
    assert "確認を残しました" in done.content.decode()
    assert Emergency.objects.get().state == EmergencyState.CONFIRMED
    assert client.get(f"/emergency/{opened.pk}/").status_code == 404, "what it was for has ended"
    assert (Emergency.objects.visible_to(town.suzuki).count() == 1) == (goes == "handed over")


def test_after_the_decision_only_a_supervisor_calls_it_off(town: Town) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    actions.decide(town.sato, opened.pk, REASON, ["189"])
    with pytest.raises(actions.NotReached):
        actions.withdraw(town.sato, opened.pk, "まちがいだった")
    with pytest.raises(actions.Unfit):
        actions.withdraw(town.supervisor, opened.pk, " ")
    actions.withdraw(town.supervisor, opened.pk, "まちがいだった")
    assert not Notice.objects.running().exists()
    assert not Notice.objects.filter(due_at__isnull=False).exists()


def test_the_dossier_shows_who_where_what_and_who_decided(town: Town) -> None:
    talk = held(town)
    (alert,) = talk.alerts.all()
    desk.acknowledge(town.supervisor, alert.pk, is_grave=True)
    actions.tick(town.sato, talk.pk, "abuse.near", "yes", "父が隣の部屋")
    opened = actions.open_dossier(town.sato, talk.pk)
    number = talk.first_message.number
    actions.quote(town.sato, opened.pk, number, is_quoted=True)
    shown = look.dossier(town.sato, Emergency.objects.get())
    assert [(hint.words, hint.number) for hint in shown.hints] == [("新宿駅", number)]
    assert [line.number for line in shown.quoted] == [number]
    assert [tick.words for tick in shown.ticks] == ["父が隣の部屋"]
    assert {"佐藤", "高橋"} <= {event.by for event in shown.events}
    entry = Entry.objects.get(verb="emergency.look")
    assert number in entry.detail["messages"]


def test_only_lines_of_the_own_thread_can_be_quoted(town: Town) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    with pytest.raises(actions.NotReached):
        actions.quote(town.sato, opened.pk, 4711, is_quoted=True)


def test_a_tick_says_who_and_when_and_an_earlier_one_stays(town: Town) -> None:
    talk = held(town)
    actions.tick(town.sato, talk.pk, "suicide.plan", "unclear")
    actions.tick(town.supervisor, talk.pk, "suicide.plan", "yes", "橋から")
    assert Tick.objects.count() == 2
    (last,) = look.last_ticks(Conversation.objects.select_related("contact").get(pk=talk.pk))
    assert (last.answer, last.words, last.by) == ("yes", "橋から", town.supervisor)
    for item, answer in (("suicide.nothing", "yes"), ("suicide.plan", "73%")):
        with pytest.raises(actions.Unknown):
            actions.tick(town.sato, talk.pk, item, answer)
    with pytest.raises(desk.NotYours):
        actions.tick(town.suzuki, talk.pk, "suicide.plan", "no")


def test_nothing_that_was_written_stands_in_the_clear(town: Town) -> None:
    talk = held(town)
    actions.tick(town.sato, talk.pk, "abuse.near", "yes", "父が隣の部屋")
    opened = actions.open_dossier(town.sato, talk.pk)
    actions.decide(town.sato, opened.pk, REASON, ["110"])
    actions.confirm(town.sato, Notice.objects.get().pk, "新宿署の田中さん", "受付12号")
    written = ""
    for table in ("emergency_emergency", "emergency_notice", "emergency_tick", "audit_entry"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT string_agg(row::text, ' ') FROM {table} AS row")
            written += str(cursor.fetchone()[0])
    for words in (REASON, "隣の部屋", "田中さん", "受付12号"):
        assert words not in written
        assert words.encode().hex() not in written


def test_what_was_typed_is_not_lost_when_something_is_missing(town: Town, client: Client) -> None:
    opened = actions.open_dossier(town.sato, held(town).pk)
    client.force_login(town.sato)
    answer = client.post(f"/emergency/{opened.pk}/decide/", {"reason": REASON})
    assert (answer.status_code, REASON in answer.content.decode()) == (422, True)
    client.force_login(town.suzuki)
    assert client.get(f"/emergency/{opened.pk}/").status_code == 404


def test_a_number_that_friends_are_told_and_staff_call_stands_in_one_place() -> None:
    told = {line.number: line.name for line in READY}
    assert [told.get(one.phone) for one in READY_MADE] == [one.name for one in READY_MADE]
