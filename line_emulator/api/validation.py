"""`message/validate/*`: would these messages be accepted? Nothing is sent."""

from line_emulator import answers
from line_emulator.answers import Reply
from line_emulator.calls import Body, Call
from line_emulator.routes import Route
from line_emulator.validate import messages
from line_emulator.validate.fields import Where


def validate(call: Call) -> Reply:
    with Body(call.json(), Where(strict_https=call.world.settings.strict_https, is_dry=True)) as fields:
        messages.check(fields)
    return answers.ok({})


ROUTES = [
    Route("POST", f"/v2/bot/message/validate/{kind}", validate)
    for kind in ("reply", "push", "multicast", "narrowcast", "broadcast")
]
