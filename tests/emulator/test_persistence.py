"""With a data folder nothing acknowledged is lost by `kill -9`, and it is there again at once."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from line_emulator import world as worlds
from line_emulator.ledger import Ledger
from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import ROOT, Account, Emulator

Start = Callable[[], Emulator]


@pytest.fixture
def restart(tmp_path: Path) -> Iterator[Start]:
    """Starts the emulator on one folder, killing the one before."""
    running: list[Emulator] = []

    def again() -> Emulator:
        if running:
            running.pop().kill()
        running.append(stand.start("--data", str(tmp_path / "data")))
        return running[0]

    yield again
    running.pop().kill()


def test_everything_acknowledged_is_there_after_a_kill(restart: Start) -> None:
    account, key = restart().account(quota=50), str(uuid4())
    friend = account.new_friend()
    picture = account.act(friend, "image")["messageId"]
    first = account.push(friend, key=key)
    asked = {"items": [{"type": "action", "action": {"type": "postback", "label": "次へ", "data": "n"}}]}
    account.push(friend, stand.TEXT | {"quickReply": asked})
    account.act(friend, "tap", label="次へ")
    account.act(friend, "block")
    before = (account.thread(friend), account.journal("api"))
    account = Account(restart(), account.channel)
    assert (account.thread(friend), account.journal("api")) == before
    assert account.emulator.get(f"/emu/choices?userId={friend}&channelId={account.id}") == {"choices": []}
    assert (
        account.push(friend, key=key).headers["x-line-accepted-request-id"]
        == first.headers["x-line-request-id"]
    )
    assert account.api("GET", f"/v2/bot/message/{picture}/content").raw[:3] == b"\xff\xd8\xff"
    assert account.api("GET", f"/v2/bot/profile/{friend}").status == 404
    assert account.api("GET", "/v2/bot/message/quota/consumption").body == {"totalUsage": 2}
    account.act(friend, "unblock")
    assert int(account.push(friend).body["sentMessages"][0]["id"]) > int(first.body["sentMessages"][0]["id"])


def test_webhooks_not_yet_delivered_are_delivered_after_the_restart(
    restart: Start, receiver: Receiver
) -> None:
    account = restart().account(webhookUrl=receiver.url)
    friend = account.emulator.friend()
    receiver.answers.append((200, 1.5))
    for text in ("一", "二", "三"):
        account.act(friend, "text", text=text)
    receiver.wait_for(1)
    account = Account(restart(), account.channel)
    account.emulator.idle()
    assert receiver.texts() == ["一", "一", "二", "三"]
    assert account.reply(receiver.events[-1]["replyToken"]).status == 200


def test_a_torn_last_line_is_forgotten(tmp_path: Path) -> None:
    world = worlds.World(tmp_path)
    friend = {
        "userId": "U1",
        "displayName": "さくら",
        "pictureUrl": None,
        "statusMessage": None,
        "language": "ja",
    }
    world.commit({"t": "friend", "friend": friend})
    world.close()
    with (tmp_path / "ledger.jsonl").open("ab") as ledger:
        ledger.write(b'[{"t":"friend","fri')
    world = worlds.World(tmp_path)
    world.commit({"t": "friend", "friend": friend | {"userId": "U2"}})
    world.close()
    world = worlds.World(tmp_path)
    assert list(world.people.friends) == ["U1", "U2"]
    world.close()


def test_a_reset_is_remembered_too(restart: Start) -> None:
    account = restart().account()
    friend = account.new_friend()
    account.push(friend)
    account.emulator.post("/emu/reset", {"keepChannels": True})
    running = restart()
    assert running.get("/emu/friends") == {"friends": []}
    assert [channel["channelId"] for channel in running.get("/emu/channels")["channels"]] == [account.id]
    assert running.get("/emu/journal")["entries"] == []


def test_two_emulators_do_not_share_a_folder(tmp_path: Path) -> None:
    first = worlds.World(tmp_path)
    command = [sys.executable, "-m", "line_emulator", "--port", "0", "--data", str(tmp_path)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10, check=False)
    first.close()
    assert (second.returncode, "another emulator" in second.stderr) == (3, True)


def test_only_loopback_is_listened_on() -> None:
    command = [sys.executable, "-m", "line_emulator", "--host", "192.0.2.1", "--port", "0"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10, check=False)
    assert (refused.returncode, "not loopback" in refused.stderr) == (2, True)


def test_a_long_ledger_is_tidied_and_says_the_same(
    restart: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = restart().account(rateScale=0)
    friend = account.new_friend()
    account.act(friend, "text", text="一")
    account.act(friend, "read")
    account.act(friend, "quickReply", action={"type": "postback", "label": "a", "data": "b"})
    crowd = account.emulator.post("/emu/friends/bulk", {"count": 50, "channelId": account.id})["userIds"]
    account.multicast([friend, *crowd])
    for _ in range(60):
        account.set(usage=7)
    thread = f"/emu/thread?userId={friend}&channelId={account.id}"
    before = [account.emulator.get(thread), account.thread(crowd[9]), account.journal("api")]
    account.emulator.kill()
    ledger = tmp_path / "data" / "ledger.jsonl"
    size = ledger.stat().st_size
    monkeypatch.setattr(worlds, "TIDY_LINES", 10)
    worlds.World(tmp_path / "data").close()
    assert ledger.stat().st_size < size
    account = Account(restart(), account.channel)
    assert [account.emulator.get(thread), account.thread(crowd[9]), account.journal("api")] == before
    assert before[0]["answeredTo"] == 1


def test_a_large_ledger_loads_quickly(tmp_path: Path) -> None:
    world = worlds.World(tmp_path)
    world.commit({"t": "channel", "channel": world.channels.drafted({"name": "窓口"})})
    (channel_id,) = world.channels.by_id
    for number in range(20_000):
        line = {
            "id": str(5 * 10**17 + number),
            "from": "account",
            "at": 1,
            "via": "push",
            "message": {"type": "text", "text": "一"},
        }
        world.commit(
            {"t": "said", "channelId": channel_id, "chats": [f"U{number % 500:032x}"], "lines": [line]}
        )
    world.close()
    started = time.process_time()
    again = worlds.World(tmp_path)
    assert time.process_time() - started < 2
    threads = [again.threads.get(channel_id, f"U{number:032x}") for number in range(500)]
    assert sum(len(thread.lines) for thread in threads if thread) == 20_000
    again.close()


def test_a_commit_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    seen: list[dict[str, object]] = []
    ledger.on("x", seen.append)
    ledger.load()
    ledger.commit({"t": "x"})
    ledger.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        ledger.commit({"t": "x"})
    assert len(seen) == 1
