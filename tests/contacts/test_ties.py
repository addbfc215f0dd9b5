"""Tags, origins, consent, and two accounts of one person."""

import pytest

from madoguchi.audit.models import Entry
from madoguchi.contacts import actions as contacts
from madoguchi.contacts.models import (
    Colour,
    Consent,
    Contact,
    Merge,
    OriginVisit,
    Purpose,
    Tag,
    Tagging,
    Terms,
    Way,
)
from madoguchi.core import clock
from tests.people import Town, befriend, found_town


def test_a_tag_is_put_on_once_and_taken_off_once(town: Town, friend: Contact) -> None:
    known = contacts.add_tag(town.sato, "要フォロー", Colour.SHU)
    assert contacts.tag(town.sato, friend, known)
    assert not contacts.tag(town.sato, friend, known)
    assert Tagging.objects.get().tagged_by == town.sato
    assert contacts.untag(town.sato, friend, known)
    assert not contacts.untag(town.sato, friend, known)
    verbs = Entry.objects.filter(verb__in=["contacts.tag", "contacts.untag"]).values_list("verb", flat=True)
    assert sorted(verbs) == ["contacts.tag", "contacts.untag"]


def test_a_tags_name_is_there_once_and_a_removed_tag_leaves_all_friends(town: Town, friend: Contact) -> None:
    known = contacts.add_tag(town.sato, "見守り", Colour.AI)
    with pytest.raises(contacts.NameTaken):
        contacts.add_tag(town.sato, "見守り", Colour.LAMP)
    contacts.tag(None, friend, known)
    contacts.remove_tag(town.supervisor, known)
    assert not Tag.objects.exists()
    assert not Tagging.objects.exists()
    assert Entry.objects.get(verb="contacts.remove_tag").detail == {"friends": 1}


def test_another_organisations_tag_is_refused(town: Town, friend: Contact) -> None:
    theirs = contacts.add_tag(found_town("みどり市").sato, "見守り", Colour.AI)
    with pytest.raises(ValueError, match="another organisation"):
        contacts.tag(town.sato, friend, theirs)


def test_the_first_origin_stays_whatever_is_opened_later(town: Town, friend: Contact) -> None:
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    school = contacts.add_origin(town.supervisor, town.channel, "第一小学校")
    assert contacts.come_from(friend, poster)
    assert not contacts.come_from(friend, school)
    friend.refresh_from_db()
    assert friend.origin == poster
    assert friend.origin_at is not None
    with pytest.raises(contacts.NameTaken):
        contacts.add_origin(town.supervisor, town.channel, "駅のポスター")


def test_visits_are_counted_by_the_day(town: Town) -> None:
    poster = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    for _ in range(3):
        contacts.count_visit(poster)
    counted = OriginVisit.objects.get()
    assert (counted.count, counted.visited_on) == (3, clock.jst(clock.now()).date())


def written(town: Town, purpose: str = Purpose.CONSULTATION) -> Terms:
    return contacts.write_terms(
        town.supervisor, purpose=purpose, text="秘密は守ります。", child_text="ひみつは まもります。"
    )


def test_terms_are_agreed_to_once_published_and_can_be_taken_back(town: Town, friend: Contact) -> None:
    terms = written(town)
    with pytest.raises(contacts.NotPublished):
        contacts.agree(friend, terms, Way.LINE)
    contacts.publish_terms(town.supervisor, terms)
    terms.refresh_from_db()
    first = contacts.agree(friend, terms, Way.LINE)
    assert contacts.agree(friend, terms, Way.WEB) == first
    assert contacts.withdraw(friend, terms)
    assert not contacts.withdraw(friend, terms)
    assert contacts.agree(friend, terms, Way.WEB) != first
    assert Consent.objects.standing().get().way == Way.WEB


def test_a_published_text_never_changes_and_the_newest_counts(town: Town) -> None:
    old, new, draft = written(town), written(town, Purpose.BOTH), written(town)
    for terms in (old, new):
        contacts.publish_terms(town.supervisor, terms)
    with pytest.raises(contacts.Published):
        contacts.rewrite_terms(town.supervisor, old, purpose=Purpose.BOTH, text="変えた")
    with pytest.raises(contacts.Published):
        contacts.publish_terms(town.supervisor, old)
    assert [each.number for each in (old, new, draft)] == [1, 2, 3]
    assert Terms.objects.of(town.organisation).current(Purpose.CONSULTATION) == new
    assert Terms.objects.of(town.organisation).current(Purpose.DELIVERY) == new


def test_two_accounts_are_shown_together_until_it_is_undone(town: Town, friend: Contact) -> None:
    other, third = befriend(town, "b"), befriend(town, "c")
    row = contacts.merge(town.supervisor, friend, other, "電話を変えたと本人が言った")
    assert "本人" in Merge.objects.select_related("kept").get().reason
    for kept, merged in ((friend, other), (friend, friend), (other, third), (third, friend), (third, other)):
        with pytest.raises(contacts.CannotMerge):
            contacts.merge(town.supervisor, kept, merged, "もう一度")
    contacts.merge(town.supervisor, friend, third, "三つ目")
    assert contacts.unmerge(town.supervisor, row)
    assert not contacts.unmerge(town.supervisor, row)
    contacts.merge(town.supervisor, friend, other, "やはり同じ人")
    assert Merge.objects.standing().count() == 2


def test_a_stranger_of_another_organisation_is_nobody_to_merge(town: Town, friend: Contact) -> None:
    theirs = befriend(found_town("みどり市"))
    with pytest.raises(contacts.CannotMerge):
        contacts.merge(town.supervisor, friend, theirs, "まちがい")
