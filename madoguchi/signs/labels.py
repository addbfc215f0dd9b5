"""What themes and shipped rules are called on screens. The names of rules that are gone stay here: alerts remember them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES: dict[str, str | Promise] = {
    "suicide": _("死にたい気持ち"),
    "self_harm": _("自分を傷つける"),
    "overdose": _("薬の飲みすぎ"),
    "violence": _("暴力"),
    "sexual": _("性的な被害"),
    "neglect": _("世話をされていない"),
    "now": _("いま危ない"),
    "runaway": _("家出・居場所がない"),
    "threat": _("脅し・写真・ネット"),
    "dv": _("家の中の暴力（DV）"),
    "infant": _("乳幼児の危険"),
    "carer": _("保護者の限界"),
}
RULES: dict[str, str | Promise] = {
    **THEMES,
    "violence": _("暴力を受けている"),
    "suicide_plan": _("死ぬ方法・準備・別れの言葉"),
    "now_alone": _("家に帰るのが怖い"),
}
