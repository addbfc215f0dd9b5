"""A survey inside LINE: answered by taps and words, left and taken up again, and never in a counsellor's way."""

from decimal import Decimal
from typing import Any

from faults.street import wait_until
from madoguchi.surveys.definition import Definition
from tests.journeys.surveys import INTAKE, answers, asked, buttons, press, says, submission
from tests.street import Friend, Town


def _newcomer(town: Town, name: str = "ひなた") -> Friend:
    friend = town.friend(name, follows=True)
    town.settle()
    return friend


def test_a_new_friend_answers_by_taps_and_nobody_is_called(town: Town) -> None:
    from madoguchi.contacts import actions as contacts
    from madoguchi.desk.models import Conversation

    asked(town)
    mother = _newcomer(town)
    press(mother, "アンケートに答える", "始める", "母")
    says(mother, "１２歳")
    press(mother, "学校", "体", "✓学校", "決定", "スキップ")
    assert answers(mother) == {"q1": ["mother"], "q2": Decimal(12), "q3": ["body"], "q4": None}
    assert submission(mother).finished_at
    assert mother.reads()[-1] == "ありがとう。待っていてね。"
    known = {attribute.key: value for attribute, value in contacts.values_of(mother.known()).items()}
    assert known == {"who": "mother", "child_age": 12}
    assert not Conversation.objects.filter(contact=mother.known()).exists()


def test_each_question_costs_no_push(town: Town) -> None:
    asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める", "本人")
    assert town.account.journal("api", path="push") == []
    assert len(child.reads()) == 4


def test_what_does_not_fit_gets_a_kind_sentence_and_the_question_again(town: Town) -> None:
    asked(town)
    mother = _newcomer(town)
    press(mother, "アンケートに答える", "始める", "母")
    says(mother, "99")
    assert mother.reads()[-1].startswith("0から18までの値を入力してください。")
    mother.act("sticker", packageId="11537", stickerId="52002750")
    town.settle()
    assert "お子さんは何歳ですか" in mother.reads()[-1]
    says(mother, "3歳")
    assert answers(mother)["q2"] == Decimal(3)
    assert [kind for kind in mother.kinds() if kind == "sticker"] == ["sticker"]


def test_words_written_freely_are_heard_and_the_survey_waits(town: Town) -> None:
    asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める")
    says(child, "おなかがいたいです")
    assert child.conversation().state == "waiting"
    assert "アンケートはここで止めてあります" in child.reads()[-1]
    says(child, "きいてください")
    assert sum("止めてあります" in text for text in child.reads()) == 1
    says(child, "アンケート")
    assert "あなたは誰ですか" in child.reads()[-1]
    press(child, "本人")
    assert answers(child) == {"q1": ["self"]}


def test_while_a_counsellor_holds_the_talk_words_are_never_an_answer(town: Town) -> None:
    from madoguchi.desk import actions as desk

    asked(town)
    child = _newcomer(town)
    greeting = buttons(child)["アンケートに答える"]
    says(child, "はなしたいです")
    desk.take(town.sato, child.conversation().pk)
    child.act("postback", data=greeting["data"])
    press(child, "始める", "母")
    says(child, "12")
    assert "q2" not in answers(child)
    assert child.conversation().last_message.content["text"] == "12"


def test_a_grave_word_is_never_only_an_answer(town: Town) -> None:
    from madoguchi.desk.models import Alert

    asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める", "本人", "スキップ")
    says(child, "もう死にたい")
    assert Alert.objects.filter(conversation=child.conversation()).count() == 1
    assert "q4" not in answers(child)


def test_a_forged_or_foreign_button_gets_a_kind_sentence_and_changes_nothing(town: Town) -> None:
    asked(town)
    mother, other = _newcomer(town), _newcomer(town, "そら")
    press(mother, "アンケートに答える", "始める")
    stolen = buttons(mother)["母"]["data"]
    for data in (
        stolen,
        "s:xxxxxxxxxxxxxxxxxxxxxx:q1:pick:mother",
        "s:;DROP TABLE",
        stolen.replace("mother", "king"),
    ):
        other.act("postback", data=data)
        town.settle()
        assert other.reads()[-1] == "このボタンは、いまは使えません。"
    assert answers(mother) == {}


