"""The menu of wishes inside LINE: what it says and offers."""

from django.utils.translation import gettext as _

from madoguchi.channels.line import templates
from madoguchi.channels.line.body import JsonObject
from madoguchi.contacts.models import Contact
from madoguchi.desk.asking_who import HIDE
from madoguchi.safety.presses import Wish

BACK = "お知らせは以上です。"
WORD_AGREED = (
    "合言葉を決めました。その言葉を送ると、すぐに天気などのお知らせに変わります。もう一度送ると戻ります。\n"
    "いま送った言葉は、メッセージを長押しして消しておくと安全です。"
)
WORD_UNFIT = "合言葉は、2文字から20文字の、記号ではない言葉にしてください。もう一度送ってください。"


def label(wish: Wish) -> str:
    return {
        Wish.MENU: _("安全の設定"),
        Wish.ANY_TIME: _("いつでもよい"),
        Wish.AFTER_SCHOOL: _("15時〜18時だけ"),
        Wish.EVENING: _("17時〜21時だけ"),
        Wish.DAYTIME: _("9時〜15時だけ"),
        Wish.SILENT: _("先に書かないで"),
        Wish.NOT_SILENT: _("先に書いてもよい"),
        Wish.WORD: _("合言葉を決める"),
        Wish.QUIET: _("名前をひかえめに"),
        Wish.NOT_QUIET: _("名前をもとに戻す"),
        Wish.ERASE: _("履歴の消し方"),
    }[wish]


def buttons(contact: Contact) -> list[JsonObject]:
    """What can be wished for now."""
    turned = [
        Wish.NOT_SILENT if contact.is_silent else Wish.SILENT,
        Wish.NOT_QUIET if contact.is_quiet else Wish.QUIET,
    ]
    hours = [Wish.AFTER_SCHOOL, Wish.EVENING, Wish.DAYTIME, Wish.ANY_TIME]
    made = [_button(wish) for wish in (*hours, *turned, Wish.WORD, Wish.ERASE)]
    return [*made, templates.postback_action(_("画面をかえる"), HIDE, display_text=_("画面をかえる"))]


def _button(wish: Wish) -> JsonObject:
    return templates.postback_action(label(wish), f"c:{wish}", display_text=label(wish))


def answer(wish: Wish, contact: Contact) -> str:
    """What is said when a wish was pressed."""
    match wish:
        case Wish.MENU:
            return _("安全のための設定です。いまは、{now}。下から選んでください。").format(
                now=standing(contact)
            )
        case Wish.WORD:
            return _("次に送る言葉を合言葉にします。だれかが見ても、ふつうに見える言葉にしてください。")
        case Wish.ERASE:
            return ERASING
        case _:
            return _("わかりました。いまは、{now}。").format(now=standing(contact))


def standing(contact: Contact) -> str:
    """The wishes that stand, in a sentence."""
    said = []
    if contact.safe_from and contact.safe_until:
        hours = {"begin": f"{contact.safe_from:%H:%M}", "end": f"{contact.safe_until:%H:%M}"}
        said.append(_("こちらから書くのは{begin}から{end}までだけ").format(**hours))
    if contact.is_silent:
        said.append(_("こちらから先に書くことはしません"))
    if contact.is_quiet:
        said.append(_("ひかえめな名前で送ります"))
    return "、".join(said) or _("決めていることはありません")


ERASING = (
    "LINEのトークは、この電話に残ります。こちらからは消せません。\n"
    "見られたくないときは、メッセージを長押しして「削除」を選ぶか、トークの一覧でこのトークを長押しして「削除」を選んでください。\n"
    "通知に文が出ないようにするには、LINEの「設定」→「通知」→「メッセージ内容を表示」を切ってください。"
)
