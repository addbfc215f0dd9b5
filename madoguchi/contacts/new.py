"""What a new attribute and its options are made of, said by a form or by a ready-made set."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NewOption:
    code: str
    name: str
    name_en: str = ""
    group: str = ""


@dataclass(frozen=True)
class NewAttribute:
    """What an attribute is made of. An empty `key` is made up."""

    name: str
    kind: str
    purpose: str
    readers: tuple[str, ...] = ()
    key: str = ""
    name_en: str = ""
    is_personal: bool = False
    unit: str = ""
    options: Sequence[NewOption] = field(default=())
