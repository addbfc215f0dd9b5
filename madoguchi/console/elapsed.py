"""A span of time in the fewest words that a counsellor reads at a glance. elapsed_time.js says the same in the browser."""

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def in_words(seconds: int) -> str:
    """``seconds`` (0 or more) as 「たった今」「12分」「1時間05分」「3日」: rounded down, so that no wait is overstated."""
    if seconds < MINUTE:
        return "たった今"
    if seconds < HOUR:
        return f"{seconds // MINUTE}分"
    if seconds < DAY:
        return f"{seconds // HOUR}時間{seconds % HOUR // MINUTE:02d}分"
    return f"{seconds // DAY}日"
