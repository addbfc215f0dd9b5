"""A friend comes through LIFF: met, told apart by where they came from, and led to the form."""

from django.db import transaction

from madoguchi.channels.models import Channel
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import Contact, Origin
from madoguchi.surveys.actions import links
from madoguchi.surveys.actions.answering import Done, begin
from madoguchi.surveys.models import Submission, Survey, Way


@transaction.atomic
def arrive(channel: Channel, survey: Survey, line_id: str, origin_key: str = "") -> str:
    """The path of this friend's form; of the answers, when all is answered. `line_id` is LINE's word, never the page's.

    Raises Closed and Full."""
    contact = contacts.meet(channel, line_id)
    _came_from(contact, origin_key)
    try:
        return links.path_for(begin(contact, survey, Way.LIFF))
    except Done:
        mine = Submission.objects.of_side(contact).filter(survey=survey).finished().latest("turn")
        return links.path_for(mine, "mine")


def _came_from(contact: Contact, key: str) -> None:
    origin = Origin.objects.filter(channel_id=contact.channel_id, key=key).first() if key else None
    if origin is not None:
        contacts.count_visit(origin)
        contacts.come_from(contact, origin)
