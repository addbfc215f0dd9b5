"""A place in a survey's file (`questions[2].options[0].code`) in the words of whoever mends it."""

import re

from django.utils.translation import gettext as _

_PART = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")


def in_words(place: str) -> str:
    """Empty for the file as a whole. What nobody knows is named as it stands."""
    names = {
        "format": _("ファイルの形式"),
        "title": _("名前"),
        "intro": _("はじめの言葉"),
        "closing": _("おわりの言葉"),
        "questions": _("質問"),
        "options": _("選択肢"),
        "key": _("質問の記号"),
        "code": _("選択肢の記号"),
        "kind": _("質問の種類"),
        "text": _("質問の文"),
        "label": _("選択肢の文字"),
        "required": _("必ず答えてもらうか"),
        "to": _("行き先"),
        "attribute": _("回答が入る属性"),
        "low": _("いちばん小さい答え"),
        "high": _("いちばん大きい答え"),
        "ja": _("日本語"),
        "plain": _("やさしい日本語"),
        "en": _("英語"),
    }
    said = []
    for name, number in _PART.findall(place):
        shown = names.get(name, f"「{name[:40]}」")
        said.append(
            _("%(number)s番目の%(name)s") % {"number": int(number) + 1, "name": shown} if number else shown
        )
    return " › ".join(said)
