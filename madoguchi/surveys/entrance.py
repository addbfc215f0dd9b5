"""What stands before the first question: what the survey is about, the terms, the wordings to choose from."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from madoguchi.channels.line import messages, templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.surveys import wording
from madoguchi.surveys.definition import Definition, Wording, Words
from madoguchi.surveys.postbacks import Act

NAMES = {
    Wording.JA: "日本語",
    Wording.PLAIN: "やさしい日本語",
    Wording.EN: "English",
}  # each in its own words

NO_TERMS = Words()


def text(definition: Definition, spoken: Wording, terms: Words = NO_TERMS) -> str:
    parts = (words.worded(spoken) for words in (definition.title, definition.intro, terms))
    return "\n\n".join(wording.with_readings(part) for part in parts if part.strip())


def message(
    definition: Definition, spoken: Wording, data: Callable[[Act, str], str], terms: Words = NO_TERMS
) -> JsonObject:
    """The LINE message; `data` makes a button's postback data, `terms` are what is agreed to by beginning."""

    def button(label: str, act: Act, value: str = "") -> JsonObject:
        return templates.postback_action(label, data(act, value), display_text=label)

    yes = _("同意して始める") if terms != NO_TERMS else _("始める")
    others = [button(name, Act.WORDING, one) for one, name in NAMES.items() if one != spoken]
    buttons = [
        button(yes, Act.AGREE),
        *others,
        button(_("あとで"), Act.LATER),
        button(_("答えない"), Act.DROP),
    ]
    return messages.with_quick_replies(messages.text(text(definition, spoken, terms)), buttons)
