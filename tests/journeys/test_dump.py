"""A dump of the database tells nobody anything: what was said, answered and brought, in every way that they could be written."""

import base64
import subprocess
from uuid import uuid4

import psycopg
import pytest

from faults.street import Street
from madoguchi.desk import actions as desk
from tests.journeys import planted_answers
from tests.street import Town
from tools.postgres import binaries


def written(word: str) -> dict[str, bytes]:
    """The ways in which a word could stand in a dump: as text, as bytes in hex, base64 at any offset, UTF-16, JSON."""
    plain = word.encode()
    wide = {f"utf-16-{end}": word.encode(f"utf-16-{end}") for end in ("le", "be")}
    escaped = word.encode("ascii", "backslashreplace")
    ways = {"text": plain, "json": escaped, "hex": plain.hex().encode(), "HEX": plain.hex().upper().encode()}
    ways |= wide | {f"{name} in hex": value.hex().encode() for name, value in wide.items()}
    for offset in range(3):  # the inner letters are the same whatever surrounds them
        encoded = base64.b64encode(b"\0" * offset + plain)
        ways[f"base64+{offset}"] = encoded[-(-offset * 8 // 6) + (offset > 0) : -4]
    return ways


def found_in(haystack: bytes, words: dict[str, str]) -> list[str]:
    return [
        f"{name} as {way}"
        for name, word in words.items()
        for way, form in written(word).items()
        if form in haystack
    ]


def dump(url: str) -> bytes:
    """Everything pg_dump gives, large objects included."""
    command = [str(binaries.find() / "pg_dump"), "--no-owner", "--blobs", url]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize("way", list(written("さくら")))
def test_the_search_would_find_a_word_written_in_each_way(way: str) -> None:
    haystack = b"\x00before" + written("たすけて、さくら")[way] + b"after"
    assert f"word as {way}" in found_in(haystack, {"word": "たすけて、さくら"})


def test_a_dump_and_the_logs_tell_none_of_the_planted_words(
    town: Town, street: Street, running_street: tuple[Street, str], admin_url: str
) -> None:
    words = plant(town) | planted_answers.plant(town)
    assert len(words) >= 32
    database = psycopg.conninfo.conninfo_to_dict(running_street[1])["dbname"]
    told = dump(
        admin_url.replace("/postgres?", f"/{database}?")
    )  # the product's own role stands behind the wall
    assert town.channel.key.encode() in told  # it is this database, with this town in it
    assert found_in(told, words) == []
    assert found_in("".join(street.logs().values()).encode(), words) == []


def plant(town: Town) -> dict[str, str]:
    """Say, send and do everything once; the words that may stand nowhere, by what they are."""
    channel = town.account.channel
    friend, conversation = town.open_talk("わたしの秘密の言葉はレモネードです", name="ひみつのなまえ綾小路")
    picture = "https://profile.example/ayanokoji-picture"
    silent = town.friend("黙って見ている人", follows=True, pictureUrl=picture)
    friend.act("sticker", packageId="1", stickerId="2", text="スタンプの文字オムライス", keywords=["kumquat"])
    friend.act(
        "file",
        fileName="診断書-綾小路.pdf",
        data=base64.b64encode("ファイルの中身カルピス".encode()).decode(),
    )
    friend.act(
        "location",
        title="ひみつ基地",
        address="あおば市みどり町九丁目",
        latitude=35.123456,
        longitude=139.654321,
    )
    friend.act("postback", data="secret-choice=marmalade", displayText="マーマレード")
    friend.act("event", event={"type": "hologram", "inside": "ホログラムの中身"})
    taken_back = friend.says("取り消した言葉パイナップル")
    friend.heard(7)
    friend.act("unsend", messageId=taken_back)
    sent = town.reply(conversation, "相談員の返事グレープフルーツ")
    broken = {"type": "text", "text": "", "x": "拒まれた返事ドリアン"}
    desk.reply(town.sato, conversation.pk, "text", {"text": "失敗した返事ザクロ"}, broken, uuid4())
    town.settle()
    reply_tokens = {f"reply token {number}": token for number, token in enumerate(_reply_tokens(town))}
    sent.refresh_from_db()
    return reply_tokens | {
        "text": "レモネード", "display name": "ひみつのなまえ綾小路", "other display name": "黙って見ている人",
        "picture address": picture, "sticker text": "オムライス", "sticker keyword": "kumquat",
        "file name": "診断書-綾小路", "file content": "ファイルの中身カルピス", "place": "ひみつ基地",
        "address": "みどり町九丁目", "latitude": "35.123456", "longitude": "139.654321", "postback": "marmalade",
        "button": "マーマレード", "unknown event": "ホログラムの中身", "unsent text": "パイナップル",
        "reply": "グレープフルーツ", "failed reply": "ザクロ", "refused payload": "ドリアン",
        "friend's LINE id": friend.user_id, "other LINE id": silent.user_id, "channel secret": channel["secret"],
        "channel token": channel["accessToken"], "greeting with the name": "綾小路さん、友だち追加",
    }  # fmt: skip


def _reply_tokens(town: Town) -> set[str]:
    from re import findall

    bodies = " ".join(entry["body"] for entry in town.account.journal("webhook"))
    return set(findall(r'"replyToken":"(\w+)"', bodies)) | set(
        findall(r'"markAsReadToken":"([\w-]+)"', bodies)
    )
