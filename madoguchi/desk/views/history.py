"""The talks that have ended, with an outcome or as missed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madoguchi.accounts.request import user_of
from madoguchi.desk.models import Conversation, Missed, Outcome, State
from madoguchi.desk.views import asked

PAGE = 50
HANDLED, MISSED = "handled", "missed"


def history(request: HttpRequest) -> HttpResponse:
    """Closed conversations; without content. `?end=`: handled, missed, or one outcome or reason."""
    found = Conversation.objects.visible_to(user_of(request)).counted().filter(state=State.CLOSED)
    found = found.select_related("contact", "owner", "channel").order_by("-closed_at")
    search, end = request.GET.get("q", "").strip(), request.GET.get("end", "")
    if search:
        number = asked.as_number(search)
        found = (
            found.filter(contact__handle__icontains=search) if number is None else found.filter(number=number)
        )
    if end == HANDLED:
        found = found.filter(missed="")
    elif end == MISSED:
        found = found.exclude(missed="")
    elif end in Missed.values:
        found = found.filter(missed=end)
    elif end in Outcome.values:
        found = found.filter(outcome=end)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    ends = [
        ("", _("すべて")),
        (HANDLED, _("対応した相談")),
        *((value, f"　{label}") for value, label in Outcome.choices),
        (MISSED, _("対応できなかった相談")),
        *((value, f"　{label}") for value, label in Missed.choices),
    ]
    context = {"page": page, "search": search, "end": end, "ends": ends, "is_narrowed": bool(search or end)}
    return render(request, "desk/history.html", context)
