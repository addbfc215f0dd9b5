"""What stands ready while an answer is written: phrases, filled in for this talk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.core import braces
from madoguchi.desk import hours
from madoguchi.desk.actions import reception
from madoguchi.desk.models import Conversation
from madoguchi.desk.views.asked import one
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
        hours=hours.today(reception(conversation.channel)),
    )
