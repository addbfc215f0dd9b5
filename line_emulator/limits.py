"""Rate limits (LINE.md 3.1): a token bucket a channel and endpoint, an endpoint being method and path template."""

import time

HOUR, MINUTE, SECOND = 3600.0, 60.0, 1.0

_OWN_FIGURES: dict[tuple[str, str], tuple[int, float]] = {
    ("POST", "/v2/bot/message/multicast"): (200, SECOND),
    ("POST", "/v2/bot/message/narrowcast"): (60, HOUR),
    ("POST", "/v2/bot/message/broadcast"): (60, HOUR),
    ("POST", "/v2/bot/chat/loading/start"): (100, SECOND),
    ("POST", "/v2/bot/channel/webhook/test"): (60, HOUR),
    ("GET", "/v2/bot/channel/webhook/endpoint"): (1000, MINUTE),
    ("PUT", "/v2/bot/channel/webhook/endpoint"): (1000, MINUTE),
    ("POST", "/v2/oauth/accessToken"): (370, SECOND),
}
_OTHERS = (2000, SECOND)


class Buckets:
    """`take` answers whether the call may pass. Full buckets at first; continuous refill; nothing is refused for
    `scale` 0, which means off."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, str, str], tuple[float, float]] = {}

    def take(self, channel_id: str, method: str, template: str, scale: float) -> bool:
        if scale <= 0:
            return True
        allowed, period = _OWN_FIGURES.get((method, template), _OTHERS)
        size = max(1.0, allowed * scale)
        key = (channel_id, method, template)
        now = time.monotonic()
        left, at = self._left.get(key, (size, now))
        left = min(size, left + (now - at) * allowed * scale / period)
        if left < 1:
            self._left[key] = (left, now)
            return False
        self._left[key] = (left - 1, now)
        return True

    def refill_all(self) -> None:
        self._left.clear()
