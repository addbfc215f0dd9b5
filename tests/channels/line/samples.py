"""Webhook events as LINE sends them; every value is invented."""

import copy
from typing import Any

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
FRIEND = "U" + "1" * 32
BOT = "U" + "0" * 32

ENVELOPE: dict[str, Any] = {
    "timestamp": 1790000000123,
    "mode": "active",
    "webhookEventId": "01KABCDEFGHJKMNPQRSTVWXYZ0",
    "deliveryContext": {"isRedelivery": False},
    "source": {"type": "user", "userId": FRIEND},
    "replyToken": "0123456789abcdef0123456789abcdef",
}


def event(kind: str, **parts: Any) -> dict[str, Any]:
    return copy.deepcopy({"type": kind, **ENVELOPE, **parts})


def message(kind: str, **parts: Any) -> dict[str, Any]:
    return event("message", message={"type": kind, "id": "590000000000000001", **parts})


EVENTS = [
    message(
        "text",
        text="hello (wave)",
        quoteToken="q",
        markAsReadToken="m",
        emojis=[{"index": 6, "length": 6, "productId": "5ac1", "emojiId": "001"}],
        mention={
            "mentionees": [{"type": "user", "index": 0, "length": 5, "userId": FRIEND, "isSelf": False}]
        },
    ),
    message(
        "image",
        contentProvider={"type": "line"},
        imageSet={"id": "E0", "index": 2, "total": 3},
        quoteToken="q",
    ),
    message("video", contentProvider={"type": "line"}, duration=60000, quoteToken="q"),
    message("audio", contentProvider={"type": "line"}, duration=1200),
    message("file", fileName="診断書.pdf", fileSize=2138),
    message("location", title="窓口", address="東京都", latitude=35.68, longitude=139.69),
    message(
        "sticker",
        packageId="446",
        stickerId="1988",
        stickerResourceType="ANIMATION",
        keywords=["cry", "sad"],
        quoteToken="q",
    ),
    event("unsend", unsend={"messageId": "590000000000000001"}),
    event("follow", follow={"isUnblocked": True}),
    event("unfollow"),
    event("join", source={"type": "group", "groupId": "C" + "2" * 32}),
    event("memberJoined", joined={"members": [{"type": "user", "userId": FRIEND}]}),
    event("memberLeft", left={"members": [{"type": "user", "userId": FRIEND}]}),
    event("postback", postback={"data": "a=1", "params": {"datetime": "2026-12-01T09:30"}}),
    event("videoPlayComplete", videoPlayComplete={"trackingId": "t-1"}),
    event("beacon", beacon={"hwid": "d41d8cd98f", "type": "enter"}),
    event("accountLink", link={"result": "ok", "nonce": "n"}),
    event("membership", membership={"type": "joined", "membershipId": 3}),
]
