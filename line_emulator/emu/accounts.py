"""Channels and their faults."""

import secrets

from line_emulator.acts.act import NotFound
from line_emulator.channels import Channel, Refused, as_json, public_json
from line_emulator.control import Ask, Work, only
from line_emulator.ledger import Record

_FAULT = ("kind", "count", "rate", "seed", "path", "eventType", "delayMs", "by", "accept")


def _channel(ask: Ask) -> Channel:
    channel = ask.world.channels.by_id.get(ask.params["channelId"])
    if channel is None:
        raise NotFound("no such channel")
    return channel


def _store(ask: Ask, given: Record) -> Record:
    drafted = ask.world.channels.drafted(given)
    ask.world.commit({"t": "channel", "channel": drafted})
    channel = ask.world.channels.by_id[drafted["channelId"]]
    ask.world.live.tell("channel", None, public_json(channel))
    return shown(ask, channel)


def shown(ask: Ask, channel: Channel) -> Record:
    return as_json(channel) | {"usage": ask.world.channels.usage(channel)}


def create(ask: Ask) -> Record:
    return _store(ask, ask.json())


def list_all(ask: Ask) -> Record:
    return {"channels": [shown(ask, channel) for channel in ask.world.channels.by_id.values()]}


def read(ask: Ask) -> Record:
    return shown(ask, _channel(ask))


def change(ask: Ask) -> Record:
    given = ask.json()
    channel = _channel(ask)
    if given.get("channelId", channel.channel_id) != channel.channel_id:
        raise Refused("a channelId can't be changed")
    return _store(ask, given | {"channelId": channel.channel_id})


def _faulty(ask: Ask) -> str:
    """An official account's channel or a login channel: both can answer badly."""
    channel_id = ask.params["channelId"]
    return channel_id if channel_id in ask.world.logins.by_id else _channel(ask).channel_id


def add_fault(ask: Ask) -> Record:
    given = only(ask.json(), *_FAULT)
    return ask.world.faults.add(_faulty(ask), given).as_json()


def list_faults(ask: Ask) -> Record:
    return {"faults": [fault.as_json() for fault in ask.world.faults.of(_faulty(ask))]}


def clear_faults(ask: Ask) -> Record:
    return {"removed": ask.world.faults.clear(_faulty(ask))}


def redeliver(ask: Ask) -> Record:
    event_id = only(ask.json(), "webhookEventId").get("webhookEventId", "")
    queued = ask.world.outbox.finished.get(event_id)
    if queued is None or queued.channel_id != _channel(ask).channel_id:
        raise NotFound("no such finished event")
    ask.sender.redeliver(queued)
    return {"webhookEventId": event_id}


def statistics(ask: Ask) -> Record:
    """How webhook requests ended, by LINE's reasons, and how many events still wait."""
    channel_id = _channel(ask).channel_id
    waiting = sum(1 for queued in ask.world.outbox.waiting.values() if queued.channel_id == channel_id)
    return {"webhooks": dict(ask.world.outbox.endings.get(channel_id, {})), "waiting": waiting}


def expire_tokens(ask: Ask) -> Record:
    channel = _channel(ask)
    ask.world.commit({"t": "tokens_expired", "channelId": channel.channel_id, "mark": secrets.token_hex(8)})
    return {"ok": True}


TABLE: list[tuple[str, str, Work]] = [
    ("POST", "/emu/channels", create),
    ("GET", "/emu/channels", list_all),
    ("GET", "/emu/channels/{channelId}", read),
    ("PATCH", "/emu/channels/{channelId}", change),
    ("POST", "/emu/channels/{channelId}/faults", add_fault),
    ("GET", "/emu/channels/{channelId}/faults", list_faults),
    ("DELETE", "/emu/channels/{channelId}/faults", clear_faults),
    ("GET", "/emu/channels/{channelId}/statistics", statistics),
    ("POST", "/emu/channels/{channelId}/redeliver", redeliver),
    ("POST", "/emu/channels/{channelId}/tokens/expire", expire_tokens),
]
