"""The browser of the browser tests and of the pictures: Debian's Chromium, with fonts that can write Japanese and emoji.

Debian's and not one downloaded by the test library: it comes with security updates from a source that the machine
trusts already, and works offline once installed.
"""

from playwright.sync_api import Browser, Playwright

from tools import system

_PATH = "/usr/bin/chromium-headless-shell"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk", "fonts-noto-color-emoji")


def ensure() -> None:
    """Install what is missing. Raises Trouble, with the line to type, when that needs root."""
    missing = [package for package in _PACKAGES if not system.is_installed(package)]
    if missing:
        system.install(missing, "ブラウザーのテスト / browser tests")


def launch(playwright: Playwright) -> Browser:
    """Start it without a window, speaking to nobody of its own accord. Whoever starts it closes it."""
    return playwright.chromium.launch(executable_path=_PATH, args=_ARGUMENTS)
