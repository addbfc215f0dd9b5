"""What the control API does, a file a subject."""

from line_emulator.control import Work
from line_emulator.emu import accounts, liff, media, people, streams, upkeep


def table() -> list[tuple[str, str, Work]]:
    """Method, path and work of every control request."""
    return [*accounts.TABLE, *people.TABLE, *media.TABLE, *liff.TABLE, *streams.TABLE, *upkeep.TABLE]
