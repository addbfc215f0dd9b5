"""Debian packages that something needs: root gets them installed, everyone else is told the exact line."""

import os
import shutil
import subprocess

from tools.progress import step
from tools.trouble import Trouble


def is_installed(package: str) -> bool:
    """Ask dpkg. On a system without dpkg the answer is yes: there we cannot know, and do not stand in the way."""
    if shutil.which("dpkg-query") is None:
        return True
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout == "installed"


def install(packages: list[str], purpose: str) -> None:
    """Install Debian packages. Raises Trouble with what to type when we are not root or apt-get fails."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Trouble(f"{purpose}: 次を用意してください / please install: {' '.join(packages)}")
    if os.geteuid() != 0:
        raise Trouble(
            f"{purpose}: root の権限が必要です。次を実行してから、もう一度お試しください。\n"
            f"This needs root. Run this line, then try again:\n\n    sudo apt-get update && sudo {line}\n"
        )
    with step(f"{' '.join(packages)} をインストール", "installing"):
        _apt_get("update")
        _apt_get(*line.split()[1:])


def _apt_get(*words: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q", *words]
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = "\n".join(done.stderr.strip().splitlines()[-8:])
        raise Trouble(f"{' '.join(command)} が失敗しました / failed:\n{last}")
