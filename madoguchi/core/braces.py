"""Variables in texts that people write: a name in braces, `{窓口}`, filled in when the text is used."""

import re
from collections.abc import Collection, Mapping

_VARIABLE = re.compile(r"\{([^{}\n]{1,20})\}")


def unknown(template: str, known: Collection[str]) -> list[str]:
    """Names in braces that would reach the friend as they stand."""
    return [name for name in _VARIABLE.findall(template) if name not in known]


def filled(template: str, values: Mapping[str, str]) -> str:
    """A name without a value stays as it stands."""
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), template)
