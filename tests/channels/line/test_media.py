"""Media: streamed, capped, and four kinds of "not now" told apart."""

import io
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from madoguchi.channels.line.media import Fetched, Gone, Missing, Preparing, Ready, TooLarge
from madoguchi.channels.line.outcome import Again, Refused, TokenInvalid
from madoguchi.channels.line.reasons import Reason

from .stand import json_answer, run, stand
from .test_client import break_off

DATA = bytes(range(256)) * 1024


async def picture(_request: web.BaseRequest) -> web.StreamResponse:
    return web.Response(body=DATA, content_type="image/jpeg")


async def unannounced(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(64):
        await response.write(DATA)
    await response.write_eof()
    return response


async def fetch(
    answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]], limit: int = 1 << 20
) -> tuple[Fetched, int]:
    taken = io.BytesIO()
    async with stand(answer) as (client, _):
        return await client.content("590000000000000001", taken.write, limit=limit), taken.tell()


def test_a_picture_arrives_whole_through_a_plain_or_an_async_sink() -> None:
    async def story() -> None:
        plain, awaited = io.BytesIO(), bytearray()

        async def sink(chunk: bytes) -> None:
            awaited.extend(chunk)

        async with stand(picture) as (client, asked):
            assert await client.content("59", plain.write, limit=len(DATA)) == Ready("image/jpeg", len(DATA))
            assert await client.preview("59", sink, limit=len(DATA)) == Ready("image/jpeg", len(DATA))
        assert plain.getvalue() == bytes(awaited) == DATA
        assert [call.path.rpartition("59/")[2] for call in asked] == ["content", "content/preview"]
        assert asked[0].headers["Authorization"] == "Bearer token"

    run(story())


def test_what_announces_itself_too_large_is_not_even_begun() -> None:
    assert run(fetch(picture, limit=len(DATA) - 1)) == (TooLarge(len(DATA) - 1, len(DATA)), 0)


def test_what_comes_too_large_unannounced_is_cut_off_at_the_limit() -> None:
    result, taken = run(fetch(unannounced, limit=1 << 20))
    assert result == TooLarge(1 << 20, None)
    assert taken <= 1 << 20


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (202, None, Preparing()),
        (410, {"message": "The content is gone"}, Gone()),
        (404, {"message": "not found"}, Missing()),
        (400, {"message": "invalid"}, Missing()),
        (401, {"message": "Authentication failed"}, TokenInvalid()),
        (500, None, Again(None, Reason.LINE_DOWN)),
        (204, None, Refused(204, Reason.NOT_LINE)),
    ],
)
def test_each_answer_has_its_own_meaning(status: int, body: object, meaning: Fetched) -> None:
    assert run(fetch(json_answer(status, body)))[0] == meaning


def test_an_empty_answer_is_still_being_prepared() -> None:
    async def empty(_request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b"")

    assert run(fetch(empty)) == (Preparing(), 0)


def test_a_download_that_breaks_off_is_never_taken_for_whole() -> None:
    assert run(fetch(break_off))[0] == Again(None, Reason.CONNECTION)


def test_an_id_that_is_no_number_is_missing_without_asking() -> None:
    async def story() -> None:
        async with stand(picture) as (client, asked):
            for odd in ("", "../info", "5/9", "5\n", "９"):
                assert await client.content(odd, io.BytesIO().write, limit=1) == Missing()
            assert asked == []

    run(story())


def test_a_sink_that_fails_is_heard() -> None:
    def full(_chunk: bytes) -> None:
        raise OSError("disk full")

    async def story() -> None:
        async with stand(picture) as (client, _):
            await client.content("59", full, limit=1 << 20)

    with pytest.raises(OSError, match="disk full"):
        run(story())
