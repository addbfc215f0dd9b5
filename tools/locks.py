"""./dev lock: writes requirements/*.lock from requirements/*.in: every version and hash, no index and no machine."""

import os
import subprocess
import sys

from tools.scratch import ROOT

_NAMES = ("installer", "run", "test")
_OPTIONS = (
    "--generate-hashes",
    "--universal",  # one file for every machine
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version=3.11",
    "--quiet",
)


def main(words: list[str]) -> int:
    """Lock anew: versions stay unless an .in file changed, or with --upgrade. Returns uv's code."""
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "./dev lock"}
    for name in _NAMES:
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        command = [sys.executable, "-m", "uv", "pip", "compile", *_OPTIONS, *words, *files]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if code != 0:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
