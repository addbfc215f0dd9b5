"""Resetting, limits of memory, and the made-up media."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from line_emulator import films, journal, samples
from line_emulator.world import World
from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator
from tools import chromium

_PLAY = """([tag, data]) => new Promise((done) => {
  const film = document.createElement(tag);
  film.muted = true;
  film.playbackRate = 8;
  film.onended = () => done([film.duration, film.videoWidth || 0, film.videoHeight || 0]);
  film.onerror = () => done(film.error.message);
  document.body.append(film);
  film.src = data;
  film.play();
})"""


def test_a_reset_forgets_what_waits_and_lets_new_events_through(receiver: Receiver) -> None:
    emulator = stand.start()
    try:
        account = emulator.account(webhookUrl=receiver.url, redelivery=True, redeliveryDelays=[30])
        friend = emulator.friend()
        receiver.answers.extend([(500, 0), (200, 1)])
        for text in ("一", "二", "三"):
            account.act(friend, "text", text=text)
        receiver.wait_for(2)
        emulator.post("/emu/reset", {"keepChannels": True})
        emulator.idle()
        assert emulator.get("/emu/journal")["entries"] == []
        account.act(emulator.friend(), "text", text="四")
        emulator.idle()
        assert receiver.texts() == ["一", "二", "四"]
    finally:
        emulator.kill()


def test_the_journal_keeps_the_newest_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path)
    world.commit({"t": "settings", "journalLimit": 3})
    for number in range(5):
        world.commit(world.journal.record("api", None, "/", {"x": number}))
    assert world.journal.page(0, "", "", "", 9).endswith(b'"first":3,"last":5}')
    monkeypatch.setattr(journal, "MOST_BYTES", 70)
    world.journal.trim()
    assert world.journal.page(0, "", "", "", 9).endswith(b'"first":4,"last":5}')
    world.close()


def test_settings_are_checked_and_tell_https_from_http(emulator: Emulator, account: Account) -> None:
    assert emulator.send("POST", "/emu/settings", {"rateScale": "fast"}).status == 400
    assert emulator.send("POST", "/emu/settings", {"rate": 1}).status == 400
    url = "http://127.0.0.1:8000/a.jpg"
    image = {"type": "image", "originalContentUrl": url, "previewImageUrl": url}
    try:
        assert emulator.post("/emu/settings", {"strictHttps": True})["strictHttps"] is True
        assert account.validate(image).body["details"][0]["message"] == "invalid uri"
    finally:
        emulator.post("/emu/settings", {"strictHttps": False})
    assert account.validate(image).status == 200


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "media", "seen"),
    [("video", "video/mp4", (3, *films.SIZE)), ("audio", "audio/mp4", (2.944, 0, 0))],
)
def test_made_up_films_and_voices_play(kind: str, media: str, seen: tuple[float, int, int]) -> None:
    data = f"data:{media};base64,{base64.b64encode(samples.made_up(kind)).decode()}"
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_page()
        played = page.evaluate(_PLAY, [kind, data])
        browser.close()
    assert played == pytest.approx(list(seen))
