"""Grave signs: words after which a person must look at once. Nothing here decides; it says which rule matched.

A short list to begin with: plain words for wanting to die, for being hurt and for being in danger now. Spelling is
folded (width, kana, spaces inside words), and a direct denial right behind the words keeps a rule quiet.
"""

import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_NOT_AFTER = r"(?!(なんて)?(思って(い)?ない|思わない|(わけ)?じゃない|ではない|く?はない))"

RULES: dict[str, tuple[str | Promise, re.Pattern[str]]] = {
    name: (label, re.compile(rf"(?:{'|'.join(patterns)}){_NOT_AFTER}"))
    for name, label, patterns in (
        (
            "suicide",
            _("死にたい気持ち"),
            (
                r"死にた[いく]|しにた[いく]|4にた[いく]|いなくなりた[いく]",
                r"消えた[いく]|きえた[いく]|自殺|じさつ|生きて(い)?たくない",
                r"飛び降り|とびおり|首を?吊|くびを?つ[るっ]|(od|おばどず|過量服薬)した",
            ),
        ),
        (
            "self_harm",
            _("自分を傷つける"),
            (r"りすか|りすとかっと|手首を?切|てくびを?き[るっ]|自傷|じしょう",),
        ),
        (
            "violence",
            _("暴力を受けている"),
            (
                r"殴られ|なぐられ|蹴られ|けられ[たるて]|叩かれ|たたかれ",
                r"首を?絞め|くびをしめ|殺され|ころされ|殺してやる|火傷させ",
            ),
        ),
        (
            "sexual",
            _("性的な被害"),
            (
                r"(体|からだ|胸)を?(触|さわ)られ|襲われ|おそわれ[たるて]",
                r"裸(の写真)?を|れいぷ|むりやり(され|やられ)",
            ),
        ),
        (
            "neglect",
            _("世話をされていない"),
            (
                r"(ご飯|ごはん|食べ物)(を|が|も)?(くれない|もらえない|ない)",
                r"閉め出され|しめだされ|家に入れて(くれない|もらえない)",
            ),
        ),
        ("now", _("いま危ない"), (r"助けて|たすけて|今(すぐ)?(殺|ころ)|包丁|ほうちょう",)),
    )
}


def found(text: str) -> list[str]:
    """The names of the rules that match."""
    folded = _folded(text)
    return [name for name, (_label, pattern) in RULES.items() if pattern.search(folded)]


def label(rule: str) -> str:
    return str(RULES[rule][0]) if rule in RULES else rule


def _folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).lower().translate(_KATAKANA)
    return re.sub(r"[\s　・.。、,…ー]+", "", wide)
