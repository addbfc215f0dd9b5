"""Who announces a large body and never sends it to its end takes little memory, and for half a minute at most."""

import socket
from urllib.parse import urlsplit

import requests

from faults.street import Street
from tests.doors.test_standing import resident
from tests.street import Town


def half_sent(desk: str, path: str, announced: bytes, size: int) -> bytes:
    """What comes back within a second to a request that announces so much and sends `size` bytes of it."""
    place = urlsplit(desk)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=5) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: text/plain\r\n".encode()
        try:
            line.sendall(head + b"Content-Length: " + announced + b"\r\n\r\n" + b"x" * size)
            line.settimeout(1)
            return line.recv(200)
        except (TimeoutError, ConnectionError):
            return b""


def test_strangers_half_sent_bodies_hold_no_memory(town: Town, street: Street) -> None:
    before = resident(street)
    for path in ("/desk/987654/reply/", "/sign-in/", "/s/nobody/q/photo/"):
        for _ in range(10):
            answer = half_sent(street.desk, path, b"12000000", 0)
            assert answer.startswith(b"HTTP/1.1 413"), answer
    assert resident(street) < before + 16


def test_a_length_of_thousands_of_digits_is_turned_away_at_the_door(town: Town) -> None:
    path = f"/line/webhook/{town.channel.key}"
    assert half_sent(town.desk, path, b"0" * 5000 + b"7", 7).startswith(b"HTTP/1.1 413")


def test_what_is_answered_beside_django_opens_nothing(town: Town) -> None:
    for path in ("/line/webhook/nobody", "/live", "/desk/1/reply/"):
        answer = requests.post(town.desk + path, data=b"x" * 300_000, timeout=5)
        assert answer.status_code in (401, 403, 413)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
        assert answer.headers["Cache-Control"] == "no-store"
