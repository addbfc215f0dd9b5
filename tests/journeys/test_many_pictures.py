"""Many pictures at once keep nobody from the desk: who waits for one to be drawn holds no database connection."""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import requests
from PIL import Image

from tests.street import Town

MANY = 20  # more than the connections of a process


def signed_in(town: Town) -> dict[str, str]:
    """The cookies of Sato's browser."""
    browser = requests.Session()
    page = f"{town.desk}/sign-in/"
    browser.get(page)
    token = browser.cookies["csrftoken"]
    values = {"email": town.sato.email, "password": "a-long-password", "csrfmiddlewaretoken": token}
    assert browser.post(page, data=values, allow_redirects=False).status_code == 302
    return {cookie.name: str(cookie.value) for cookie in browser.cookies}


def test_many_pictures_at_once_leave_the_desk_open(town: Town) -> None:
    _friend, conversation = town.open_talk()
    cookies, out = signed_in(town), io.BytesIO()
    Image.effect_noise((4000, 3000), 20).save(out, "JPEG", quality=50)

    def send(_number: int) -> int:
        values = {"key": str(uuid4()), "csrfmiddlewaretoken": cookies["csrftoken"]}
        picture = {"picture": ("a.jpg", out.getvalue())}
        url = f"{town.desk}/desk/{conversation.pk}/reply/"
        return requests.post(
            url, values, files=picture, cookies=cookies, timeout=60, allow_redirects=False
        ).status_code

    with ThreadPoolExecutor(MANY) as threads:
        sending = [threads.submit(send, number) for number in range(MANY)]
        meanwhile = 0
        while not all(one.done() for one in sending):
            assert requests.get(f"{town.desk}/health", timeout=20).status_code == 200
            meanwhile += 1
            time.sleep(0.1)
    assert {one.result() for one in sending} == {302}
    assert meanwhile > 1
