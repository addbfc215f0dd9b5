"""Media friends send: prepared, fetched, previewed, gone."""

import base64
import io

import pytest
from PIL import Image

from tests.emulator.stand import Account, Emulator


def fetch(account: Account, message_id: str, part: str = "") -> tuple[int, bytes]:
    answer = account.api("GET", f"/v2/bot/message/{message_id}/content{part}")
    return answer.status, answer.raw


def test_a_film_is_202_while_it_is_prepared_and_then_there(account: Account, friend: str) -> None:
    film = account.act(friend, "video", preparingSeconds=60)["messageId"]
    assert fetch(account, film) == (202, b"")
    assert fetch(account, film, "/preview") == (202, b"")
    assert fetch(account, film, "/transcoding") == (200, b'{"status":"processing"}')
    try:
        account.emulator.post("/emu/settings", {"clockShiftSeconds": 61})
        assert fetch(account, film)[1][4:8] == b"ftyp"
        assert fetch(account, film, "/transcoding") == (200, b'{"status":"succeeded"}')
    finally:
        account.emulator.post("/emu/settings", {"clockShiftSeconds": 0})


def test_what_was_sent_is_what_is_fetched(account: Account, friend: str) -> None:
    data = bytes(range(256))
    message_id = account.act(friend, "file", data=base64.b64encode(data).decode(), fileName="連絡帳.pdf")[
        "messageId"
    ]
    assert fetch(account, message_id) == (200, data)
    message = account.thread(friend)[0]["message"]
    assert (message["fileName"], message["fileSize"]) == ("連絡帳.pdf", 256)


def test_an_upload_of_the_phone_is_sent_by_its_id(account: Account, friend: str, emulator: Emulator) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (800, 400), "red").save(picture, "PNG")
    answer = emulator.send(
        "POST", "/emu/media?fileName=a.png", picture.getvalue(), {"Content-Type": "image/png"}
    )
    message_id = account.act(friend, "image", mediaId=answer.body["mediaId"])["messageId"]
    assert account.api("GET", f"/v2/bot/message/{message_id}/content").headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(fetch(account, message_id, "/preview")[1])) as preview:
        assert (preview.format, preview.size) == ("JPEG", (240, 120))


def test_an_unsent_picture_is_gone_everywhere(account: Account, friend: str, emulator: Emulator) -> None:
    message_id = account.act(friend, "image")["messageId"]
    account.act(friend, "unsend", messageId=message_id)
    answer = account.api("GET", f"/v2/bot/message/{message_id}/content")
    assert (answer.status, answer.body) == (410, {"message": "The content is gone"})
    assert emulator.send("GET", f"/emu/content/{message_id}").status == 404
    (line,) = account.thread(friend)
    assert (line["unsent"], line["message"]) == (True, {"type": "image"})


def test_content_is_for_media_of_this_account_alone(
    account: Account, friend: str, emulator: Emulator
) -> None:
    text = account.act(friend, "text", text="一")["messageId"]
    picture = account.act(friend, "image")["messageId"]
    not_found = b'{"message":"not found"}'
    assert fetch(account, text) == (404, not_found)
    assert fetch(account, "123") == (404, not_found)
    assert fetch(emulator.account(), picture) == (404, not_found)


@pytest.mark.parametrize(
    ("do", "part"), [("image", "/transcoding"), ("file", "/transcoding"), ("audio", "/preview")]
)
def test_what_a_kind_does_not_have_is_a_400(account: Account, friend: str, do: str, part: str) -> None:
    assert fetch(account, account.act(friend, do)["messageId"], part)[0] == 400


def test_a_broken_picture_still_has_a_preview(account: Account, friend: str) -> None:
    message_id = account.act(friend, "image", data="bm90IGEgcGljdHVyZQ==")["messageId"]
    assert fetch(account, message_id)[1] == b"not a picture"
    assert fetch(account, message_id, "/preview")[1][:3] == b"\xff\xd8\xff"


def test_the_phone_can_seek(account: Account, friend: str, emulator: Emulator) -> None:
    film = account.act(friend, "video")["messageId"]
    answer = emulator.send("GET", f"/emu/content/{film}", headers={"Range": "bytes=4-7"})
    assert (answer.status, answer.raw) == (206, b"ftyp")
    assert answer.headers["content-range"].startswith("bytes 4-7/")
