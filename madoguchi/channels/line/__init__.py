"""LINE's Messaging API as a small library: no Django, no models, plain dicts in and out.

signature  is this webhook really LINE's          body      the webhook's bytes -> raw events
events     one raw event -> Event                 contents  what a message event carries
client     the calls, over one aiohttp session    outcome   what LINE's answer means, and what to do next
messages   builders with LINE's limits            templates buttons, confirm, carousel, quick replies
measure    how LINE counts characters             pace      staying under LINE's rates
stickers   what a sticker says, in words

The facts are LINE's own, from https://developers.line.biz/en/reference/messaging-api/ and the machine
specification at https://github.com/line/line-openapi.
"""
