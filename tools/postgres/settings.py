"""How our server runs: nothing listens on the network, nothing acknowledged is lost, nothing said is logged."""

import os
import pwd
from pathlib import Path

from tools.postgres.cluster import ROLE, SUPERUSER

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    # Reached only as connections need it, so that a machine of 2 GiB is fine too.
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "jit": "off",  # our queries are short: compiling one costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    # People's words must not reach a log file: no statements, no details (they quote rows), no errors of a
    # statement at all (they quote values); the product is told of those and reports them in its own way.
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def arguments(home: Path, socket_folder: Path, *, durable: bool) -> list[str]:
    """Return the command line settings of a server. `durable=False` is for clusters that are thrown away."""
    own = {
        "hba_file": str(home / "who-may-enter"),
        "ident_file": str(home / "who-is-who"),
        "unix_socket_directories": '"' + str(socket_folder).replace('"', '""') + '"',
    }
    chosen = _ALWAYS | (_DURABLE if durable else _THROW_AWAY) | own
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]


def write_access_files(home: Path) -> list[Path]:
    """Let in only the account that runs us, by what the kernel says of the socket's other end; no passwords."""
    entry, names = home / "who-may-enter", home / "who-is-who"
    account = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
    entry.write_text("local all all peer map=ours\n")
    names.write_text("".join(f'ours "{account}" {role}\n' for role in (ROLE, SUPERUSER)))
    return [entry, names]
