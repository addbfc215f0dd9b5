"""What is open in a browser ends with its session: the stream of a tab, on a real desk."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.street import Town


class Browser:
    """Somebody signed in, with a tab that hears."""

    def __init__(self, town: Town, email: str) -> None:
        self.desk, self.session, self.told = town.desk, requests.Session(), ""
        self.post("/sign-in/", email=email, password="a-long-password")

    def post(self, path: str, **values: str) -> requests.Response:
        page = self.session.get(f"{self.desk}/sign-in/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        return self.session.post(self.desk + path, {**values, "csrfmiddlewaretoken": token[1]}, timeout=30)

    def hear(self, *topics: str) -> threading.Thread:
        """Follow the stream until it ends; returns once it is open."""
        answer = self.session.get(f"{self.desk}/live", params={"topic": topics}, stream=True, timeout=20)
        assert answer.status_code == 200
        lines = (line.decode() for line in answer.iter_lines())
        assert next(lines) == "event: ready"
        thread = threading.Thread(target=lambda: setattr(self, "told", "\n".join(lines)))
        thread.start()
        return thread


Leave = Callable[[Browser], Any]


@pytest.mark.parametrize(
    ("leave", "said"),
    [
        (lambda browser: browser.post("/sign-out/"), "event: signed-out"),
        (lambda browser: browser.post("/lock/"), "event: locked"),
    ],
)
def test_the_streams_of_a_session_end_with_it_and_those_of_others_stay(
    town: Town, leave: Leave, said: str
) -> None:
    here, elsewhere = Browser(town, town.sato.email), Browser(town, town.sato.email)
    mine, other = here.hear(), elsewhere.hear()
    leave(here)
    mine.join(5)
    assert not mine.is_alive()
    assert said in here.told
    assert other.is_alive()
    assert here.session.get(f"{here.desk}/live", timeout=10).status_code == 403
    elsewhere.post("/sign-out/")
    other.join(5)


def test_sixty_sign_ins_at_once_break_nothing(town: Town) -> None:
    browser = Browser(town, town.sato.email)
    results: list[int] = []

    def strange(number: int) -> None:
        answer = Browser.__new__(Browser)
        answer.desk, answer.session, answer.told = town.desk, requests.Session(), ""
        results.append(answer.post("/sign-in/", email=f"x{number}@example.jp", password="wrong").status_code)

    threads = [threading.Thread(target=strange, args=[number]) for number in range(60)]
    for thread in threads:
        thread.start()
    assert browser.session.get(f"{town.desk}/desk/", timeout=10).status_code == 200
    for thread in threads:
        thread.join(60)
    assert set(results) <= {200, 503}
    assert len(results) == 60


def test_who_loses_a_talk_hears_no_more_of_it(town: Town) -> None:
    from madoguchi.accounts import actions as accounts
    from madoguchi.desk import actions as desk

    other = accounts.add_user(
        None,
        town.channel.organisation,
        f"b{town.channel.pk}@example.jp",
        "鈴木",
        ["counsellor"],
        "a-long-password",
    )[0]
    friend = town.friend(follows=True)
    friend.says("きいてください")
    talk = friend.conversation()
    topic = f"contact-{talk.contact_id}"
    holder, onlooker = Browser(town, town.sato.email), Browser(town, other.email)
    streams = holder.hear(topic), onlooker.hear(topic)
    town.settle()
    desk.take(town.sato, talk.pk)
    friend.says("もうひとつ")
    town.settle()
    friend.says("まだあります")
    town.settle()
    for browser, stream in ((holder, streams[0]), (onlooker, streams[1])):
        browser.post("/sign-out/")
        stream.join(5)
    assert holder.told.count(topic) >= onlooker.told.count(topic) + 2
