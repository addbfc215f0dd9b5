"""A town with one of each thing that has a page of its own, and what the numbers in the addresses name there."""

from typing import Any

from tests.journeys.surveys import asked
from tests.street import Town

CLOSED = {"token": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "variant": "full", "way": "line", "kind": "svg"}


def furnish(town: Town) -> dict[str, dict[str, Any]]:
    """Words of an address by route, by app (for all its other routes), and under "" (for all apps)."""
    from madoguchi.contacts.models import Attribute

    survey = asked(town)
    _friend, conversation = town.open_talk("お父さんに殴られました。新宿駅にいます")
    who = Attribute.objects.get(organisation_id=town.channel.organisation_id, key="who")
    found: dict[str, dict[str, Any]] = {
        "": {**CLOSED, "pk": 0, "channel_pk": town.channel.pk, "key": "q1", "number": 1},
        "accounts": {"pk": town.sato.pk},
        "channels": {"pk": town.channel.pk},
        "contacts": {"pk": conversation.contact_id},
        "contacts:attribute": {"pk": who.pk},
        "desk": {"pk": conversation.pk},
        "desk:answers": {"pk": conversation.contact_id},
        "desk:of-contact": {"pk": conversation.contact_id},
        "desk:member": {"pk": town.sato.pk},
        "finding": {"pk": conversation.pk},
        "safety": {"pk": conversation.pk},
        "surveys": {"pk": survey.pk},
        "surveys:of-contact": {"pk": conversation.contact_id},
        "surveys:part-of-contact": {"pk": conversation.contact_id},
    }
    return found | _of_friends(town) | _of_the_desk(town, conversation) | _of_rules(town, who)


def _of_friends(town: Town) -> dict[str, dict[str, Any]]:
    from madoguchi.contacts import actions as contacts
    from madoguchi.contacts.actions import files
    from madoguchi.contacts.models import Colour, Purpose

    origin = contacts.add_origin(town.supervisor, town.channel, "駅のポスター")
    tag = contacts.add_tag(town.supervisor, "見守り", Colour.AI, Purpose.CONSULTATION)
    terms = contacts.write_terms(
        town.supervisor, purpose=Purpose.BOTH, text="ここで聞いたことは職員だけが読みます"
    )
    table = files.prepare(town.supervisor, [["友だちID", "お住まい"], ["x", "中央区"]])
    return {
        **{f"contacts:{route}": {"pk": origin.pk} for route in ("origin", "origin-svg", "origin-png")},
        "contacts:tag": {"pk": tag.pk},
        "contacts:import": {"pk": table.pk},
        "surveys:terms-version": {"pk": terms.pk},
    }


def _of_the_desk(town: Town, conversation: Any) -> dict[str, dict[str, Any]]:
    from madoguchi.desk import actions as desk
    from madoguchi.desk.models import OtherLine
    from madoguchi.emergency import actions as emergencies
    from madoguchi.phrases import actions as phrases
    from madoguchi.practice import actions as practice
    from madoguchi.practice.script import scripts

    desk.install_lines(town.supervisor)
    desk.add_skill(town.supervisor, "dv", "DV")
    phrases.install(town.supervisor)
    emergency = emergencies.open_dossier(town.sato, conversation.pk)
    emergencies.decide(town.sato, emergency.pk, "けがをしている", ["110", "189"])
    values = {"area": "中央区", "kind": "police", "name": "中央署", "phone": "03-0000-0110", "remark": ""}
    own = {"topic": "はじめ", "title": "はじめに", "shortcut": "hajime", "text": "こんばんは", "choices": []}
    line = OtherLine.objects.filter(organisation_id=town.channel.organisation_id).first()
    return {
        "desk:other-line": {"pk": line.pk if line else 0},
        "emergency": {"pk": emergency.pk},
        "emergency:checklist": {"pk": conversation.pk},
        "emergency:strip": {"pk": conversation.pk},
        "emergency:receiver": {"pk": emergencies.add_receiver(town.supervisor, values).pk},
        "phrases": {"pk": phrases.write(town.supervisor, own).pk},
        "practice": {"pk": practice.start(town.supervisor, next(iter(scripts()))).pk},
    }


def _of_rules(town: Town, attribute: Any) -> dict[str, dict[str, Any]]:
    from madoguchi.routing import actions as routing
    from madoguchi.signs import actions as signs

    condition = {"attribute_id": attribute.pk, "codes": ["father"]}
    rule = routing.add_rule(
        town.supervisor, town.channel, {"name": "父から", "is_alarming": True}, [condition]
    )
    own = signs.add_rule(town.supervisor, "now", "屋上", heeds_denial=True)
    return {
        "routing": {"pk": rule.pk},
        "routing:of-conversation": {"pk": 0},
        "signs": {"key": own.name},
    }
