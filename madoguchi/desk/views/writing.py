"""What stands ready while an answer is written: phrases, filled in for this talk; the dots; and the house's rules."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from madoguchi.accounts.request import user_of
from madoguchi.core import braces
from madoguchi.desk import actions, hours
from madoguchi.desk.forms import WritingRulesForm, known_rules
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import one
from madoguchi.desk.views.prepared import tabs
from madoguchi.phrases import variables
from madoguchi.phrases.finding import found
from madoguchi.phrases.models import Phrase

SHOWN = 30


@never_cache
def phrases(request: HttpRequest, pk: int) -> HttpResponse:
    """The phrases with `?q=` in them, as this talk's answer would have them."""
    user, conversation = user_of(request), one(request, pk)
    if not conversation.is_held_by(user):
        raise Http404
    query = request.GET.get("q", "")[:60]
    rows = found(Phrase.objects.usable_by(user), query)
    values = _values(request, conversation)
    offered = [(phrase, braces.filled(phrase.text, values)) for phrase in rows[:SHOWN]]
    has_any = bool(offered) or Phrase.objects.usable_by(user).exists()
    return render(request, "desk/_phrases.html", {"offered": offered, "query": query, "has_any": has_any})


def _values(request: HttpRequest, conversation: Conversation) -> dict[str, str]:
    return variables.values(
        user_of(request),
        handle=conversation.contact.handle,
        desk=conversation.channel.name,
        hours=hours.today(actions.reception(conversation.channel)),
    )


@require_POST
def dots(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is writing here. Nothing is said of what became of it."""
    with suppress(actions.NotYours):
        actions.show_typing(user_of(request), pk)
    return HttpResponse(status=204)


@never_cache
def rules(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    known = actions.writing_rules(user.organisation_id)
    form = WritingRulesForm(request.POST or None, initial=known_rules(known))
    if request.method == "POST" and form.is_valid():
        actions.set_writing_rules(user, form.rules())
        messages.success(request, _("返事の決まりを変えました。次の返事から使われます。"))
        return redirect("desk:writing-rules")
    return render(request, "desk/writing_rules.html", {"form": form, "tabs": tabs("desk:writing-rules")})