def test_going_back_takes_another_path_and_what_left_it_does_not_count(town: Town) -> None:
    asked(town)
    mother = _newcomer(town)
    press(mother, "アンケートに答える", "始める", "母")
    says(mother, "12")
    press(mother, "1つ戻る", "1つ戻る", "本人", "スキップ", "スキップ")
    kept = {one.question: one.is_on_path for one in submission(mother).answers.all()}
    assert kept == {"q1": True, "q2": False, "q3": True, "q4": True}


def test_an_old_button_changes_an_answer_until_the_end_and_not_after(town: Town) -> None:
    asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める")
    old = buttons(child)["本人"]["data"]
    press(child, "父")
    child.act("postback", data=old)
    child.act("postback", data=old)
    town.settle()
    assert answers(child) == {"q1": ["self"]}
    press(child, "スキップ", "スキップ")
    child.act("postback", data=old.replace(":self", ":father"))
    town.settle()
    assert child.reads()[-1].startswith("このアンケートには、もう答えていただいています")
    assert answers(child)["q1"] == ["self"]


def test_a_survey_that_was_closed_takes_no_more_answers_and_keeps_those_it_has(town: Town) -> None:
    from madoguchi.surveys import actions as surveys

    survey = asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める", "本人")
    surveys.close(town.supervisor, survey)
    press(child, "スキップ")
    assert child.reads()[-1] == "このアンケートは、いまは受け付けていません。"
    assert answers(child) == {"q1": ["self"]}


def test_who_began_goes_on_with_the_version_that_was_begun(town: Town) -> None:
    from madoguchi.surveys import actions as surveys

    survey = asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "始める", "本人")
    shorter = Definition(INTAKE.title, questions=INTAKE.questions[1:2])
    surveys.save_draft(town.supervisor, survey, shorter, survey.draft_revision)
    surveys.publish(town.supervisor, survey)
    press(child, "スキップ", "スキップ")
    assert submission(child).finished_at
    assert submission(child).version.number == 1


def test_it_is_asked_in_plain_words_and_in_english(town: Town) -> None:
    asked(town)
    child = _newcomer(town)
    press(child, "アンケートに答える", "やさしい日本語", "始める")
    assert "あなたは誰（だれ）ですか" in child.reads()[-1]
    parent = _newcomer(town, "Ann")
    press(parent, "アンケートに答える", "English")
    assert "Before we talk" in parent.reads()[-1]
    press(parent, *[label for label in buttons(parent) if "tart" in label or "始" in label][:1])
    assert "Who are you?" in parent.reads()[-1]
    press(parent, "Mother")
    assert answers(parent) == {"q1": ["mother"]}


def test_later_leaves_it_and_words_bring_it_back(town: Town) -> None:
    asked(town)
    mother = _newcomer(town)
    press(mother, "アンケートに答える", "始める", "母", "あとで")
    assert submission(mother).paused_at
    says(mother, "つづける")
    assert "お子さんは何歳ですか" in mother.reads()[-1]


def test_the_terms_are_agreed_to_before_the_first_question(town: Town) -> None:
    from madoguchi.contacts import actions as contacts
    from madoguchi.contacts.models import Consent

    survey = asked(town)
    terms: Any = contacts.write_terms(
        town.supervisor, purpose=survey.purpose, text="秘密は守ります。", child_text="ひみつはまもります。"
    )
    contacts.publish_terms(town.supervisor, terms)
    child = _newcomer(town)
    press(child, "アンケートに答える")
    assert "秘密は守ります。" in child.reads()[-1]
    press(child, "やさしい日本語")
    assert "ひみつはまもります。" in child.reads()[-1]
    press(child, "同意して始める", "本人")
    agreed = wait_until(lambda: Consent.objects.filter(contact=child.contact()).first(), "agreed")
    assert (agreed.terms, agreed.way) == (terms, "line")
