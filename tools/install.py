"""./dev install: the environment for production and nothing else; says where the command `madoguchi` is."""

import sys

from tools.scratch import ROOT


def main() -> int:
    """The environment is there when this runs: that was the work."""
    print(f"用意ができました / ready: {ROOT / '.venv' / 'bin' / 'madoguchi'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
