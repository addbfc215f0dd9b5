"""PostgreSQL as Django has it, with the wall of `core.walls` carried to the connection before each statement."""

from typing import Any

from django.db.backends.postgresql import base

from madoguchi.core import walls


class DatabaseWrapper(base.DatabaseWrapper):
    _wall: str | None = None

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        wall = walls.current()
        if wall != self._wall and self.connection is not None:
            self.connection.execute("SELECT set_config(%s, %s, false)", [walls.SETTING, wall])
            self._wall = wall
        return cursor

    def init_connection_state(self) -> None:
        self._wall = None
        super().init_connection_state()

    # A rollback also takes back a setting made inside the transaction, so it is set anew afterwards.
    def _rollback(self) -> None:
        self._wall = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._wall = None
