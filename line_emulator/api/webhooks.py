"""The account's webhook endpoint: read, set, test (LINE.md 4.1)."""

from datetime import UTC, datetime

from line_emulator import answers, hooks, signing
from line_emulator.answers import Reply
from line_emulator.calls import Body, Call
from line_emulator.channels import is_loopback_url, record_of
from line_emulator.routes import Route
from line_emulator.validate.fields import Fields

MOST_CHARACTERS = 500


def read(call: Call) -> Reply:
    if not call.channel.webhook_url:
        raise answers.error(404, "Webhook endpoint not found")
    return answers.ok({"endpoint": call.channel.webhook_url, "active": call.channel.webhook_active})


def change(call: Call) -> Reply:
    body = call.json()
    with Body(body) as fields:
        _endpoint(fields, required=True)
    record = record_of(call.channel)
    record["channel"]["webhookUrl"] = body["endpoint"]
    call.records.append(record)
    return answers.ok({})


def _endpoint(fields: Fields, *, required: bool) -> None:
    """Loopback only: a stand-in speaks to nobody else."""
    value = fields.text("endpoint", MOST_CHARACTERS, required=required)
    if value and not is_loopback_url(value):
        fields.note("invalid uri", "endpoint")


async def test(call: Call) -> Reply:
    body = call.json() if call.raw.strip() else {}
    with Body(body) as fields:
        _endpoint(fields, required=False)
    channel = call.channel
    url = body.get("endpoint") or channel.webhook_url
    if not url:
        raise answers.error(404, "Webhook endpoint not found")
    raw = signing.body(channel.bot_user_id, [], channel.escape)
    async with hooks.client() as session:
        outcome = await hooks.post(
            session, url, raw, signing.signature(channel.secret, raw), channel.webhook_timeout_ms
        )
    moment = datetime.fromtimestamp(call.world.clock.now() / 1000, UTC)
    return answers.ok({
        "success": outcome.is_ok, "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "statusCode": outcome.status or 0, "reason": outcome.reason, "detail": outcome.detail,
    })  # fmt: skip


ROUTES = [
    Route("GET", "/v2/bot/channel/webhook/endpoint", read),
    Route("PUT", "/v2/bot/channel/webhook/endpoint", change),
    Route("POST", "/v2/bot/channel/webhook/test", test),
]
