"""Guessing a password side by side gets no further than guessing one after the other."""

import re
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.street import Town


def test_guesses_made_at_once_count_each_other(town: Town) -> None:
    session = requests.Session()
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', session.get(f"{town.desk}/sign-in/").text
    )
    assert token is not None

    def guess(number: int) -> str:
        values = {"email": town.sato.email, "password": f"wrong {number}", "csrfmiddlewaretoken": token[1]}
        return requests.post(f"{town.desk}/sign-in/", values, cookies=session.cookies, timeout=30).text

    with ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(guess, range(32)))
    judged = sum("メールアドレスかパスワードが違います" in page for page in pages)
    refused = sum("しばらく受け付けません" in page for page in pages)
    assert judged <= 8
    assert judged + refused == 32
