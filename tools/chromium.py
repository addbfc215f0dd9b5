"""The browser of the browser tests: Debian's Chromium, with fonts that can write Japanese and emoji.

Debian's and not one downloaded by the test library: it comes with security updates from a source that the machine
trusts already, and works offline once installed.
"""

from tools import system

PATH = "/usr/bin/chromium"
_PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")


def ensure() -> None:
    """Install what is missing. Raises Trouble, with the line to type, when that needs root."""
    missing = [package for package in _PACKAGES if not system.is_installed(package)]
    if missing:
        system.install(missing, "ブラウザーのテスト / browser tests")
