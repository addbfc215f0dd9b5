"""A rule as a sentence that a supervisor reads."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from madoguchi.desk.models import Skill
from madoguchi.routing.models import RoutingRule


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
    options = rule.attribute.option_of
    answers = [options[code].label if code in options else code for code in rule.codes]
    named = _("」か「").join(answers)
    return _("「%(attribute)s」が「%(answers)s」なら") % {"attribute": rule.attribute.label, "answers": named}


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
