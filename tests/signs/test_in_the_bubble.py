"""In a talk the words that a rule marks stand marked where they were said, each with its reason."""

import re

from django.db import transaction
from django.test import Client

from madoguchi.desk.models import Conversation
from madoguchi.inbox import router
from madoguchi.signs import marks
from tests.people import Town, text


def page_of(town: Town, client: Client, words: str) -> str:
    with transaction.atomic():
        router.route(town.channel, text(words))
    client.force_login(town.sato)
    return client.get(f"/desk/{Conversation.objects.latest('pk').pk}/").content.decode()


def test_the_marked_words_have_their_reason_and_the_rest_is_as_it_was_said(
    town: Town, client: Client
) -> None:
    page = page_of(town, client, "きのう<b>父</b>に殴られました https://example.jp/")
    (marked,) = re.findall(r'class="sign" popovertarget="([\w-]+)">([^<]*殴[^<]*)<', page)
    reason = re.search(
        rf'id="{marked[0]}" popover>(.*?)</span></span>|id="{marked[0]}" popover>(.*?)<small>',
        page,
        re.DOTALL,
    )
    assert reason is not None
    assert "暴力を受けている" in reason[0]
    assert "&lt;b&gt;父&lt;/b&gt;" in page
    assert 'href="https://example.jp/"' in page


def test_without_a_sign_nothing_is_marked(town: Town, client: Client) -> None:
    assert 'class="sign"' not in page_of(town, client, "学校のことで相談です")


def test_a_reason_names_what_was_said_and_not_every_choice_of_the_rule() -> None:
    word = "(お父|父|母)(さん|ちゃん|)(が|に)…(殴|叩)"
    assert marks.readable(word, "お父さんに殴") == "お父さんに…殴"
    assert marks.readable("(父|母)(さん|)が", "祖父が") == "父が"
    assert marks.readable("遺書", "遺書") == "遺書"
