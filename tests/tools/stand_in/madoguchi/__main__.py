"""Stands in for the product in the tests of ./dev run: the same commands, and a worker that counts.

The worker notes in a file what the database acknowledged, so that a test can ask whether all of it is still there.
"""

import json
import os
import sys
import time
from pathlib import Path

import psycopg
from answer import serve


def migrate() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute("CREATE TABLE IF NOT EXISTS heard (number bigint PRIMARY KEY)")


def work() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        (newest,) = database.execute("SELECT coalesce(max(number), 0) FROM heard").fetchone() or (0,)
        while True:
            newest += 1
            database.execute("INSERT INTO heard VALUES (%s)", [newest])
            unfinished = Path("acknowledged.new")
            unfinished.write_text(str(newest))
            unfinished.rename("acknowledged")
            time.sleep(0.002)


def demo(emulator: str) -> None:
    account = {
        "name": "こころ",
        "roles": ["相談員"],
        "email": "kokoro@desk.example",
        "password": "open-sesame",
    }
    print(json.dumps(account))


match sys.argv[1:]:
    case ["migrate"]:
        migrate()
    case ["work"]:
        work()
    case ["demo", "--emulator", address]:
        demo(address)
    case ["web", *words]:
        serve(words)
