"""A friend's answers to surveys, for those who may read the talk: beside it, and on the friend's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from madoguchi.accounts.request import user_of
from madoguchi.contacts.models import Contact
from madoguchi.desk.views.asked import visible
from madoguchi.surveys import reach
from madoguchi.surveys.views import beside


@never_cache
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: the contact. 404 where no talk with this friend may be read."""
    if not visible(request).filter(contact=pk).exists():
        raise Http404
    contact = Contact.objects.visible_to(user_of(request)).get(pk=pk)
    return beside.part(request, contact, reach.countable(user_of(request)), "desk:answers")
