"""A survey on the street, and a friend who answers it with the thumb."""

from typing import TYPE_CHECKING, Any

from madoguchi.surveys.definition import END, Definition, Kind, Option, Question, Words
from tests.street import Friend, Town

if TYPE_CHECKING:
    from madoguchi.surveys.models import Submission, Survey


def _options(**names: str) -> tuple[Option, ...]:
    return tuple(Option(code, Words(ja=name)) for code, name in names.items())


WHO = Question(
    "q1",
    Kind.SINGLE,
    Words(ja="あなたは誰ですか", plain="あなたは誰《だれ》ですか", en="Who are you?"),
    options=(
        Option("self", Words(ja="本人", en="Myself"), "q3"),
        Option("mother", Words(ja="母", en="Mother")),
        Option("father", Words(ja="父", en="Father")),
    ),
    attribute="who",
)
AGE = Question("q2", Kind.NUMBER, Words(ja="お子さんは何歳ですか"), low="0", high="18", attribute="child_age")
TOPICS = Question(
    "q3",
    Kind.MULTIPLE,
    Words(ja="何について話しますか"),
    is_required=False,
    options=_options(school="学校", family="家族", body="体"),
)
MORE = Question("q4", Kind.TEXT, Words(ja="話しておきたいことを書いてください"), is_required=False, to=END)
INTAKE = Definition(
    Words(ja="相談の前に", en="Before we talk"),
    closing=Words(ja="ありがとう。待っていてね。"),
    questions=(WHO, AGE, TOPICS, MORE),
)


def asked(town: Town, definition: Definition = INTAKE, **schedule: Any) -> "Survey":
    """A published survey that the greeting carries; the attributes it fills are there."""
    from madoguchi.surveys import actions as surveys

    survey = surveys.create(town.supervisor, definition.title.ja, definition=definition)
    _attributes(town)
    surveys.publish(town.supervisor, survey)
    surveys.welcome_with(town.supervisor, town.channel, survey)
    survey.refresh_from_db()
    return survey


def _attributes(town: Town) -> None:
    from madoguchi.accounts.models import Role
    from madoguchi.contacts.models import Attribute
    from madoguchi.contacts.models import Kind as AttributeKind
    from madoguchi.contacts.models import Option as AttributeOption

    kinds = {"who": AttributeKind.SINGLE, "child_age": AttributeKind.NUMBER}
    for key, kind in kinds.items():
        made = Attribute.objects.create(
            organisation_id=town.channel.organisation_id, key=key, name=key, kind=kind, purpose="consultation",
            readers=[Role.COUNSELLOR, Role.SUPERVISOR],
        )  # fmt: skip
        for code in ("self", "mother", "father") if key == "who" else ():
            AttributeOption.objects.create(
                attribute=made, organisation_id=made.organisation_id, code=code, name=code
            )


def buttons(friend: Friend) -> dict[str, dict[str, Any]]:
    """What can be pressed under the newest message of the account, by label."""
    said = [line for line in friend.town.account.thread(friend.user_id) if line["from"] == "account"]
    items = said[-1]["message"].get("quickReply", {}).get("items", []) if said else []
    return {item["action"]["label"]: item["action"] for item in items}


def press(friend: Friend, *labels: str) -> None:
    """Press one after the other, each once it is there."""
    for label in labels:
        friend.town.settle()
        there = buttons(friend)
        assert label in there, (label, list(there), friend.reads()[-2:])
        action = there[label]
        friend.act("postback", data=action["data"])
    friend.town.settle()


def says(friend: Friend, *words: str) -> None:
    for one in words:
        friend.town.settle()
        friend.says(one)
    friend.town.settle()


def submission(friend: Friend) -> "Submission":
    from madoguchi.surveys.models import Submission

    return (
        Submission.objects.select_related("contact", "version").order_by("-pk").get(contact=friend.contact())
    )


def answers(friend: Friend) -> dict[str, Any]:
    """What is kept by question: codes, a number, or the sealed words."""
    kept = submission(friend).answers.select_related("submission__contact")
    return {one.question: one.codes or one.number or one.private.get("text") or None for one in kept}
