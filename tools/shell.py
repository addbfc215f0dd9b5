"""./dev shell: Django's Python shell with the database of the desk that is running in this clone."""

import os
import sys

from tools.run import read_state


def main() -> int:
    """Replace this process by the shell. Returns 1 when no desk is running."""
    environment = read_state().get("environment")
    if not isinstance(environment, dict):
        print("窓口が動いていません。先に ./dev run / no desk is running: ./dev run first", file=sys.stderr)
        return 1
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    os.execve(sys.executable, [sys.executable, "-m", "django", "shell"], os.environ | environment | settings)


if __name__ == "__main__":
    sys.exit(main())
