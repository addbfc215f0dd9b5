"""A rule as a sentence that a supervisor reads."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.contacts.models import Speaker
from madoguchi.desk.models import Skill
from madoguchi.routing.models import Condition, RoutingRule


@dataclass(frozen=True)
class Sentence:
    rule: RoutingRule
    condition: str
    effects: list[str]


def sentences(rules: list[RoutingRule]) -> list[Sentence]:
    """With the names of answers and skills as they are now."""
    organisations = {rule.organisation_id for rule in rules}
    skills = dict(Skill.objects.filter(organisation_id__in=organisations).values_list("key", "name"))
    return [Sentence(rule, condition(rule), effects(rule, skills)) for rule in rules]


def condition(rule: RoutingRule) -> str:
    joined = _("、そして").join(_said(one) for one in rule.conditions.all())
    return _("%(conditions)sなら") % {"conditions": joined}


def _said(one: Condition) -> str:
    subject = one.attribute.label if one.attribute else _("話している人")
    if one.codes:
        named = _("」か「").join(_name_of(one, code) for code in one.codes)
        return _("「%(attribute)s」が「%(answers)s」") % {"attribute": subject, "answers": named}
    if one.since or one.until:
        return _between(subject, _day(one.since), _day(one.until), DAYS)
    unit = one.attribute.unit if one.attribute else ""
    return _between(subject, _number(one.least, unit), _number(one.most, unit), NUMBERS)


NUMBERS = (gettext_lazy("「%(attribute)s」が%(least)s以上"), gettext_lazy("「%(attribute)s」が%(most)s以下"))
DAYS = (gettext_lazy("「%(attribute)s」が%(least)s以降"), gettext_lazy("「%(attribute)s」が%(most)s以前"))


def _between(subject: str, least: str, most: str, open_ended: tuple[Promise, Promise]) -> str:
    said = {"attribute": subject, "least": least, "most": most}
    if least and most:
        return _("「%(attribute)s」が%(least)sから%(most)s") % said
    return str(open_ended[0 if least else 1]) % said


def _name_of(one: Condition, code: str) -> str:
    if one.attribute is None:
        return str(Speaker(code).label)
    options = one.attribute.option_of
    return options[code].label if code in options else code


def _number(value: float | None, unit: str) -> str:
    return f"{value:g}{unit}" if value is not None else ""


def _day(day: date | None) -> str:
    return date_format(day, _("Y年n月j日")) if day is not None else ""


def effects(rule: RoutingRule, skills: dict[str, str]) -> list[str]:
    found = []
    if rule.skills:
        named = "、".join(skills.get(key, key) for key in rule.skills)
        found.append(_("「%(skills)s」が得意な人に") % {"skills": named})
    if rule.is_lifting:
        found.append(_("列の上へ"))
    if rule.is_alarming:
        found.append(_("スーパーバイザーに知らせる"))
    return found
