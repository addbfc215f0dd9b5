"""What was told in a consultation is seen by those alone who may: on every page that draws, counts or writes out answers."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from madoguchi.accounts.models import Role, User
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Attribute, Change, Consent, Contact, Kind, Purpose
from madoguchi.contacts.new import NewAttribute, NewOption
from madoguchi.surveys import actions
from madoguchi.surveys.actions import building
from madoguchi.surveys.definition import Definition, Option, Question, Words
from madoguchi.surveys.definition import Kind as QuestionKind
from madoguchi.surveys.models import Survey
from tests.people import Town
from tests.surveys.answered import answer, asked, friend
from tests.surveys.test_answer_pages import staff

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume asynchronous")
WORRY, WORDS, OPEN = "家のなかのこと", "夜にひとりです", "子育て講座"


def attribute(town: Town, name: str, kind: str, purpose: str, *options: str) -> Attribute:
    chosen = [NewOption(code=f"o{at}", name=label) for at, label in enumerate(options)]
    new = NewAttribute(name=name, key=name, kind=kind, purpose=purpose, options=chosen)
    return contacts.add_attribute(town.supervisor, town.organisation, new)


@pytest.fixture
def survey(town: Town) -> Survey:
    """For both purposes: a question for consultations, its words, and one for deliveries. Six friends answered alike."""
    attribute(town, "worry", Kind.SINGLE, Purpose.CONSULTATION, WORRY, "学校のこと")
    attribute(town, "words", Kind.TEXT, Purpose.CONSULTATION)
    attribute(town, "interest", Kind.SINGLE, Purpose.DELIVERY, OPEN, "防災")
    definition = Definition(
        Words(ja="はじめに"),
        questions=(
            chosen("q1", "worry", WORRY, "学校のこと"),
            Question("q2", QuestionKind.TEXT, Words(ja="ひとこと"), is_required=False, attribute="words"),
            chosen("q3", "interest", OPEN, "防災"),
        ),
    )
    made = asked(town, definition, Purpose.BOTH)
    for number in range(1, 7):
        answer(friend(town, number), made, "o0", WORDS, "o0")
    return made


def chosen(key: str, fills: str, *labels: str) -> Question:
    options = tuple(Option(f"o{at}", Words(ja=label)) for at, label in enumerate(labels))
    return Question(key, QuestionKind.SINGLE, Words(ja=f"{fills}?"), True, options, attribute=fills)  # noqa: FBT003


def drawn(answered: Any) -> str:
    """All that came, opened when it is a workbook; empty when there is nothing for this person."""
    if answered.status_code == 404:
        return ""
    assert answered.status_code == 200
    body = b"".join(answered) if answered.streaming else answered.content
    if "sheet" not in answered.headers["Content-Type"]:
        return body.decode()
    book = zipfile.ZipFile(io.BytesIO(body))
    return "".join(book.read(name).decode() for name in book.namelist())


def places(survey: Survey, contact: Contact) -> dict[str, Callable[[Client], str]]:
    """Every way by which answers and values come to a screen or a file."""
    worry = Attribute.objects.get(key="worry")
    answers, friends = reverse("surveys:answers", args=[survey.pk]), reverse("contacts:friends")

    def got(address: str) -> Callable[[Client], str]:
        return lambda client: drawn(client.get(address))

    def sent(address: str, **words: str) -> Callable[[Client], str]:
        return lambda client: drawn(client.post(address, {"reason": "会議の資料にするため", **words}))

    export = reverse("surveys:export", args=[survey.pk])
    return {
        "counts": got(answers),
        "crossed": got(f"{reverse('surveys:cross', args=[survey.pk])}?row=q1&column=q3"),
        "words": got(f"{reverse('surveys:texts', args=[survey.pk])}?question=q2"),
        "csv": sent(export, form="utf-8", is_personal="on"),
        "workbook": sent(export, form="xlsx", is_personal="on"),
        "list": got(friends),
        "filtered": got(f"{friends}?a{worry.pk}=o0"),
        "friend": got(reverse("contacts:friend", args=[contact.pk])),
        "answers of a friend": got(reverse("surveys:of-contact", args=[contact.pk])),
        "beside the talk": got(reverse("desk:answers", args=[contact.pk])),
        "friends as a file": sent(reverse("contacts:export"), encoding="utf-8"),
    }


SUPERVISOR = {
    "counts", "crossed", "words", "csv", "workbook", "list", "filtered", "friend", "answers of a friend", "friends as a file",
}  # fmt: skip
SEEN: dict[Role, set[str]] = {
    Role.SUPERVISOR: SUPERVISOR,
    Role.COUNSELLOR: {"counts", "crossed", "list", "filtered", "friend"},
    Role.DELIVERY: set(),
    Role.APPROVER: set(),
    Role.ADMINISTRATOR: set(),
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", SEEN)
def test_what_was_told_in_a_consultation_is_seen_by_those_who_talk_alone(
    town: Town, client: Client, survey: Survey, role: Role
) -> None:
    client.force_login(staff(town, role))
    contact = Contact.objects.order_by("pk")[0]
    found = {name: look(client) for name, look in places(survey, contact).items()}
    assert {name for name, text in found.items() if WORRY in text or WORDS in text} == SEEN[role]


def test_who_delivers_still_sees_what_was_asked_for_deliveries(
    town: Town, client: Client, survey: Survey
) -> None:
    client.force_login(staff(town, Role.DELIVERY))
    contact = Contact.objects.order_by("pk")[0]
    found = {name: look(client) for name, look in places(survey, contact).items()}
    assert {name for name, text in found.items() if OPEN in text} == {
        "counts", "list", "filtered", "friend", "friends as a file",
    }  # fmt: skip


def test_an_attribute_for_supervisors_is_not_seen_by_counsellors(
    town: Town, client: Client, survey: Survey
) -> None:
    worry = Attribute.objects.get(key="worry")
    contacts.change_attribute(
        town.supervisor, worry, name="worry", purpose=Purpose.CONSULTATION, readers=[Role.SUPERVISOR]
    )
    contact = Contact.objects.order_by("pk")[0]
    take(town.sato, contact)
    for user, sees in ((town.sato, False), (town.supervisor, True)):
        client.force_login(user)
        found = {name: look(client) for name, look in places(survey, contact).items()}
        assert any(WORRY in text for text in found.values()) is sees
        assert WORDS in found["beside the talk"]


def take(user: User, contact: Contact) -> None:
    """The friend writes, and this counsellor holds the talk."""
    from madoguchi.desk import actions as desk
    from madoguchi.desk.models import Conversation
    from madoguchi.inbox import router
    from tests.people import text

    router.route(contact.channel, text("こんばんは", user=contact.line_id))
    desk.take(user, Conversation.objects.get(contact=contact).pk)


def test_a_counsellor_reads_answers_where_the_talk_may_be_read(
    town: Town, client: Client, survey: Survey
) -> None:
    mine, other = Contact.objects.order_by("pk")[:2]
    take(town.sato, mine)
    take(town.suzuki, other)
    client.force_login(town.sato)
    assert WORDS in places(survey, mine)["beside the talk"](client)
    assert places(survey, other)["beside the talk"](client) == ""


def test_counts_for_deliveries_can_not_be_narrowed_down_to_one_person(
    town: Town, client: Client, survey: Survey
) -> None:
    answer(friend(town, 9), survey, "o1", None, "o1", way="web")
    address = reverse("surveys:answers", args=[survey.pk])
    client.force_login(staff(town, Role.APPROVER))
    whole, narrowed = (client.get(address, query) for query in ({}, {"way": "line"}))
    assert whole.context["overview"].begun == narrowed.context["overview"].begun == 7
    assert 'name="way"' not in whole.content.decode()
    client.force_login(town.supervisor)
    assert client.get(address, {"way": "line"}).context["overview"].begun == 6


def test_where_single_answers_are_open_small_counts_are_too(town: Town, client: Client) -> None:
    attribute(town, "interest", Kind.SINGLE, Purpose.DELIVERY, OPEN, "防災")
    made = asked(
        town,
        Definition(Words(ja="関心"), questions=(chosen("q3", "interest", OPEN, "防災"),)),
        Purpose.DELIVERY,
    )
    answer(friend(town, 1), made, "o0")
    client.force_login(staff(town, Role.DELIVERY))
    page = client.get(reverse("surveys:answers", args=[made.pk])).content.decode()
    assert "5人未満" not in page
    assert OPEN in drawn(
        client.post(reverse("surveys:export", args=[made.pk]), {"reason": "集計のため", "form": "utf-8"})
    )


@pytest.mark.parametrize(
    ("asked_for", "used_for", "goes"),
    [("consultation", "both", False), ("consultation", "delivery", False), ("delivery", "both", False),
     ("both", "consultation", True), ("both", "delivery", True), ("consultation", "consultation", True)],
)  # fmt: skip
def test_an_answer_serves_for_no_more_than_it_was_asked_for(
    town: Town, asked_for: str, used_for: str, goes: bool
) -> None:
    attribute(town, "worry", Kind.SINGLE, used_for, WORRY, "学校のこと")
    definition = Definition(Words(ja="はじめに"), questions=(chosen("q1", "worry", WORRY, "学校のこと"),))
    made = actions.create(town.supervisor, "はじめに", asked_for, definition)
    assert (building.problems(made) == []) is goes


def test_a_purpose_that_widened_after_the_survey_went_out_takes_no_answer_along(town: Town) -> None:
    worry = attribute(town, "worry", Kind.SINGLE, Purpose.CONSULTATION, WORRY, "学校のこと")
    made = asked(
        town, Definition(Words(ja="はじめに"), questions=(chosen("q1", "worry", WORRY, "学校のこと"),))
    )
    contacts.change_attribute(
        town.supervisor, worry, name="worry", purpose=Purpose.BOTH, readers=list(Role.values)
    )
    submission = answer(friend(town, 1), made, "o0")
    assert submission.answers.get().codes == ["o0"]
    assert not Change.objects.exists()


def test_that_somebody_agreed_to_the_terms_of_consultations_is_for_those_who_talk(
    town: Town, client: Client
) -> None:
    contact = friend(town, 1)
    terms = contacts.write_terms(town.supervisor, purpose=Purpose.CONSULTATION, text="相談の規約")
    contacts.publish_terms(town.supervisor, terms)
    terms.refresh_from_db()
    contacts.agree(contact, terms, "line")
    assert Consent.objects.count() == 1
    for role, count in ((Role.COUNSELLOR, 1), (Role.DELIVERY, 0)):
        client.force_login(staff(town, role))
        page = client.get(reverse("contacts:friend", args=[contact.pk]))
        assert len(page.context["portrait"].consents) == count
