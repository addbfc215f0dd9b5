"""./dev shots: the README's pictures, taken from a demo of their own with invented people."""

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium, scratch
from tools.scratch import ROOT
from tools.stack import Stack
from tools.trouble import Trouble

PICTURES = ROOT / "docs"
CHANNEL = "1650000001"
HINATA, MAMA, SORA = ("U" + pair * 16 for pair in ("a1", "b2", "c3"))

TALK = (
    (HINATA, "こんばんは。だれか読んでいますか"),
    (MAMA, "4歳の子が夜なかなか寝なくて、もう限界です。怒鳴ってしまいます"),
    (HINATA, "学校のことで、家の人には言えないことがあります"),
    (SORA, "進路のことで親とけんかになりました"),
)
ANSWERS = (
    "こんばんは。読んでいますよ。書いてくれてありがとうございます。",
    "言えないことを持っているのは、しんどいですね。話せるところから、ゆっくりで大丈夫です。",
)
ANSWERED = (
    "クラスで無視されています。先生に言うともっとひどくなりそうで",
    "お母さんには心配かけたくないです",
)


def main() -> int:
    """Take all pictures. Returns 0, or 1 with the reason when the demo could not start."""
    chromium.ensure()
    PICTURES.mkdir(exist_ok=True)
    try:
        with scratch.folder("shots") as data:
            stack = Stack(data, 8400)
            try:
                stack.start(seed=True)
                with sync_playwright() as playwright:
                    browser = chromium.launch(playwright)
                    _take_all(stack, browser)
            finally:
                stack.stop()
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return 0


def _take_all(stack: Stack, browser: Browser) -> None:
    for friend in (HINATA, MAMA, SORA):
        _act(stack, friend, "follow")
    for friend, words in TALK:
        _act(stack, friend, "text", text=words)
        time.sleep(0.4)
    _act(stack, MAMA, "sticker", packageId="8515", stickerId="16581262", keywords=["cry", "sad"])
    desk = _page(browser, 1440, 900)
    desk.goto(f"{stack.desk}/demo/sato/")
    desk.get_by_text("言えないことがあります").first.click()
    desk.get_by_role("button", name="この相談を担当する").click()
    for answer, word in zip(ANSWERS, ANSWERED, strict=True):
        _answer(desk, answer)
        desk.locator("message-list").get_by_text(answer).wait_for()
        _act(stack, HINATA, "text", text=word)
        desk.locator("message-list").get_by_text(word[-8:]).wait_for()  # a sign may stand within the words
    desk.wait_for_timeout(1500)
    _shoot(desk, "desk")
    narrow = _page(browser, 390, 844, context=desk)
    narrow.goto(desk.url)
    _shoot(narrow, "desk-narrow")
    phones = _page(browser, 1440, 900)
    phones.goto(f"{stack.phones}/?phones={HINATA},{MAMA}&open={CHANNEL}")
    phones.get_by_text(ANSWERS[-1]).first.wait_for()
    phones.wait_for_timeout(800)
    _shoot(phones, "phones")


def _answer(desk: Page, words: str) -> None:
    """Written and sent; the first one after a switch of talk is sent once more, to whom the desk shows."""
    desk.locator(".composer textarea[name=text]").first.fill(words)
    desk.keyboard.press("Control+Enter")
    if desk.locator("send-guard:not([hidden])").count():
        desk.locator("send-guard[ready]").wait_for()
        desk.keyboard.press("Enter")


def _page(browser: Browser, width: int, height: int, context: Page | None = None) -> Page:
    state = context.context.storage_state() if context else None
    made = browser.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP", storage_state=state
    )
    return made.new_page()


def _shoot(page: Page, name: str) -> None:
    path: Path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def _act(stack: Stack, friend: str, do: str, **fields: Any) -> None:
    body = json.dumps({"userId": friend, "channelId": CHANNEL, "do": do, **fields}).encode()
    request = Request(f"{stack.phones}/emu/act", body, {"Content-Type": "application/json"})  # noqa: S310 - loopback
    with urlopen(request, timeout=10):  # noqa: S310
        pass


if __name__ == "__main__":
    sys.exit(main())
