"""An organisation changes the rules: at once, for itself alone, on the record."""

import pytest
from django.test import Client

from madoguchi.accounts.models import User
from madoguchi.audit.models import Entry
from madoguchi.signs import actions, marks
from madoguchi.signs.words import Kind, Word
from tests.people import Town

WORD = Word(Kind.LEMMA, "屋上の鍵を借りる")
SAID = "きのう屋上の鍵を借りた"


def names(user: User, text: str) -> list[str]:
    return marks.rules_of(marks.found(user.organisation_id, text))


def test_an_added_word_is_found_at_once_and_its_label_and_reason_are_told(town: Town) -> None:
    boss = town.supervisor
    rule = actions.add_rule(boss, "suicide", "学校の屋上", heeds_denial=True)
    assert names(boss, SAID) == []
    actions.add_word(boss, rule.name, WORD)
    assert names(boss, SAID) == [rule.name]
    marked = marks.marked(boss.organisation_id, f"{SAID}🙂")
    assert "".join(piece.text for piece in marked) == f"{SAID}🙂"
    mark = next(piece.marks[0] for piece in marked if piece.marks)
    assert mark.label == "学校の屋上"
    assert WORD.text in mark.why
    actions.switch(boss, rule.name, is_on=False)
    assert names(boss, SAID) == []
    assert marks.label(boss.organisation_id, rule.name) == "学校の屋上"


def test_a_shipped_rule_is_switched_off_and_on_and_its_words_left_out_and_taken_back(town: Town) -> None:
    boss, word = town.supervisor, Word(Kind.LEMMA, "遺書")
    actions.switch(boss, "self_harm", is_on=False)
    assert names(boss, "リスカした") == []
    actions.switch(boss, "self_harm", is_on=True)
    assert names(boss, "リスカした") == ["self_harm"]
    actions.drop_word(boss, "suicide_plan", word)
    actions.drop_word(boss, "suicide_plan", word)
    assert names(boss, "遺書がある") == []
    actions.add_word(boss, "suicide_plan", word)
    assert names(boss, "遺書がある") == ["suicide_plan"]
    with pytest.raises(actions.WordThere):
        actions.add_word(boss, "suicide_plan", word)


def test_every_change_is_on_the_record_without_the_word(town: Town) -> None:
    actions.add_word(town.supervisor, "now", WORD)
    entry = Entry.objects.get(verb="signs.add_word", organisation_id=town.supervisor.organisation_id)
    assert entry.actor_id == town.supervisor.pk
    assert WORD.text not in str(entry.detail)


def test_a_rule_that_is_not_there_is_unknown_and_nothing_is_kept(town: Town) -> None:
    for name in ("own-999999", "own-x", "nothing"):
        with pytest.raises(actions.UnknownRule):
            actions.add_word(town.supervisor, name, WORD)


def test_only_a_supervisor_opens_the_rules(town: Town, client: Client) -> None:
    client.force_login(town.sato)
    assert client.get("/signs/").status_code == 404
    client.force_login(town.supervisor)
    page = client.get("/signs/").content.decode()
    assert "死にたい気持ち" in page
    assert "リスカ" not in client.get("/signs/?q=ありえない言葉").content.decode()


def test_a_sentence_is_tried_and_marked_and_is_kept_nowhere(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    page = client.post("/signs/", {"sentence": "もう<b>死にたい"}).content.decode()
    assert "もう&lt;b&gt;<mark>死にたい</mark>" in page
    assert not Entry.objects.filter(
        verb__startswith="signs.", organisation_id=town.supervisor.organisation_id
    )


def test_a_word_is_tried_before_it_is_added_and_says_what_it_does_to_the_examples(
    town: Town, client: Client
) -> None:
    client.force_login(town.supervisor)
    entered = {"text": "宿題", "kind": "spelling", "sentence": "宿題がある"}
    tried = client.post("/signs/rules/now/", {**entered, "try": "1"}).content.decode()
    assert "<mark>宿題</mark>" in tried
    assert names(town.supervisor, "宿題がある") == []
    done = client.post("/signs/rules/now/", entered, follow=True).content.decode()
    assert "で印が変わりました" in done
    assert names(town.supervisor, "宿題がある") == ["now"]
    client.post("/signs/rules/now/words/", {"kind": "spelling", "text": "宿題"})
    assert names(town.supervisor, "宿題がある") == []


def test_a_word_that_cannot_be_found_is_refused_in_words(town: Town, client: Client) -> None:
    client.force_login(town.supervisor)
    page = client.post("/signs/rules/now/", {"text": "(死", "kind": "lemma"}).content.decode()
    assert "かっこの数をそろえてください" in page


def test_an_own_rule_is_renamed_a_shipped_one_is_not(town: Town, client: Client) -> None:
    boss = town.supervisor
    rule = actions.add_rule(boss, "suicide", "屋上", heeds_denial=True)
    client.force_login(boss)
    assert client.post(f"/signs/rules/{rule.name}/rename/", {"label": " 高いところ "}).status_code == 302
    assert marks.label(boss.organisation_id, rule.name) == "高いところ"
    assert client.post("/signs/rules/suicide/rename/", {"label": "べつの名前"}).status_code == 404
    client.post(f"/signs/rules/{rule.name}/rename/", {"label": " "})
    assert marks.label(boss.organisation_id, rule.name) == "高いところ"
