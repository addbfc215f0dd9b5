"""A span of time in the fewest words that a counsellor reads at a glance. elapsed_time.js says the same in the browser."""

from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def in_words(seconds: int) -> str:
    """``seconds`` (0 or more) as 「たった今」「12分」「1時間05分」「3日」: rounded down, so that no wait is overstated."""
    if seconds < MINUTE:
        return _("たった今")
    if seconds < HOUR:
        return _("{n}分").format(n=seconds // MINUTE)
    if seconds < DAY:
        return _("{h}時間{m}分").format(h=seconds // HOUR, m=f"{seconds % HOUR // MINUTE:02d}")
    return _("{n}日").format(n=seconds // DAY)


def until_in_words(seconds: int) -> str:
    """How long until a deadline, or since it passed (below 0)."""
    if abs(seconds) < MINUTE:
        return _("まもなく期限です") if seconds >= 0 else _("期限を過ぎました")
    words = _("あと{t}") if seconds > 0 else _("期限を{t}過ぎています")
    return words.format(t=in_words(abs(seconds)))
