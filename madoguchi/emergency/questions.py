"""What is asked when a sign is grave, in concrete words: whoever asks plainly does no harm, and knows more. After the guides
for gatekeepers and for child abuse; a list to think with, which decides nothing and counts nothing."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    YES = "yes", _("はい")
    NO = "no", _("いいえ")
    UNCLEAR = "unclear", _("分からない")


@dataclass(frozen=True)
class Item:
    """`label`: what one wants to know; `ask`: how it can be said to the friend."""

    key: str
    label: str | Promise
    ask: str | Promise


SUICIDE = (
    Item("thoughts", _("死にたい気持ちがある"), _("「死にたい」と思うことがありますか。")),
    Item("plan", _("方法を考えている"), _("どうやって、と考えたことはありますか。")),
    Item("means", _("手段が手もとにある"), _("その道具や薬は、いま近くにありますか。")),
    Item("when", _("時期を決めている"), _("いつ、と決めていますか。今日のことですか。")),
    Item("tried", _("前にしたことがある・いましている"), _("これまでに、または今、何かしましたか。")),
    Item("alone", _("ひとりでいる"), _("いま、ひとりですか。そばにだれかいますか。")),
    Item("injured", _("けが・薬を飲んだ"), _("けがをしたり、薬を飲んだりしていますか。")),
    Item("place", _("いる場所が分かる"), _("いま、どこにいますか。")),
)
ABUSE = (
    Item("safe", _("いま安全な場所にいる"), _("いまいるところは、安全ですか。")),
    Item(
        "near", _("こわい相手が近くにいる"), _("こわい人は、いま近くにいますか。この画面を見られそうですか。")
    ),
    Item("hurt", _("けが・痛みがある"), _("痛いところや、けがはありますか。")),
    Item("often", _("くり返されている"), _("これまでにもありましたか。いちばん最近はいつですか。")),
    Item(
        "siblings", _("きょうだいも同じ目にあっている"), _("きょうだいはいますか。同じことをされていますか。")
    ),
    Item("told", _("知っている大人がいる"), _("このことを知っている大人はいますか。")),
    Item("tonight", _("今夜帰れる・いられる"), _("今夜、安心していられるところはありますか。")),
    Item("where", _("いる場所が分かる"), _("いま、どこにいますか。学校の名前でもいいです。")),
)
GROUPS: dict[str, tuple[str | Promise, tuple[Item, ...]]] = {
    "suicide": (_("死にたい気持ち・自分を傷つける"), SUICIDE),
    "abuse": (_("虐待・暴力"), ABUSE),
}
ITEMS = {f"{group}.{item.key}": item for group, (_label, items) in GROUPS.items() for item in items}
_SUICIDE_THEMES = frozenset({"suicide", "suicide_plan", "self_harm", "overdose"})


def groups_of(rules: set[str]) -> set[str]:
    """Which groups stand open for these rules; all where no rule says."""
    if not rules:
        return set(GROUPS)
    found = {"suicide"} if rules & _SUICIDE_THEMES else set()
    return found | ({"abuse"} if rules - _SUICIDE_THEMES else set())
