"""What counsellors may be good at: an organisation's own list, with some ready-made."""

import uuid

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from madoguchi.accounts.models import User
from madoguchi.audit.actions import record
from madoguchi.desk.actions.moving import NotYours
from madoguchi.desk.models import Skill

READY_MADE_SKILLS = {
    "child": _("子ども"),
    "suicide": _("自殺・自傷"),
    "dv": _("DV"),
    "english": _("英語"),
    "chinese": _("中国語"),
    "easy": _("やさしい日本語"),
}


class SameName(Exception):
    """There is a skill of this name already."""


@transaction.atomic
def add_skill(actor: User, key: str, name: str) -> Skill:
    """One that is ready-made, or known by this key. What was archived is offered again."""
    skill, is_new = Skill.objects.get_or_create(
        organisation_id=actor.organisation_id, key=key, defaults={"name": name}
    )
    if is_new:
        record(actor, "desk.add_skill", skill)
    return skill if skill.archived_at is None else restore_skill(actor, skill.pk)


def add_own_skill(actor: User, name: str) -> Skill:
    """One that the organisation names itself. Raises SameName."""
    _see_that_it_is_new(actor, name)
    return add_skill(actor, f"own{uuid.uuid4().hex[:12]}", name)


@transaction.atomic
def rename_skill(actor: User, skill_id: int, name: str) -> Skill:
    """Raises SameName."""
    skill = _ours(actor, skill_id)
    if name == skill.name:
        return skill
    _see_that_it_is_new(actor, name)
    Skill.objects.filter(pk=skill.pk).update(name=name)
    record(actor, "desk.rename_skill", skill)
    return skill


@transaction.atomic
def archive_skill(actor: User, skill_id: int) -> Skill:
    """No longer offered. Who has it keeps it, so that it can be taken out again as it was."""
    skill = _ours(actor, skill_id)
    if skill.archived_at is None:
        Skill.objects.filter(pk=skill.pk).update(archived_at=Now())
        record(actor, "desk.archive_skill", skill)
    return skill


@transaction.atomic
def restore_skill(actor: User, skill_id: int) -> Skill:
    skill = _ours(actor, skill_id)
    if skill.archived_at is not None:
        Skill.objects.filter(pk=skill.pk).update(archived_at=None)
        record(actor, "desk.restore_skill", skill)
    return skill


def _ours(actor: User, skill_id: int) -> Skill:
    found = Skill.objects.select_for_update().filter(organisation_id=actor.organisation_id, pk=skill_id)
    skill = found.first()
    if skill is None:
        raise NotYours
    return skill


def _see_that_it_is_new(actor: User, name: str) -> None:
    if Skill.objects.filter(organisation_id=actor.organisation_id, name=name).exists():
        raise SameName
