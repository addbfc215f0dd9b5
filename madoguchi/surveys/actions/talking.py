"""A survey inside LINE: what a friend presses or writes, and what is said back.

The rule who hears what (told to both sides): a press is always an answer. Words are an answer only where words are asked
for, or where they are a choice's own name; all other words are for a person. While a counsellor holds the talk, or when
the words are a grave sign, they are always for a person. Voices, pictures and files are for a person unless a picture
was asked for; a sticker is nobody's answer and gets the question again.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.channels.line.events import Event
from madoguchi.channels.models import Channel
from madoguchi.contacts.models import Contact
from madoguchi.core.compiled import Compiled
from madoguchi.surveys import postbacks, reading, wording
from madoguchi.surveys.actions import answering, speaking
from madoguchi.surveys.actions.answering import standing
from madoguchi.surveys.areas import area_of
from madoguchi.surveys.definition import Kind, Question, Wording
from madoguchi.surveys.given import SKIPPED, Given
from madoguchi.surveys.models import Submission, Survey, Way, Welcome
from madoguchi.surveys.postbacks import Act, Press
from madoguchi.surveys.reading import Unfit
from madoguchi.threads.models import Message

GO_ON_WORDS = {reading.folded(words) for words in ("アンケート", "つづける", "続ける", "survey", "continue")}
MISFITS_BEFORE_A_PERSON = 2


def invitation(channel: Channel) -> list[JsonObject]:
    """Buttons for the greeting: to answer the welcome survey. Empty without one that is asked now."""
    welcome = Welcome.objects.filter(channel=channel).select_related("survey").first()
    if welcome is None or not welcome.survey.is_asked:
        return []
    return [start_action(welcome.survey)]


def start_action(survey: Survey) -> JsonObject:
    """What begins this survey when it is pressed."""
    data = postbacks.data(survey.token, "", Act.START)
    return templates.postback_action(_("アンケートに答える"), data, display_text=_("アンケートに答える"))


def pressed_words(contact: Contact, data: str) -> str:
    """What a press said, for the thread: a choice's name, or what the button does; empty when it is no survey's button."""
    if not data.startswith(postbacks.PREFIX):
        return ""
    press = postbacks.read(data)
    submission = _submission(contact, press) if press else None
    question = submission.version.definition.question(press.question) if press and submission else None
    option = question.option(press.value) if press and question and press.act is Act.PICK else None
    if option is not None:
        return wording.bare(option.label.ja)
    return postbacks.NAMES.get(press.act, "") if press else str(_("アンケートのボタン"))


@transaction.atomic
def press(contact: Contact, event: Event, message: Message) -> bool:
    """Do what a survey's button says. False: it is no survey's button. The contact is locked by the caller."""
    postback = event.postback
    if postback is None or not postback.data.startswith(postbacks.PREFIX):
        return False
    pressed = postbacks.read(postback.data)
    if pressed is not None and pressed.act is Act.START:
        _start(contact, event, pressed)
        return True
    submission = _submission(contact, pressed) if pressed else None
    if pressed is None or submission is None:
        speaking.tell(contact, event, _("このボタンは、いまは使えません。"))
        return True
    with translation.override(speaking.language(submission)):
        _acted(submission, event, pressed, message, postback.params)
    return True


def _submission(contact: Contact, pressed: Press) -> Submission | None:
    """Only the friend's own, and of who is speaking now: another's token opens nothing."""
    rows = Submission.objects.select_related("survey", "version")
    found = rows.of_side(contact).filter(token=pressed.token).first()
    if found is not None:
        found.contact = contact
    return found


def _start(contact: Contact, event: Event, pressed: Press) -> None:
    survey = Survey.objects.filter(organisation_id=contact.organisation_id, token=pressed.token).first()
    if survey is None:
        speaking.tell(contact, event, _("このボタンは、いまは使えません。"))
        return
    try:
        submission = answering.begin(contact, survey, Way.LINE)
    except answering.NotAnswerable as refusal:
        speaking.refuse(contact, survey, event, refusal)
        return
    if submission.revision == 1 and contact.profile.get("language", "ja").startswith("en"):
        speaking.write(submission, wording=Wording.EN)
    with translation.override(speaking.language(submission)):
        speaking.introduce(submission, event)


def _acted(
    submission: Submission, event: Event, pressed: Press, message: Message, params: dict[str, str]
) -> None:
    if not submission.is_open:
        speaking.refuse(submission.contact, submission.survey, event, answering.Done())
        return
    try:
        ACTS[pressed.act](submission, event, pressed, message, params)
    except Unfit as unfit:
        speaking.ask(submission, event, unfit.sentence)
    except answering.NotAnswerable as refusal:
        speaking.refuse(submission.contact, submission.survey, event, refusal)


def _agree(submission: Submission, event: Event, *_rest: object) -> None:
    answering.agree(submission, "line")
    speaking.ask(submission, event)


def _reword(submission: Submission, event: Event, pressed: Press, *_rest: object) -> None:
    if pressed.value in list(Wording):
        speaking.write(submission, wording=pressed.value)
    with translation.override(speaking.language(submission)):
        speaking.introduce(submission, event)


def _pick(submission: Submission, event: Event, pressed: Press, message: Message, _params: object) -> None:
    question = _still_asked(submission, pressed)
    if question.kind is Kind.CONFIRMATION:
        _keep(submission, event, question, Given(codes=("ok",)), message)
        return
    code = reading.picked(question, pressed.value)
    if question.kind is not Kind.MULTIPLE:
        _keep(submission, event, question, Given(codes=(code,)), message)
        return
    # A button stays in the chat: pressing it again takes the choice back.
    chosen = set(speaking.chosen_so_far(submission, question)) ^ {code}
    picked = [option.code for option in question.options if option.code in chosen]
    speaking.write(submission, asked=question.key, picked=picked)
    speaking.ask(submission, event)


def _done(submission: Submission, event: Event, pressed: Press, message: Message, _params: object) -> None:
    question = _still_asked(submission, pressed)
    chosen = speaking.chosen_so_far(submission, question)
    if not chosen and question.is_required:
        raise Unfit(_("1つ以上選んでから「決定」を押してください。"))
    _keep(submission, event, question, Given(codes=chosen) if chosen else SKIPPED, message)


def _turn_page(submission: Submission, event: Event, pressed: Press, *_rest: object) -> None:
    question = _still_asked(submission, pressed)
    picked = list(speaking.chosen_so_far(submission, question))
    speaking.write(
        submission,
        asked=question.key,
        picked=picked,
        page=int(pressed.value) if pressed.value.isdecimal() else 0,
    )
    speaking.ask(submission, event)


def _when(
    submission: Submission, event: Event, pressed: Press, message: Message, params: dict[str, str]
) -> None:
    question = _still_asked(submission, pressed)
    given = reading.typed(question, params.get("datetime") or params.get("date") or "", area_of)
    _keep(submission, event, question, given, message)


def _skip(submission: Submission, event: Event, pressed: Press, message: Message, _params: object) -> None:
    question = _still_asked(submission, pressed)
    if question.is_required:
        raise Unfit(_("この質問には答えてください。"))
    _keep(submission, event, question, SKIPPED, message)


def _back(submission: Submission, event: Event, *_rest: object) -> None:
    answering.turn_back(submission)
    speaking.ask(submission, event)


def _later(submission: Submission, event: Event, *_rest: object) -> None:
    answering.pause(submission)
    words = _(
        "わかりました。ここまでの回答は残っています。続けるときは「つづける」を押すか、「アンケート」と送ってください。"
    )
    speaking.tell(submission.contact, event, words, speaking.go_on(submission))


def _go_on_asking(submission: Submission, event: Event, *_rest: object) -> None:
    answering.resume(submission)
    speaking.introduce(submission, event)


def _drop(submission: Submission, event: Event, *_rest: object) -> None:
    answering.drop(submission)
    speaking.tell(submission.contact, event, _("わかりました。このアンケートは、もうおたずねしません。"))


ACTS: dict[Act, Callable[..., None]] = {
    Act.AGREE: _agree,
    Act.WORDING: _reword,
    Act.PICK: _pick,
    Act.DONE: _done,
    Act.PAGE: _turn_page,
    Act.WHEN: _when,
    Act.SKIP: _skip,
    Act.BACK: _back,
    Act.LATER: _later,
    Act.ASK: _go_on_asking,
    Act.DROP: _drop,
}


def _still_asked(submission: Submission, pressed: Press) -> Question:
    """The question of a button, if the path still goes through it. Raises Unfit."""
    now = standing(submission)
    question = now.definition.question(pressed.question)
    if question is None or not now.walk.has(pressed.question):
        raise Unfit(_("この質問は、いまは答えなくて大丈夫です。"))
    return question


def hear(submission: Submission, event: Event, message: Message, *, is_for_a_person: bool) -> bool:
    """Take a message as the answer to the question before this friend. False: it is not one, and for the desk to hear.

    `submission`: of `asked_of`. `is_for_a_person`: a counsellor holds the talk, or the words are a grave sign. In the
    caller's transaction.
    """
    with translation.override(speaking.language(submission)):
        if _asks_to_go_on(message) and not is_for_a_person:
            _go_on_asking(submission, event)
            return True
        if submission.paused_at is not None or is_for_a_person:
            answering.pause(submission)
            return False
        return _heard(submission, event, message)


def asked_of(contact: Contact) -> Submission | None:
    """The submission that this friend is in the middle of, which is read once for each message. The contact is locked by the
    caller. Few are in the middle of one, so its survey and version are read only then."""
    if not _unfinished_of(contact.pk):
        return None
    rows = Submission.objects.of_side(contact).unfinished().order_by("-moved_at", "-pk")
    found = next(iter(rows[:1]), None)
    if found is not None:
        found.contact = contact
    return found


_unfinished_of = Compiled(
    lambda contact: Submission.objects.filter(contact_id=contact).unfinished().values_list("pk")[:1]
)


def _asks_to_go_on(message: Message) -> bool:
    return message.kind == "text" and reading.folded(str(message.content.get("text", ""))) in GO_ON_WORDS


def _heard(submission: Submission, event: Event, message: Message) -> bool:
    question = standing(submission).now
    if question is None or not submission.survey.is_asked or answering.terms_to_agree_to(submission):
        return False
    if message.kind == "sticker":
        speaking.ask(submission, event, _("スタンプをありがとうございます。"))
        return True
    try:
        given = _meant(submission, question, message)
    except Unfit as unfit:
        speaking.write(submission, misfits=submission.misfits + 1)
        speaking.ask(submission, event, unfit.sentence)
        return True
    if given is None:
        return False
    _keep(submission, event, question, given, message)
    return True


def _meant(submission: Submission, question: Question, message: Message) -> Given | None:
    """The answer that a message is; None: it is for a person to hear. Raises Unfit."""
    if message.kind == "location" and question.kind is Kind.PLACE:
        names = ("title", "address", "latitude", "longitude")
        return Given(private={name: message.content.get(name) for name in names})
    if message.kind == "image" and question.kind is Kind.PICTURE:
        return Given(private={"message": message.number})
    if message.kind != "text":
        return None
    text = str(message.content.get("text", ""))
    if reading.is_free_writing(question, text) or submission.misfits >= MISFITS_BEFORE_A_PERSON:
        return None
    return reading.typed(question, text, area_of)


def interrupt(submission: Submission | None) -> None:
    """The friend wrote freely in the middle of a survey and a person hears it: the survey waits, and says so once. In the
    caller's transaction."""
    if submission is None or submission.paused_at is not None:
        return
    answering.pause(submission)
    with translation.override(speaking.language(submission)):
        words = _(
            "お話は相談員が読みます。アンケートはここで止めてあります。続けるときは「つづける」を押してください。"
        )
        # never with the event's reply token: the desk's first answer has it
        speaking.say(
            submission.contact,
            None,
            words,
            messages.with_quick_replies(messages.text(words), speaking.go_on(submission)),
        )


def _keep(submission: Submission, event: Event, question: Question, given: Given, message: Message) -> None:
    now = answering.keep(submission, question, given, message)
    if now.walk.next is None:
        speaking.thank(now, event)
    else:
        speaking.ask(submission, event)
