"""What people do on their phones, and the events that follow from it (README.md, Acts)."""

from collections.abc import Callable

from line_emulator.acts import bonds, rarer, said, taps
from line_emulator.acts.act import Act, begin
from line_emulator.channels import Refused
from line_emulator.ledger import Record
from line_emulator.world import World

_COMMON = frozenset({"userId", "channelId", "do", "groupId", "roomId", "at", "withoutUserId", "mode"})
_ACTS: dict[str, tuple[Callable[[Act], None], frozenset[str]]] = {
    name: (act, frozenset(fields.split()))
    for name, (act, fields) in (said.ACTS | bonds.ACTS | taps.ACTS | rarer.ACTS).items()
}


def perform(world: World, given: Record) -> Record:
    """Does it and returns {messageId?, webhookEventId?, userId, channelId}. Raises Refused, NotFound, Impossible."""
    found = _ACTS.get(given.get("do", ""))
    if found is None:
        raise Refused(f"do must be one of {', '.join(sorted(_ACTS))}")
    unknown = set(given) - _COMMON - found[1]
    if unknown:
        raise Refused(f"unknown field {sorted(unknown)[0]} for {given['do']}")
    act = begin(world, given)
    found[0](act)
    world.commit(*act.records)
    return act.result
