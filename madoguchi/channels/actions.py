"""Every write about a channel, and the checks against LINE that go with adding one."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from madoguchi.accounts import keys
from madoguchi.accounts.models import Organisation, User
from madoguchi.audit.actions import record
from madoguchi.channels.clients import Clients
from madoguchi.channels.line.client import CallFailed, LineClient
from madoguchi.channels.line.outcome import Accepted
from madoguchi.channels.line.reasons import webhook_problem_ja
from madoguchi.channels.models import Channel
from madoguchi.core import clock

FORMER_SECRET_LIFE = clock.seconds(24 * 3600)


@dataclass(frozen=True)
class Findings:
    """What LINE said of a channel, in words. Empty problem texts: all is well."""

    bot_name: str = ""
    bot_user_id: str = ""
    basic_id: str = ""
    credentials_problem: str = ""
    webhook_problem: str = ""
    is_chat_on: bool = False

    @property
    def is_well(self) -> bool:
        return not self.credentials_problem and not self.webhook_problem


class ChannelTaken(Exception):
    """An account with this channel ID is here already, in whichever organisation."""


@transaction.atomic
def add(
    actor: User | None,
    organisation: Organisation,
    name: str,
    line_channel_id: str,
    secret: str,
    token: str = "",
) -> Channel:
    """Add a LINE official account. Its secret and token are sealed with a data key of its own. Raises
    ChannelTaken."""
    _key, wrapped, epoch = keys.new_data_key(organisation.pk)
    channel = Channel(
        organisation=organisation,
        name=name,
        key=secrets.token_urlsafe(24),
        line_channel_id=line_channel_id,
        wrapped_key=wrapped,
        key_epoch=epoch,
    )
    channel.sealed_secret = channel.seal("secret", secret)
    channel.sealed_token = channel.seal("token", token) if token else None
    _save(channel)
    record(actor, "channels.add", channel)
    return channel


@transaction.atomic
def for_practice(organisation: Organisation) -> Channel:
    """The organisation's channel for practice, which LINE does not know; made when it is first needed."""
    found = Channel.objects.filter(organisation=organisation, is_practice=True).first()
    if found is None:
        number = f"practice-{organisation.pk}"
        found = add(None, organisation, "練習", number, secrets.token_hex(16), secrets.token_hex(20))
        found.is_practice = True
        found.save(update_fields=["is_practice"])
    return found


def _save(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError:
        raise ChannelTaken from None


class LiffTaken(Exception):
    """Another account has this LIFF app."""


@transaction.atomic
def link_liff(actor: User | None, channel: Channel, login_channel_id: str, liff_id: str) -> None:
    """Pages inside LINE prove by this login channel who opens them; both empty: no such pages. Raises LiffTaken."""
    wanted = {"login_channel_id": login_channel_id, "liff_id": liff_id}
    if all(getattr(channel, name) == value for name, value in wanted.items()):
        return
    try:
        with transaction.atomic():
            Channel.objects.filter(pk=channel.pk).update(**wanted)
    except IntegrityError:
        raise LiffTaken from None
    record(actor, "channels.link_liff", channel)


@transaction.atomic
def change(
    actor: User, channel: Channel, name: str, secret: str = "", token: str = "", line_channel_id: str = ""
) -> Channel:
    """Rename, or change secret and token; empty ones stay, and so does the channel ID once LINE has known the account by it.
    The former secret is accepted for a day more, because LINE changes over in its own time. Raises ChannelTaken."""
    channel = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    channel.name = name
    if line_channel_id and not channel.is_proven:
        channel.line_channel_id = line_channel_id
    if secret and secret != channel.unseal("secret"):
        channel.sealed_former_secret, channel.sealed_secret = (
            channel.sealed_secret,
            channel.seal("secret", secret),
        )
        channel.former_secret_until = clock.now() + FORMER_SECRET_LIFE
    if token:
        channel.sealed_token = channel.seal("token", token)
    _save(channel)
    record(actor, "channels.change", channel, secret=bool(secret), token=bool(token))
    return channel


def webhook_url(channel: Channel) -> str:
    """The address LINE calls."""
    return f"{settings.PUBLIC_URL}/line/webhook/{channel.key}"


def liff_url(channel: Channel) -> str:
    """The endpoint URL that LINE opens for this account's LIFF app; empty without one."""
    return f"{settings.PUBLIC_URL}/liff/{channel.liff_id}" if channel.liff_id else ""


async def probe(channel: Channel) -> Findings:
    """Ask LINE who this account is, tell it our webhook address, and let it call us. Holds no database connection."""
    clients = Clients()
    try:
        client = await clients.of(channel)
        info = await client.bot_info()
        known = {"bot_name": str(info.get("displayName", "")), "bot_user_id": str(info.get("userId", ""))}
        known |= {"basic_id": str(info.get("basicId", ""))}
        is_chat_on = info.get("chatMode") == "chat"
        webhook_problem = await _webhook_problem(client, channel)
        if problem := await _pair_problem(clients, channel):
            return Findings(credentials_problem=problem, webhook_problem=webhook_problem)
        return Findings(**known, is_chat_on=is_chat_on, webhook_problem=webhook_problem)
    except CallFailed as failure:
        return Findings(credentials_problem=failure.outcome.reason.ja)
    finally:
        await clients.close()


async def _pair_problem(clients: Clients, channel: Channel) -> str:
    """Whether LINE knows the channel ID with this secret. A long token speaks for an account without naming its ID, so a
    mistyped one would only be found out when a short token is needed."""
    try:
        await clients.prove(channel)
    except CallFailed as failure:
        return failure.outcome.reason.ja
    return ""


async def _webhook_problem(client: LineClient, channel: Channel) -> str:
    told = await client.set_webhook_endpoint(webhook_url(channel))
    if not isinstance(told, Accepted):
        return told.reason.ja
    return webhook_problem_ja(await client.test_webhook_endpoint()) or ""


@transaction.atomic
def keep_findings(actor: User | None, channel: Channel, findings: Findings) -> None:
    """Remember the account's ids and what the check found."""
    problems = {"credentials": findings.credentials_problem, "webhook": findings.webhook_problem}
    result = {**problems, "bot_name": findings.bot_name, "is_chat_on": findings.is_chat_on}
    Channel.objects.filter(pk=channel.pk).update(
        bot_user_id=findings.bot_user_id or channel.bot_user_id,
        basic_id=findings.basic_id or channel.basic_id,
        checked_at=Now(),
        check_result=result,
    )
    record(actor, "channels.test", channel, is_well=findings.is_well)
