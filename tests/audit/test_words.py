"""Whatever is recorded can be read in the log by somebody who does not know the code."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from madoguchi.audit.models import Entry
from madoguchi.audit.views import _meant
from madoguchi.audit.words import DETAILS, KINDS, VERBS
from madoguchi.console import log_words
from madoguchi.contacts import actions as contacts
from madoguchi.core import walls
from tests import people
from tests.surveys.answered import friend
from tools.scratch import ROOT


def recorded() -> list[tuple[str, set[str], str]]:
    """Every act that the product records: its verb, the names of its details, and what the code calls its subject."""
    sources = (path.read_text() for path in sorted((ROOT / "madoguchi").rglob("*.py")))
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return [act for function in functions for act in _acts(function)]


def _acts(function: ast.FunctionDef) -> Iterator[tuple[str, set[str], str]]:
    for node in ast.walk(function):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if not isinstance(node, ast.Call) or name not in ("record", "record_each"):
            continue
        if isinstance(verb := node.args[1], ast.Constant):  # record hands its own on to record_each
            named = {keyword.arg or "" for keyword in node.keywords}
            subject = node.args[2].id if isinstance(node.args[2], ast.Name) else ""
            yield str(verb.value), named if name == "record" else _keys(function), subject


def _keys(function: ast.FunctionDef) -> set[str]:
    """What the dictionaries are keyed by that a function writes down."""
    dicts = [node for node in ast.walk(function) if isinstance(node, ast.Dict)]
    return {str(key.value) for one in dicts for key in one.keys if isinstance(key, ast.Constant)}


def test_every_act_that_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    verbs = {verb for verb, _details, _subject in recorded()}
    assert len(verbs) > 20
    assert verbs == set(VERBS)


def test_every_detail_that_is_recorded_has_its_words_and_no_word_is_left_over() -> None:
    assert set().union(*(details for _verb, details, _subject in recorded())) == set(DETAILS)


def test_a_detail_reads_without_knowing_the_code() -> None:
    assert said("accounts.set_roles", is_active=False, messages=list(range(9))) == {
        "利用できる": "いいえ",
        "メッセージ": "0、1、2、3、4、5 … (9)",
    }


def test_codes_are_said_as_words() -> None:
    assert said("accounts.set_roles", roles=["counsellor", "auditor"]) == {"役割": "相談員、監査"}
    assert said("desk.close", outcome="guided") == {"結果": "他窓口を案内"}
    assert said("contacts.set_values", source="import") == {"どこから": "取り込み"}
    assert said("surveys.begin", way="liff") == {"どこで": "LIFF"}
    assert said("desk.set_reception", changed=["capacity"]) == {"変えた項目": "同時に受ける相談の数"}
    assert said("contacts.change_attribute", changed=["readers", "options"]) == {
        "変えた項目": "見てよい役割、選択肢"
    }


def test_a_code_that_nobody_knows_any_more_is_shown_as_it_is() -> None:
    assert said("desk.close", outcome="lost_rule", message=3) == {"結果": "lost_rule", "メッセージ": "3"}


@pytest.mark.django_db
def test_the_log_names_what_it_speaks_of_but_never_which_tag_a_friend_was_given() -> None:
    with walls.everywhere():
        town = people.found_town()
        attribute = contacts.install_set(town.organisation, "consultation", town.supervisor)[0]
        tag = contacts.add_tag(town.supervisor, "ひみつの印", "shu")
        contact = friend(town)
        contacts.set_values(contact, {attribute: "self"}, source="counsellor", actor=town.supervisor)
        contacts.tag(town.supervisor, contact, tag)
        log = list(Entry.objects.order_by("pk"))
        known = log_words.names(log, town.organisation.pk)
    spoken = {entry.verb: dict(log_words.details(entry, known)) for entry in log}
    assert spoken["contacts.set_values"]["属性"] == attribute.name
    assert spoken["contacts.tag"]["タグ"] == str(tag.pk)
    assert (
        log_words.subject(next(one for one in log if one.verb == "contacts.add_tag"), known) == "ひみつの印"
    )


def test_the_log_is_searched_in_the_words_it_shows() -> None:
    assert _meant(VERBS, "規約を公開") == ["contacts.publish_terms"]
    assert _meant(VERBS, "SIGN_IN") == ["accounts.sign_in"]


def test_whatever_something_was_done_to_has_a_word_for_its_kind() -> None:
    models = {model.__name__.lower() for model in apps.get_models()}
    subjects = {subject for _verb, _details, subject in recorded()} & models
    assert len(subjects) > 8
    assert subjects - set(KINDS) == set()


def said(verb: str, **detail: object) -> dict[str, str]:
    return dict(log_words.details(Entry(verb=verb, detail=detail), {}))
