"""The command `madoguchi`: web, work, migrate, demo, and Django's own behind `manage`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from madoguchi.console.commands import run  # noqa: PLC0415 - needs the settings

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
