"""How every form of the console is drawn: one template for a field, one for a form, found in templates/ui/.

Named in settings as ``FORM_RENDERER = "madoguchi.console.forms.Renderer"``; a form needs nothing else than
``{{ form }}``.
"""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Fields with their label, help and errors tied to the input by id, and a summary of errors above a form."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
