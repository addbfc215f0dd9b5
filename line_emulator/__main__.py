"""`python -m line_emulator --host 127.0.0.1 --port N [--data DIR]`"""

import argparse
import sys
from pathlib import Path

import uvloop

from line_emulator.ledger import DataFolderInUse
from line_emulator.server import serve


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m line_emulator", description="A stand-in LINE platform.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder to keep everything in; without it: memory only")
    given = parser.parse_args()
    try:
        uvloop.run(serve(given.host, given.port, given.data))
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 2
    except DataFolderInUse as taken:
        print(f"another emulator is using {taken}", file=sys.stderr)
        return 3
    except OSError as failure:
        print(f"can't listen on {given.host}:{given.port}: {failure.strerror or failure}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
