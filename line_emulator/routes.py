"""The table of API endpoints. Paths are exact: a trailing or doubled slash is another path, nothing redirects."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from line_emulator.answers import Reply
from line_emulator.calls import Call

Work = Callable[[Call], Reply | Awaitable[Reply]]


@dataclass(slots=True, frozen=True)
class Route:
    """`takes_retry_key`: only four sending endpoints do. `is_secret`: its bodies stay out of the journal.
    `owner`: whose call it is (a channel id) where no channel access token tells, for the journal and for faults."""

    method: str
    template: str
    work: Work
    takes_retry_key: bool = False
    needs_token: bool = True
    is_secret: bool = False
    owner: Callable[[Call], str | None] | None = None


class Routes:
    """Looks routes up by method and path; `{name}` stands for one path segment that is not empty."""

    def __init__(self, routes: list[Route]) -> None:
        self._exact = {(r.method, r.template): r for r in routes if "{" not in r.template}
        self._open = [(r, r.template.split("/")) for r in routes if "{" in r.template]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        exact = self._exact.get((method, path))
        if exact is not None:
            return exact, {}
        segments = path.split("/")
        for route, wanted in self._open:
            if route.method == method and len(wanted) == len(segments):
                found = _match(wanted, segments)
                if found is not None:
                    return route, found
        return None


def _match(wanted: list[str], segments: list[str]) -> dict[str, str] | None:
    found = {}
    for want, have in zip(wanted, segments, strict=True):
        if want.startswith("{"):
            if not have:
                return None
            found[want[1:-1]] = have
        elif want != have:
            return None
    return found
