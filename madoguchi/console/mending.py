"""What a form says when something is wrong: not that it is wrong, but how to mend it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

CHOSEN = {"select", "radioselect", "checkboxselectmultiple", "selectmultiple", "nullbooleanselect"}


def words(field: BoundField) -> list[str]:
    """The errors of a field. A form's own words stand; Django's general ones give way to an instruction."""
    errors: list[ValidationError] = field.errors.as_data() if field.errors else []
    return [text for error in errors for text in _said(field, error)]


def _said(field: BoundField, error: ValidationError) -> list[str]:
    code = error.code or ""
    general = [vars(kind).get("default_error_messages", {}).get(code) for kind in type(field.field).__mro__]
    instruction = _instruction(field, code) if error.message in general else ""
    return [instruction] if instruction else [str(message) for message in error.messages]


def _instruction(field: BoundField, code: str) -> str:
    kind = field.widget_type
    if code == "required" and kind in CHOSEN:
        return _("ひとつ選んでください。")
    if code == "required":
        return _("確かめて、印をつけてください。") if kind == "checkbox" else _("入力してください。")
    return _("数字で入力してください。") if code == "invalid" and kind == "number" else ""
