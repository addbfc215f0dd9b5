"""The form of what is known of a friend: a field an attribute, cleaned by the same rule as every other way in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from madoguchi.contacts.fit import LONGEST_TEXT, Unfit, clean
from madoguchi.contacts.models import Attribute, Kind
from madoguchi.contacts.models.values import Stored


class ValuesForm(forms.Form):
    """Knows what stood there when the page was drawn, so that only what this person changed is changed."""

    def __init__(self, attributes: list[Attribute], known: dict[str, Stored], data: Any = None) -> None:
        super().__init__(data)
        self._attributes, self._known = attributes, known
        for attribute in attributes:
            self.fields[_name(attribute)] = _field(attribute, known.get(str(attribute.pk)))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for attribute in self._attributes:
            name = _name(attribute)
            if name in values:
                try:
                    clean(attribute, values[name], self._known.get(str(attribute.pk)))
                except Unfit as unfit:
                    self.add_error(name, str(unfit.sentence))
        return values

    def changed(self) -> dict[Attribute, object]:
        """What this person changed: {attribute: value, None when it was emptied}."""
        named = {_name(attribute): attribute for attribute in self._attributes}
        return {named[name]: self.cleaned_data[name] or None for name in self.changed_data}


def _name(attribute: Attribute) -> str:
    return f"a{attribute.pk}"


def _field(attribute: Attribute, value: Stored) -> forms.Field:
    label = f"{attribute.label}（{attribute.unit}）" if attribute.unit else attribute.label
    more: dict[str, Any] = {"label": label, "required": False, "show_hidden_initial": True}
    match attribute.kind:
        case Kind.MULTIPLE:
            choices, widget = _choices(attribute, value), forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(**more, initial=value, choices=choices, widget=widget)
        case Kind.SINGLE | Kind.AREA:
            empty = ("", _("（分からない）"))
            return forms.ChoiceField(
                **more, initial=value[0] if value else "", choices=[empty, *_choices(attribute, value)]
            )
        case Kind.DATE:
            return forms.CharField(**more, initial=value, widget=forms.DateInput(attrs={"type": "date"}))
        case Kind.NUMBER:
            return forms.CharField(
                **more, initial=value, max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
            )
    return forms.CharField(
        **more, initial=value, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )


def _choices(attribute: Attribute, value: Stored) -> list[Any]:
    """The options in their groups; one that was put away only for who has it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for option in attribute.options.all():
        if option.archived_at is None or option.code in (value or ()):
            groups.setdefault(option.group, []).append((option.code, option.label))
    ungrouped: list[Any] = groups.pop("", [])
    return [*groups.items(), *ungrouped]
