"""The life of one server: a direct child that stops when we stop, and dies when we die.

One lock decides who may touch a data folder, and the server itself holds it: the lock file's descriptor is
inherited by the postmaster and every process it makes. So when we hold the lock, none of them is left, and the
pid and socket files found then are stale, whoever bears their number by now.
"""

import fcntl
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from tools.kinship import dies_with_parent
from tools.logs import last_lines, open_log
from tools.postgres import cluster, settings
from tools.postgres.place import Place, prepare
from tools.trouble import Trouble

_LOCK_PATIENCE = 30.0  # seconds: a server whose supervisor was killed ends in well under one
_START_PATIENCE = 300.0  # seconds: recovery after a crash replays at most a few checkpoints
_STOP_PATIENCE = 3.0  # seconds for a clean end; then at once, which loses nothing but time at the next start


@dataclass
class Server:
    """A running server. `url` is for the product; `admin_url` for a superuser, in tests and for care."""

    place: Place
    socket_folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def url(self) -> str:
        return self.url_of(cluster.ROLE)

    @property
    def admin_url(self) -> str:
        return self._url(cluster.SUPERUSER, "postgres")

    @property
    def log(self) -> Path:
        return self.place.home / "server.log"

    def url_of(self, database: str) -> str:
        """Return the address of a database by its name, for the product's role."""
        return self._url(cluster.ROLE, database)

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.socket_folder), safe='')}"

    def stop(self) -> None:
        """End the server: cleanly, or after 3 seconds at once. Calling it again does nothing."""
        farewells = ((signal.SIGINT, _STOP_PATIENCE), (signal.SIGQUIT, 2.0), (signal.SIGKILL, None))
        for farewell, patience in farewells:
            if self.process.poll() is None:
                self.process.send_signal(farewell)
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(patience)
        if self.socket_folder.parent != self.place.home:  # a short one, in the temporary directory
            with suppress(OSError):
                self.socket_folder.rmdir()

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(home: Path, *, durable: bool = True) -> Server:
    """Start the server whose data lives in `home`, making it at the first time; return once it answers.

    Call it from the main thread: the server ends with the thread that started it. Raises Trouble when the folder
    is in use, or the server does not come up. `durable=False` gives up crash safety: for throw-away clusters.
    """
    place = prepare(home)
    lock = _lock(place)
    try:
        cluster.ensure(place, lock, durable=durable)
        socket_folder = place.socket_folder()
        _clear_stale(place, socket_folder)
        server = _launch(place, socket_folder, lock, durable)
    finally:
        os.close(lock)  # from here on the server alone holds it
    try:
        _wait_until_ready(server)
    except BaseException:
        server.stop()
        raise
    return server


def _lock(place: Place) -> int:
    handle = os.open(place.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(handle)
                raise Trouble(
                    f"このデータは別のサーバーが使っています: {place.home}\nAnother server is using {place.home}."
                ) from None
            time.sleep(0.05)


def _clear_stale(place: Place, socket_folder: Path) -> None:
    # PostgreSQL would take any living process with the number noted there for a server, and refuse to start.
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)
    for remains in socket_folder.glob(".s.PGSQL.*"):
        remains.unlink()


def _launch(place: Place, socket_folder: Path, lock: int, durable: bool) -> Server:
    place.owner.give(*settings.write_access_files(place.home))
    command = [*place.owner.prefix, str(place.programs / "postgres"), "-D", str(place.cluster)]
    with open_log(place.home / "server.log") as log:
        process = subprocess.Popen(
            command + settings.arguments(place.home, socket_folder, durable=durable),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=place.home,
            env=cluster.environment(),
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C in the terminal is for us to answer
            preexec_fn=dies_with_parent(signal.SIGINT),
        )
    return Server(place, socket_folder, process)


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + _START_PATIENCE
    while not _is_ready(server):
        if server.process.poll() is not None or time.monotonic() > deadline:
            last = last_lines(server.log)
            raise Trouble(
                f"データベースが起動しません ({server.log})。\nThe database does not start:\n{last}"
            )
        time.sleep(0.01)


def _is_ready(server: Server) -> bool:
    # The postmaster writes its state into the eighth line of its own pid file; pg_ctl waits for the same word.
    try:
        lines = (server.place.cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(server.process.pid) and lines[7].strip() == "ready"
