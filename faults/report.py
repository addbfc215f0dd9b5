"""What a storm is told, and what it tells."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Weather:
    """How hard it blows. `database_kills`: how often PostgreSQL itself is killed, besides `kills` of our processes.
    `replies`: how often counsellors have answered, at least, before it ends. `seconds`: how long it blows where a killed
    process is back at once; while one that is to be killed again is not, the storm's clock stands still."""

    events: int = 2000
    friends: int = 60
    kills: int = 20
    database_kills: int = 0
    replies: int = 0
    seconds: float = 18.0
    seed: int = 1


@dataclass
class Report:
    """What was done, and what is wrong: one sentence each."""

    events: int = 0
    webhooks: int = 0
    redelivered: int = 0
    replies: int = 0
    calls: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
