"""One answer as it is kept: choices, numbers and dates in the plain, what identifies or tells of somebody to be sealed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """`codes`: of options, or of the area a postcode lies in. `moment`: 2026-04-01T09:30, no time zone, as it was said.
    `private`: {"text"} | {"postcode"} | {"title", "address", "latitude", "longitude"} | {"message": number}."""

    codes: tuple[str, ...] = ()
    number: Decimal | None = None
    on: date | None = None
    moment: str = ""
    private: dict[str, Any] = field(default_factory=dict, repr=False)
    is_skipped: bool = False


SKIPPED = Given(is_skipped=True)
