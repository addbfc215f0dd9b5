"""The thread's work: sending, fetching what friends attached, and 既読. Between two short transactions stands the call
to LINE; no connection is held while it lasts."""

import logging
from contextlib import suppress

from django.db import Error

from madoguchi.channels.line.client import CallFailed, LineClient
from madoguchi.channels.line.media import Gone, Missing, Preparing, Ready, TooLarge
from madoguchi.channels.line.outcome import Again, Outcome, TokenInvalid
from madoguchi.core.work import Job, Kind, Worker, backoff, blame
from madoguchi.threads import media
from madoguchi.threads.actions import attachments, holding, outbox, read, typing
from madoguchi.threads.models import AttachmentState

logger = logging.getLogger(__name__)
LIMIT_BYTES = 64 << 20
PREPARING_SECONDS = 3.0


async def _send(worker: Worker, job: Job) -> None:
    try:
        sending = await worker.in_database(outbox.begin, job)
        if sending is None:
            return
        outcome = await _attempt(worker, sending)
    except Error:  # the database is away: the lease is the pause
        raise
    except Exception as error:  # noqa: BLE001 - whatever breaks is tried again, and then shown
        logger.error("message %s: %s on attempt %s", job.pk, blame(error), job.attempt)
        await worker.in_database(outbox.broke, job)
        return
    if isinstance(outcome, TokenInvalid):
        worker.tools.forget_token(sending.channel)
    await worker.in_database(outbox.end, job, outcome, was_reply=bool(sending.reply_token))


async def _attempt(worker: Worker, sending: outbox.Sending) -> Outcome:
    try:
        endpoint = "reply" if sending.reply_token else "push"
        client: LineClient = await worker.tools.of(sending.channel, endpoint)
    except CallFailed as failure:
        return failure.outcome
    if sending.reply_token:
        return await client.reply(sending.reply_token, [sending.payload])
    return await client.push(sending.to, [sending.payload], sending.retry_key)


async def _fetch(worker: Worker, job: Job) -> None:
    fetching = await worker.in_database(attachments.begin_attachment, job)
    if fetching is None:
        return
    pieces: list[bytes] = []
    try:
        client = await worker.tools.of(fetching.channel, "content")
        content = await client.content(fetching.line_message_id, pieces.append, limit=LIMIT_BYTES)
    except CallFailed as failure:
        content = failure.outcome
    match content:
        case Ready():
            await _keep(worker, job, b"".join(pieces), fetching.kind)
        case Preparing():
            await worker.in_database(attachments.postpone_attachment, job, PREPARING_SECONDS)
        case Again(after=after):
            await worker.in_database(attachments.postpone_attachment, job, after or backoff(job.attempt))
        case Gone() | TooLarge() | Missing() as ending:
            await worker.in_database(attachments.give_up_attachment, job, _STATES[type(ending)])
        case _:
            worker.tools.forget_token(fetching.channel)
            await worker.in_database(attachments.postpone_attachment, job, backoff(job.attempt))


async def _keep(worker: Worker, job: Job, plain: bytes, kind: str) -> None:
    try:
        fetched = await media.prepare(plain, kind)
    except media.Busy:
        await worker.in_database(attachments.postpone_attachment, job, backoff(job.attempt))
        return
    await worker.in_database(attachments.keep_attachment, job, fetched)


_STATES = {Gone: AttachmentState.GONE, TooLarge: AttachmentState.TOO_LARGE, Missing: AttachmentState.MISSING}


async def _mark_read(worker: Worker, job: Job) -> None:
    found = await worker.in_database(read.begin_read_mark, job)
    if found is None:
        return
    channel, token, number = found
    try:
        outcome: Outcome = await (await worker.tools.of(channel, "mark_as_read")).mark_as_read(token)
    except CallFailed as failure:
        outcome = failure.outcome
    await worker.in_database(read.end_read_mark, job, number, outcome)


async def _look_at_held(worker: Worker, job: Job) -> None:
    await worker.in_database(holding.look_again, job.pk)


async def _show_typing(worker: Worker, job: Job) -> None:
    found = await worker.in_database(typing.begin_typing, job)
    if found is None:
        return
    channel, line_id = found
    with suppress(CallFailed):
        await (await worker.tools.of(channel, "loading")).loading(line_id, typing.SHOWN_SECONDS)


MESSAGE = Kind("message", outbox.claim_messages, _send, slots=32)
ATTACHMENT = Kind("attachment", attachments.claim_attachments, _fetch, slots=4)
READ_MARK = Kind("read-mark", read.claim_read_marks, _mark_read, slots=4)
HELD = Kind("held", holding.claim_held, _look_at_held, slots=2)
TYPING = Kind("typing", typing.claim_typing, _show_typing, slots=4)
