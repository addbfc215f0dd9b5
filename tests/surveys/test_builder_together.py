"""Two people at one survey: nothing typed is lost, and who was first is named. And who may be there at all."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts import actions as accounts
from madoguchi.accounts.models import Role, User
from madoguchi.contacts.models import Purpose
from madoguchi.surveys import actions, editing
from madoguchi.surveys.definition import Kind, Words
from madoguchi.surveys.models import Submission, Survey, Welcome
from tests.people import Town, befriend
from tests.surveys.made import question, survey
from tests.surveys.test_builder_pages import PART, base, draft, keys, post, sent


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


@pytest.fixture
def made(town: Town) -> Survey:
    return actions.create(
        town.supervisor, "相談の前に", definition=survey(question("q1", text="一"), question("q2", text="二"))
    )


@pytest.fixture
def delivery(town: Town) -> User:
    return accounts.add_user(
        None, town.organisation, "push@example.jp", "田中", [Role.DELIVERY], "a-long-password"
    )[0]


def elsewhere(town: Town, made: Survey, key: str, text: str | None) -> None:
    """The administrator changes or removes a question meanwhile."""
    now = Survey.objects.get(pk=made.pk)
    old = now.draft_definition.question(key)
    assert old is not None
    after = editing.removed(now.draft_definition, key)
    if text is not None:
        after = editing.changed(now.draft_definition, question(key, text=text))
    actions.save_draft(town.administrator, now, after, now.draft_revision, place=key)


def test_changes_to_different_questions_both_stay(town: Town, desk: Client, made: Survey) -> None:
    values = sent(made, "q1", text_ja="いち")
    elsewhere(town, made, "q2", "に")
    assert "保存しました" in post(desk, made, "edit-question", "q1", **values)
    assert [row.text.ja for row in draft(made).questions] == ["いち", "に"]


def test_who_was_first_at_one_question_is_named_and_what_was_typed_stays(
    town: Town, desk: Client, made: Survey
) -> None:
    values = sent(made, "q1", text_ja="わたしの文")
    elsewhere(town, made, "q1", "ほかの文")
    answer = desk.post(reverse("surveys:edit-question", args=[made.pk, "q1"]), values, **PART)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "山本さんが" in page
    assert ">わたしの文</textarea>" in page
    assert draft(made).questions[0].text.ja == "ほかの文"
    values |= {"base": base(made, "q1"), "do": "mine"}
    assert "保存しました" in post(desk, made, "edit-question", "q1", **values)
    assert draft(made).questions[0].text.ja == "わたしの文"


def test_what_was_typed_into_a_removed_question_can_be_added_again(
    town: Town, desk: Client, made: Survey
) -> None:
    values = sent(made, "q1", text_ja="わたしの文")
    elsewhere(town, made, "q1", None)
    answer = desk.post(reverse("surveys:edit-question", args=[made.pk, "q1"]), values, **PART)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">わたしの文</textarea>" in page
    assert "この内容でもう一度加える" in page
    post(desk, made, "edit-question", "q1", **values, do="again")
    assert [row.text.ja for row in draft(made).questions] == ["二", "わたしの文"]


def test_the_words_of_two_people_are_not_written_over_each_other(
    town: Town, desk: Client, made: Survey
) -> None:
    old = base(made, "closing")
    post(desk, made, "words", "closing", closing_ja="さようなら", base=old)
    answer = desk.post(
        reverse("surveys:words", args=[made.pk, "closing"]), {"closing_ja": "またね", "base": old}, **PART
    )
    assert answer.status_code == 409
    assert ">またね</textarea>" in answer.content.decode()
    assert draft(made).closing.ja == "さようなら"


def test_undoing_takes_back_only_what_the_page_has_seen(town: Town, desk: Client, made: Survey) -> None:
    post(desk, made, "move-question", "q1", do="down")
    seen = Survey.objects.get().draft_revision
    elsewhere(town, made, "q1", "ほかの文")
    answer = desk.post(reverse("surveys:undo", args=[made.pk]), {"revision": seen}, **PART)
    assert answer.status_code == 409
    assert "山本さんが" in answer.content.decode()
    assert draft(made).questions[1].text.ja == "ほかの文"


def test_what_one_person_goes_on_typing_is_one_change(town: Town, made: Survey) -> None:
    for text in ("い", "いち", "いちば", "いちばん"):
        now = Survey.objects.get(pk=made.pk)
        after = editing.changed(now.draft_definition, question("q1", text=text))
        actions.save_draft(town.supervisor, now, after, now.draft_revision, place="q1")
    assert made.edits.count() == 1
    actions.undo(town.supervisor, made, Survey.objects.get().draft_revision)
    assert draft(made).questions[0].text == Words("一")
    assert actions.undo(town.supervisor, made, Survey.objects.get().draft_revision) is None


def test_who_only_delivers_sees_and_builds_only_what_is_for_deliveries(
    delivery: User, client: Client, made: Survey
) -> None:
    client.force_login(delivery)
    for name in ("survey", "settings", "versions", "file"):
        assert client.get(reverse(f"surveys:{name}", args=[made.pk])).status_code == 404
    assert client.post(reverse("surveys:publish", args=[made.pk]), {"revision": 1}).status_code == 404
    page = client.get(reverse("surveys:list")).content.decode()
    assert "相談の前に" not in page
    assert 'value="municipal"' in page
    assert 'value="consultation"' not in page
    new = {"title": "催し", "purpose": "consultation"}
    assert client.post(reverse("surveys:add"), new).status_code == 200
    assert client.post(reverse("surveys:make-ready-made"), {"do": "consultation"}).status_code == 404
    assert client.post(reverse("surveys:add"), new | {"purpose": "delivery"}).status_code == 302
    assert list(Survey.objects.exclude(pk=made.pk).values_list("purpose", flat=True)) == [Purpose.DELIVERY]


def test_a_counsellor_looks_and_tries_and_changes_nothing(town: Town, client: Client, made: Survey) -> None:
    client.force_login(town.sato)
    page = client.get(reverse("surveys:survey", args=[made.pk]) + "?open=q1").content.decode()
    assert "一" in page
    assert 'name="text_ja"' not in page
    preview = client.post(reverse("surveys:preview", args=[made.pk]), {"begin": "", "tap": ":agree:"}, **PART)
    assert "【1】一" in preview.content.decode()
    for name, place in (("add-question", ()), ("edit-question", ("q1",)), ("move-question", ("q1",))):
        answer = client.post(reverse(f"surveys:{name}", args=[made.pk, *place]), {"do": "up", "kind": "text"})
        assert answer.status_code == 404
    assert keys(made) == ["q1", "q2"]


def test_another_organisations_survey_looks_absent(desk: Client) -> None:
    from tests.people import found_town

    theirs = actions.create(found_town("みどり市").supervisor, "よその")
    assert desk.get(reverse("surveys:survey", args=[theirs.pk])).status_code == 404
    assert desk.post(reverse("surveys:remove", args=[theirs.pk])).status_code == 404


def test_a_greeting_that_carries_what_one_may_not_see_is_not_replaced(
    town: Town, delivery: User, client: Client, made: Survey
) -> None:
    actions.publish(town.supervisor, made)
    actions.welcome_with(town.supervisor, town.channel, made)
    news = actions.create(delivery, "催し", Purpose.DELIVERY)
    client.force_login(delivery)
    page = client.get(reverse("surveys:settings", args=[news.pk])).content.decode()
    assert "スーパーバイザーに頼んでください" in page
    assert "相談の前に" not in page
    address = reverse("surveys:welcome", args=[news.pk, town.channel.pk])
    assert client.post(address, {"do": "attach"}).status_code == 404
    assert Welcome.objects.get().survey == made


def test_the_greeting_is_shown_as_a_new_friend_gets_it(town: Town, desk: Client, made: Survey) -> None:
    address = reverse("surveys:welcome", args=[made.pk, town.channel.pk])
    desk.post(address, {"do": "attach"})
    greeting = reverse("desk:greeting", args=[town.channel.pk])
    assert "アンケートに答える" not in desk.get(greeting, **PART).content.decode()
    actions.publish(town.supervisor, made)
    page = desk.get(greeting, **PART).content.decode()
    assert "アンケートに答える" in page
    assert "〈名前〉さん" in page
    desk.post(address, {"do": "detach"})
    assert not Welcome.objects.exists()


def test_what_went_out_keeps_its_purpose(town: Town, desk: Client, made: Survey) -> None:
    address = reverse("surveys:settings", args=[made.pk])
    wanted = {"purpose": "delivery", "cap": "5", "opens_at": "2026-04-01T09:00"}
    assert desk.post(address, wanted).status_code == 302
    assert Survey.objects.get().purpose == Purpose.DELIVERY
    actions.publish(town.supervisor, made)
    assert desk.post(address, {**wanted, "purpose": "consultation"}).status_code == 302
    kept = Survey.objects.get()
    assert (kept.purpose, kept.cap) == (Purpose.DELIVERY, 5)
    with pytest.raises(actions.PurposeStays):
        actions.schedule(
            town.supervisor,
            kept,
            purpose="both",
            opens_at=None,
            closes_at=None,
            cap=None,
            is_repeatable=False,
        )
    wrong = {**wanted, "closes_at": "2026-04-01T08:00"}
    assert "始まりより後の日時" in desk.post(address, wrong).content.decode()


def test_what_hangs_on_a_survey_keeps_it_from_being_removed(town: Town, desk: Client, made: Survey) -> None:
    actions.publish(town.supervisor, made)
    actions.begin(befriend(town), Survey.objects.get())
    page = desk.post(reverse("surveys:remove", args=[made.pk]), follow=True).content.decode()
    assert "回答があるので消せません" in page
    desk.post(reverse("surveys:archive", args=[made.pk]), {"do": "archive"})
    assert "まだアンケートがありません" in desk.get(reverse("surveys:list")).content.decode()
    assert "相談の前に" in desk.get(reverse("surveys:list") + "?archived").content.decode()
    assert 'class="question is-open"' not in post(desk, made, "edit-question", "q1", **sent(made, "q1"))
    desk.post(reverse("surveys:archive", args=[made.pk]), {"do": "take-out"})
    Submission.objects.all().delete()
    desk.post(reverse("surveys:remove", args=[made.pk]))
    assert not Survey.objects.exists()


def test_a_survey_goes_from_desk_to_desk_as_a_file(desk: Client, made: Survey) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = desk.get(reverse("surveys:file", args=[made.pk])).content
    page = desk.post(
        reverse("surveys:import"), {"file": SimpleUploadedFile("a.json", b"\xef\xbb\xbf" + content)}
    ).content.decode()
    assert "質問が2問あります" in page
    assert Survey.objects.count() == 1
    again = {"content": content.decode(), "do": "make", "purpose": "both"}
    assert desk.post(reverse("surveys:import"), again).status_code == 302
    copy = Survey.objects.latest("pk")
    assert (copy.draft, copy.purpose) == (Survey.objects.get(pk=made.pk).draft, Purpose.BOTH)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ファイルを選んでください"),
        (b'{"format": 1,\n "title" }', "2行目の"),
        ("名前".encode("cp932"), "UTF-8ではありません"),
        (b"[" * 100_000, "入れ子が深すぎます"),
        (b'{"format": 9}', "ファイルの形式：この形式のアンケートではありません"),
        (b'{"format": 1, "questions": [{"key": "q1", "kind": "song"}]}', "1番目の質問 › 質問の種類"),
        (b'{"format": 1, "title": {"ja": "\\ud800"}}', "名前 › 日本語：文字で書いてください"),
        (json.dumps({"format": 1, "questions": [{"key": f"q{n}", "kind": "text"} for n in range(101)]}).encode(),
         "質問は100問まで"),
        (b'{"format": 1, "colour": 1}', "「colour」：知らない項目です"),
        (b" " * (1024 * 1024 + 1), "1 MBまで"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where_and_how_to_mend_it(
    desk: Client, content: bytes, said: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = desk.post(
        reverse("surveys:import"), {"file": SimpleUploadedFile("a.json", content)} if content else {"x": 1}
    ).content.decode()
    assert said in page
    assert not Survey.objects.exists()


def test_the_ready_made_surveys_come_with_what_they_fill_and_can_go_out(town: Town, desk: Client) -> None:
    for name in ("consultation", "municipal"):
        page = desk.post(reverse("surveys:make-ready-made"), {"do": name}, follow=True).content.decode()
        assert "つくりました" in page
        made = Survey.objects.latest("pk")
        assert actions.publish(town.supervisor, made).number == 1


def test_versions_say_in_words_what_changed_and_can_come_back(town: Town, desk: Client, made: Survey) -> None:
    actions.publish(town.supervisor, made)
    post(desk, made, "edit-question", "q2", **sent(made, "q2", do="remove"))
    post(desk, made, "edit-question", "q1", **sent(made, "q1", text_ja="いち", kind=Kind.TEXT.value))
    address = reverse("surveys:versions", args=[made.pk])
    assert "まだ公開していない変更" in desk.get(address).content.decode()
    actions.publish(town.supervisor, made)
    page = desk.get(address).content.decode()
    for sentence in ("質問「二」を消した", "「いち」の文を変えた", "第2版", "はじめて公開した"):
        assert sentence in page
    assert "まだ公開していない変更" not in page
    desk.post(reverse("surveys:restore-version", args=[made.pk, 1]))
    assert keys(made) == ["q1", "q2"]
