"""The builder as it is used: each edit by itself, by the buttons' own posts, with what the page then shows."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.contacts import actions as contacts
from madoguchi.surveys import actions, editing
from madoguchi.surveys.definition import END, Definition, Kind, Words
from madoguchi.surveys.models import Survey
from tests.people import Town
from tests.surveys.made import options, question, survey

PART: dict[str, Any] = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


@pytest.fixture
def made(town: Town) -> Survey:
    first = question("q1", Kind.SINGLE, "だれですか", options=options("本人", "母", o0="q3"))
    return actions.create(
        town.supervisor,
        "相談の前に",
        definition=survey(first, question("q2"), question("q3", text="ほかには")),
    )


def draft(made: Survey) -> Definition:
    return Survey.objects.get(pk=made.pk).draft_definition


def keys(made: Survey) -> list[str]:
    return [row.key for row in draft(made).questions]


def base(made: Survey, key: str) -> str:
    return editing.fingerprint(draft(made), key)


def post(desk: Client, made: Survey, name: str, *place: str, part: bool = True, **values: object) -> str:
    answer = desk.post(reverse(f"surveys:{name}", args=[made.pk, *place]), values, **(PART if part else {}))
    return answer.content.decode() if part else answer["Location"]


def sent(made: Survey, key: str = "q1", **more: object) -> dict[str, Any]:
    """A card as the page sends it."""
    row = draft(made).question(key)
    assert row is not None
    values: dict[str, object] = {"base": base(made, key), "kind": row.kind.value, "text_ja": row.text.ja}
    if row.is_required:
        values["is_required"] = "on"
    if row.options:
        values |= {
            "opt": [option.code for option in row.options],
            "opt_ja": [option.label.ja for option in row.options],
            "opt_plain": ["" for _ in row.options],
            "opt_en": ["" for _ in row.options],
            "opt_to": [option.to for option in row.options],
        }
    return values | more


def test_a_question_of_each_kind_is_added_and_open_at_once(desk: Client, made: Survey) -> None:
    for kind in Kind:
        page = post(desk, made, "add-question", kind=kind.value)
        assert 'class="question is-open"' in page
        assert f'<option value="{kind.value}" selected>' in page
    assert [row.kind for row in draft(made).questions[3:]] == list(Kind)
    post(desk, made, "add-question", kind="text", after="q1")
    assert keys(made)[:3] == ["q1", "q14", "q2"]


def test_what_is_typed_is_saved_and_the_fields_are_left_alone(desk: Client, made: Survey) -> None:
    words = {"text_ja": "どなたですか", "text_plain": "誰《だれ》ですか", "text_en": "Who?"}
    address = reverse("surveys:edit-question", args=[made.pk, "q1"])
    answer = desk.post(address, sent(made, **words), **PART)
    page = answer.content.decode()
    assert answer["HX-Reswap"].startswith("none")
    assert "保存しました" in page
    assert 'id="questions"' not in page
    assert f'value="{base(made, "q1")}"' in page
    kept = draft(made).question("q1")
    assert kept is not None
    assert kept.text == Words("どなたですか", "誰《だれ》ですか", "Who?")
    assert [option.to for option in kept.options] == ["q3", ""]


def test_every_button_works_without_scripts(desk: Client, made: Survey) -> None:
    place = post(desk, made, "edit-question", "q1", part=False, **sent(made, text_ja="だれ？"))
    assert place.endswith("?open=q1#card-q1")
    assert desk.get(place.split("#")[0]).status_code == 200
    post(desk, made, "move-question", "q1", part=False, do="down")
    assert keys(made) == ["q2", "q1", "q3"]
    post(desk, made, "undo", part=False, revision=Survey.objects.get().draft_revision)
    assert keys(made) == ["q1", "q2", "q3"]


@pytest.mark.parametrize(
    ("do", "names"),
    [
        ("add-option", ["本人", "母", ""]),
        ("remove-option:o0", ["母"]),
        ("down-option:o0", ["母", "本人"]),
        ("up-option:o1", ["母", "本人"]),
        ("paste", ["本人", "母", "父", "祖父母"]),
    ],
)
def test_choices_are_a_simple_list(desk: Client, made: Survey, do: str, names: list[str]) -> None:
    page = post(desk, made, "edit-question", "q1", **sent(made, do=do, lines="父\r\n\r\n 祖父母 \n"))
    kept = draft(made).question("q1")
    assert kept is not None
    assert [option.label.ja for option in kept.options] == names
    assert len({option.code for option in kept.options}) == len(names)
    assert 'id="questions"' in page


def test_lines_that_find_no_room_are_handed_back(desk: Client, made: Survey) -> None:
    lines = "\n".join(f"町{number}" for number in range(120))
    page = post(desk, made, "edit-question", "q1", **sent(made, do="paste", lines=lines))
    kept = draft(made).question("q1")
    assert kept is not None
    assert len(kept.options) == 100
    assert "町98\n" in page
    assert "町119" in page
    assert "入らなかった行" in page


def test_a_question_is_dragged_copied_and_removed_and_each_can_be_taken_back(
    desk: Client, made: Survey
) -> None:
    post(desk, made, "move-question", "q3", do="before", before="q1")
    assert keys(made) == ["q3", "q1", "q2"]
    post(desk, made, "edit-question", "q1", **sent(made, do="duplicate", attribute="who"))
    assert keys(made) == ["q3", "q1", "q4", "q2"]
    assert [row.attribute for row in draft(made).questions] == ["", "who", "", ""]
    post(desk, made, "edit-question", "q3", **sent(made, "q3", do="remove"))
    assert [option.to for option in draft(made).questions[0].options] == ["", ""]
    for expected in (["q3", "q1", "q4", "q2"], ["q3", "q1", "q2"], ["q1", "q2", "q3"]):
        post(desk, made, "undo", revision=Survey.objects.get().draft_revision)
        assert keys(made) == expected
    assert draft(made).questions[0].options[0].to == "q3"


def test_a_key_that_went_out_is_never_given_to_another_question(
    town: Town, desk: Client, made: Survey
) -> None:
    actions.publish(town.supervisor, made)
    post(desk, made, "edit-question", "q2", **sent(made, "q2", do="remove"))
    post(desk, made, "add-question", kind="date")
    assert keys(made) == ["q1", "q3", "q4"]


def test_choosing_an_attribute_offers_its_choices(town: Town, desk: Client, made: Survey) -> None:
    contacts.install_set(town.organisation, "consultation", town.supervisor)
    page = post(desk, made, "edit-question", "q1", **sent(made, attribute="who"))
    assert "この属性の選択肢（6個）" in page
    assert "「本人」が属性「どなたの相談か」にありません" in page
    page = post(desk, made, "edit-question", "q1", **sent(made, attribute="who", do="take-options"))
    kept = draft(made).question("q1")
    assert kept is not None
    assert [option.code for option in kept.options][:2] == ["self", "mother"]
    assert kept.options[0].label == Words("本人", en="The child")
    assert "この属性の選択肢" not in page
    assert "「本人」が属性" not in page


def test_problems_stand_at_their_place_and_in_a_summary_that_leads_there(desk: Client, made: Survey) -> None:
    page = post(desk, made, "edit-question", "q2", **sent(made, "q2", text_ja="", to="q1"))
    said = re.search(r'id="said-text"[^>]*>(.*?)</ul>', page, re.DOTALL)
    assert said is not None
    assert "質問の文を入力してください" in said[1]
    assert "終わらない道" in page
    assert 'href="?open=q2#card-q2"' in page
    assert "あと2か所で公開できます" in page
    page = post(desk, made, "edit-question", "q2", **sent(made, "q2", text_ja="なに", to=END))
    assert "終わらない道" not in page


def test_a_problem_hinders_publishing_and_without_one_it_goes_out(
    town: Town, desk: Client, made: Survey
) -> None:
    post(desk, made, "edit-question", "q2", **sent(made, "q2", text_ja=""))
    address = reverse("surveys:publish", args=[made.pk])
    page = desk.post(address, {"revision": 2}, follow=True).content.decode()
    assert "あと1か所を直すと公開できます" in page
    post(desk, made, "edit-question", "q2", **sent(made, "q2", text_ja="なに"))
    assert "ほかの人がいま編集しました" in desk.post(address, {"revision": 1}, follow=True).content.decode()
    revision = Survey.objects.get().draft_revision
    page = desk.post(address, {"revision": revision}, follow=True).content.decode()
    assert "第1版を公開しました" in page
    assert Survey.objects.get().is_asked
    desk.post(reverse("surveys:close", args=[made.pk]))
    assert not Survey.objects.get().is_asked


def test_the_words_before_and_after_are_saved_too(desk: Client, made: Survey) -> None:
    values: dict[str, Any] = {
        "title_ja": "受付",
        "title_en": "Intake",
        "intro_ja": "はじめに",
        "base": base(made, "intro"),
    }
    assert "保存しました" in post(desk, made, "words", "intro", **values)
    assert "保存しました" in post(
        desk, made, "words", "closing", closing_ja="ありがとう", base=base(made, "closing")
    )
    kept = draft(made)
    assert (kept.title, kept.intro.ja, kept.closing.ja) == (
        Words("受付", en="Intake"),
        "はじめに",
        "ありがとう",
    )
    assert Survey.objects.get().title == "受付"


def test_a_new_survey_invites_and_does_not_scold(town: Town, desk: Client) -> None:
    blank = actions.create(town.supervisor, "なつまつり")
    page = desk.get(reverse("surveys:survey", args=[blank.pk])).content.decode()
    assert "最初の質問の答え方を選んでください" in page
    assert re.search(r'id="troubles"[^>]* hidden', page)
    assert 'href="#add-question"' in page


def test_what_was_published_says_how_it_reaches_anybody(town: Town, desk: Client, made: Survey) -> None:
    actions.publish(town.supervisor, made)
    page = reverse("surveys:survey", args=[made.pk])
    assert "まだどのあいさつにも付いていません" in desk.get(page).content.decode()
    actions.welcome_with(town.supervisor, town.channel, made)
    assert "まだどのあいさつにも付いていません" not in desk.get(page).content.decode()
