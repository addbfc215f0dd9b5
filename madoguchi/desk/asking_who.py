"""Who is speaking is asked once, when a talk begins: under the first automatic answer, or after the friend has chosen how to
wait. What the buttons carry is a word of the thread, and decides which side of the account sees what."""

from django.utils.translation import gettext as _

from madoguchi.channels.line import templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.contacts.models import Speaker

WHO = "w:"
HIDE = "h:on"
WISHES = "c:menu"
QUESTION = "話しているのは、どなたですか。下から選べます（選ばなくても大丈夫です）。"


def choices() -> list[tuple[str, str]]:
    """(speaker, label), as a friend reads them."""
    return [
        (Speaker.SELF, _("本人")),
        (Speaker.MOTHER, _("母")),
        (Speaker.FATHER, _("父")),
        (Speaker.GUARDIAN, _("ほかの保護者")),
        (Speaker.THIRD, _("ほかの人")),
        (Speaker.UNKNOWN, _("答えたくない")),
    ]


def who() -> list[JsonObject]:
    """A button for each who may be speaking."""
    return [
        templates.postback_action(label, f"{WHO}{value}", display_text=label) for value, label in choices()
    ]


def safety() -> list[JsonObject]:
    """The two ways to be safe."""
    hide = templates.postback_action(_("画面をかえる"), HIDE, display_text=_("画面をかえる"))
    wishes = templates.postback_action(_("安全の設定"), WISHES, display_text=_("安全の設定"))
    return [hide, wishes]


def asked(words: str) -> str:
    """A text of ours with the question under it."""
    return f"{words}\n\n{QUESTION}"
