"""What an account is told about itself: bot info, quota, consumption."""

from line_emulator import answers
from line_emulator.answers import Reply
from line_emulator.calls import Call
from line_emulator.routes import Route


def info(call: Call) -> Reply:
    channel = call.channel
    body = {
        "userId": channel.bot_user_id, "basicId": channel.basic_id, "displayName": channel.name,
        "chatMode": channel.chat_mode,
    }  # fmt: skip
    if channel.chat_mode == "chat":
        body["markAsReadMode"] = channel.mark_as_read_mode
    if channel.premium_id:
        body["premiumId"] = channel.premium_id
    if channel.picture_url:
        body["pictureUrl"] = channel.picture_url
    return answers.ok(body)


def quota(call: Call) -> Reply:
    if call.channel.quota is None:
        return answers.ok({"type": "none"})
    return answers.ok({"type": "limited", "value": call.channel.quota})


def consumption(call: Call) -> Reply:
    return answers.ok({"totalUsage": call.world.channels.usage(call.channel)})


ROUTES = [
    Route("GET", "/v2/bot/info", info),
    Route("GET", "/v2/bot/message/quota", quota),
    Route("GET", "/v2/bot/message/quota/consumption", consumption),
]
