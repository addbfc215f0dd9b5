"""What a phone shows and does: the talk list, 既読, loading dots, adding and blocking, live events."""

import json
import queue
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Emulator

Told = queue.Queue[tuple[str, dict[str, Any]]]


class Live:
    """An open live stream; `next` gives the next event of a name."""

    def __init__(self, emulator: Emulator, query: str) -> None:
        self._told: Told = queue.Queue()
        host, port = emulator.origin.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.sendall(f"GET /emu/live?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        threading.Thread(target=self._follow, daemon=True).start()
        self.next("hello")

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _follow(self) -> None:
        name = b""
        with self._socket.makefile("rb") as lines:
            for line in lines:
                if line.startswith(b"event: "):
                    name = line[7:].strip()
                elif line.startswith(b"data: "):
                    self._told.put((name.decode(), json.loads(line[6:])))

    def next(self, name: str) -> dict[str, Any]:
        while True:
            found, data = self._told.get(timeout=3)
            if found == name:
                return data

    def names(self) -> list[str]:
        return [name for name, _ in list(self._told.queue)]


@pytest.fixture
def live(emulator: Emulator, friend: str) -> Iterator[Live]:
    stream = Live(emulator, f"userId={friend}")
    yield stream
    stream.close()


def test_both_directions_are_told_at_once(account: Account, friend: str, live: Live) -> None:
    account.act(friend, "text", text="一")
    account.push(friend)
    account.multicast([friend])
    told = [live.next("message") for _ in range(3)]
    assert [data["message"] for data in told] == account.thread(friend)
    assert [data["message"]["via"] for data in told] == ["phone", "push", "multicast"]
    assert {(data["channelId"], data["chatId"], data["userId"]) for data in told} == {
        (account.id, friend, friend)
    }


def test_other_phones_are_not_told(account: Account, friend: str, live: Live) -> None:
    other = account.new_friend("ゆい")
    account.push(other)
    account.push(friend)
    assert live.next("message")["userId"] == friend
    assert "message" not in live.names()


def test_unsending_editing_and_readiness_are_changes(account: Account, friend: str, live: Live) -> None:
    film = account.act(friend, "video", preparingSeconds=0.1)["messageId"]
    assert live.next("message")["message"]["content"]["preparing"] is True
    assert live.next("changed")["message"]["content"]["preparing"] is False
    account.act(friend, "unsend", messageId=film)
    assert live.next("changed")["message"]["unsent"] is True


def test_reading_is_told_both_ways(account: Account, friend: str, live: Live) -> None:
    account.act(friend, "text", text="一")
    account.push(friend)
    token = account.thread(friend)[0]["message"]["markAsReadToken"]
    account.api("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": token})
    read = live.next("read")
    assert (read["readTo"], read["friendReadTo"]) == (1, 0)
    account.act(friend, "read")
    assert live.next("read")["friendReadTo"] == 2
    assert [line["read"] for line in account.thread(friend)] == [True, True]


def test_an_account_in_bot_mode_reads_at_once(account: Account, friend: str) -> None:
    account.set(chatMode="bot")
    account.act(friend, "text", text="一")
    assert account.thread(friend)[0]["read"] is True
    assert "markAsReadMode" not in account.api("GET", "/v2/bot/info").body


def test_the_whole_chat_can_be_marked_as_read(account: Account, friend: str) -> None:
    account.act(friend, "text", text="一")
    assert account.api("POST", "/v2/bot/message/markAsRead", {"chat": {"userId": friend}}).body == {}
    assert account.thread(friend)[0]["read"] is True


def test_a_read_token_of_another_account_is_refused(
    account: Account, friend: str, emulator: Emulator
) -> None:
    account.act(friend, "text", text="一")
    body = {"markAsReadToken": account.thread(friend)[0]["message"]["markAsReadToken"]}
    answer = emulator.account().api("POST", "/v2/bot/chat/markAsRead", body)
    assert answer.body["details"][0]["property"] == "markAsReadToken"


