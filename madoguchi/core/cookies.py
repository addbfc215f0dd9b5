"""A request's cookies, beside Django: without those that no cookie of ours could be."""

from django.http import parse_cookie


def cookies_of(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Name -> value, from the headers of an ASGI scope. One cookie that is none does not hide the others."""
    given = b"; ".join(value for name, value in headers if name == b"cookie")
    return without_zeros(parse_cookie(given.decode("latin-1")))


def without_zeros(cookies: dict[str, str]) -> dict[str, str]:
    """A zero byte, which a quoted cookie can hold, is in no cookie of ours, and PostgreSQL takes none."""
    return {name: value for name, value in cookies.items() if "\0" not in name + value}