def test_loading_dots_end_with_the_next_message(
    account: Account, friend: str, live: Live, emulator: Emulator
) -> None:
    answer = account.api("POST", "/v2/bot/chat/loading/start", {"chatId": friend, "loadingSeconds": 60})
    assert (answer.status, answer.body) == (202, {})
    until = live.next("loading")["until"]
    (chat,) = emulator.get(f"/emu/chats?userId={friend}")["chats"]
    assert chat["loadingUntil"] == until
    account.push(friend)
    (chat,) = emulator.get(f"/emu/chats?userId={friend}")["chats"]
    assert (chat["loadingUntil"], chat["unread"], chat["last"]["via"]) == (0, 1, "push")


def test_blocking_and_coming_back(heard: Account, receiver: Receiver) -> None:
    friend = heard.emulator.friend()
    for do in ("follow", "follow", "block", "block", "unblock"):
        heard.act(friend, do)
    events = receiver.wait_for(3)
    assert [event["type"] for event in events] == ["follow", "unfollow", "follow"]
    assert [event.get("follow") for event in events] == [{"isUnblocked": False}, None, {"isUnblocked": True}]
    assert heard.api("GET", f"/v2/bot/profile/{friend}").status == 200


def test_a_blocking_phone_writes_nothing_and_has_no_profile(
    account: Account, friend: str, emulator: Emulator
) -> None:
    account.act(friend, "block")
    act = {"userId": friend, "channelId": account.id, "do": "text", "text": "一"}
    assert emulator.send("POST", "/emu/act", act).status == 409
    assert account.api("GET", f"/v2/bot/profile/{friend}").body == {"message": "Not found"}
    assert account.api("GET", "/v2/bot/profile/me").status == 400


@pytest.mark.parametrize(
    "link", ["https://line.me/R/ti/p/{}", "https://line.me/R/ti/p/{}/", "line://ti/p/{}", "{}"]
)
def test_links_name_the_account(account: Account, emulator: Emulator, link: str) -> None:
    for basic_id in (account.channel["basicId"], account.channel["basicId"].replace("@", "%40")):
        if "/" in link or basic_id.startswith("@"):
            assert emulator.get(f"/emu/resolve?link={link.format(basic_id)}")["channelId"] == account.id


def test_the_qr_code_is_a_picture_and_the_link_leads_to_the_phone(
    account: Account, emulator: Emulator
) -> None:
    basic_id = account.channel["basicId"]
    assert b"<svg" in emulator.send("GET", f"/qr/{basic_id}.svg").raw
    assert emulator.send("GET", f"/R/ti/p/{basic_id}").headers["location"] == f"/?add={basic_id}"
    assert emulator.send("GET", "/qr/@nobody.svg").status == 404
    assert emulator.send("GET", "/emu/resolve?link=https://example.com/@x").status == 404


def test_a_tap_does_what_its_action_says(heard: Account, receiver: Receiver) -> None:
    friend = heard.emulator.friend()
    heard.act(friend, "tap", action={"type": "message", "label": "はい", "text": "はい"})
    heard.act(friend, "tap", action={"type": "postback", "label": "次", "data": "p=2", "displayText": "次へ"})
    heard.act(friend, "tap", action={"type": "uri", "label": "開く", "uri": "https://example.jp"})
    events = receiver.wait_for(2)
    assert [event["type"] for event in events] == ["message", "postback"]
    assert heard.texts(friend) == ["はい", "次へ"]


def test_a_friend_of_several_accounts_has_several_talks(
    emulator: Emulator, account: Account, friend: str
) -> None:
    other = emulator.account(name="保健センター")
    other.act(friend, "text", text="二")
    assert [chat["name"] for chat in emulator.get(f"/emu/chats?userId={friend}")["chats"]] == [
        "保健センター",
        "相談窓口",
    ]
    assert emulator.get(f"/emu/friends/{friend}")["accounts"] == {account.id: "friend", other.id: "none"}


@pytest.mark.parametrize("field", ["txt", "text"])
def test_a_misspelt_act_is_refused(account: Account, friend: str, field: str) -> None:
    act = {"userId": friend, "channelId": account.id, "do": "text", field: 5}
    assert account.emulator.send("POST", "/emu/act", act).status == 400


def test_the_phone_page_is_served_and_nothing_beside_it(emulator: Emulator) -> None:
    page = emulator.send("GET", "/")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    for path in ("/phone/../server.py", "/phone/%2e%2e/server.py", "/phone//etc/passwd", "/phone/"):
        assert emulator.send("GET", path).status == 404
