"""The client on the wire: exact paths, headers and bodies, and every way in which a call can end."""

import asyncio
import logging
from uuid import uuid4

import pytest
from aiohttp import web

from madoguchi.channels.line import client as line
from madoguchi.channels.line import wire
from madoguchi.channels.line.client import CallFailed, LineClient
from madoguchi.channels.line.outcome import Accepted, Again, Refused, TokenInvalid, Uncertain
from madoguchi.channels.line.reasons import Reason

from .samples import FRIEND
from .stand import json_answer, run, serve, stand

TEXT = {"type": "text", "text": "こんにちは😀"}


def test_every_call_goes_to_its_exact_path() -> None:
    async def story() -> list[str]:
        async with stand(json_answer(200, {})) as (client, asked):
            await client.push(FRIEND, [TEXT], uuid4())
            await client.multicast([FRIEND], [TEXT], uuid4())
            await client.reply("token", [TEXT])
            await client.validate_push([TEXT])
            await client.loading(FRIEND, 7)
            await client.mark_as_read("m")
            await client.bot_info()
            await client.profile(FRIEND)
            await client.quota()
            await client.consumption()
            await client.get_webhook_endpoint()
            await client.set_webhook_endpoint("https://desk.example/line")
            await client.test_webhook_endpoint()
            return [f"{call.method} {call.path.replace(FRIEND, 'U')}" for call in asked]

    assert run(story()) == [
        "POST /v2/bot/message/push",
        "POST /v2/bot/message/multicast",
        "POST /v2/bot/message/reply",
        "POST /v2/bot/message/validate/push",
        "POST /v2/bot/chat/loading/start",
        "POST /v2/bot/chat/markAsRead",
        "GET /v2/bot/info",
        "GET /v2/bot/profile/U",
        "GET /v2/bot/message/quota",
        "GET /v2/bot/message/quota/consumption",
        "GET /v2/bot/channel/webhook/endpoint",
        "PUT /v2/bot/channel/webhook/endpoint",
        "POST /v2/bot/channel/webhook/test",
    ]


def test_a_push_carries_token_key_and_plain_json_and_a_reply_carries_no_key() -> None:
    async def story() -> None:
        key = uuid4()
        async with stand(json_answer(200, {})) as (client, asked):
            await client.push(FRIEND, [TEXT], key, silent=True, unit="survey_1")
            await client.reply("token", [TEXT])
        push, reply = asked
        assert push.headers["Authorization"] == "Bearer token"
        assert push.headers["X-Line-Retry-Key"] == str(key)
        assert push.headers["Content-Type"] == "application/json"
        assert (
            push.body
            == (
                f'{{"to":"{FRIEND}","messages":[{{"type":"text","text":"こんにちは😀"}}],'
                '"notificationDisabled":true,"customAggregationUnits":["survey_1"]}'
            ).encode()
        )
        assert "X-Line-Retry-Key" not in reply.headers

    run(story())


def test_a_retry_key_that_is_no_uuid_is_our_own_mistake_and_sends_nothing() -> None:
    async def story() -> None:
        async with stand(json_answer(200, {})) as (client, asked):
            with pytest.raises(ValueError, match="UUID"):
                await client.push(FRIEND, [TEXT], "message-42")
            assert asked == []

    run(story())


def test_half_a_surrogate_pair_is_sent_as_an_escape_and_not_a_crash() -> None:
    async def story() -> None:
        async with stand(json_answer(400, {"message": "The request body has 1 error(s)"})) as (client, asked):
            refused = await client.push(FRIEND, [{"type": "text", "text": "\ud83d"}], uuid4())
        assert isinstance(refused, Refused)
        assert b"\\ud83d" in asked[0].body

    run(story())


async def never(_request: web.BaseRequest) -> web.StreamResponse:
    await asyncio.sleep(60)
    return web.Response()


async def hang_up(request: web.BaseRequest) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def break_off(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100", "x-line-request-id": "r1"})
    await response.prepare(request)
    await response.write(b'{"sentM')
    assert request.transport is not None
    request.transport.close()
    return response


def test_a_hanging_call_ends_and_is_repeatable_only_with_a_key() -> None:
    async def story() -> None:
        async with stand(never, seconds=0.2) as (client, _):
            assert await client.push(FRIEND, [TEXT], uuid4()) == Again(None, Reason.TIMEOUT)
            assert await client.reply("token", [TEXT]) == Uncertain(Reason.TIMEOUT)

    run(story())


def test_a_lost_connection_is_repeatable_only_with_a_key() -> None:
    async def story() -> None:
        async with stand(hang_up) as (client, _):
            assert await client.push(FRIEND, [TEXT], uuid4()) == Again(None, Reason.CONNECTION)
            assert await client.reply("token", [TEXT]) == Uncertain(Reason.CONNECTION)

    run(story())


def test_a_server_that_is_not_there_never_got_the_reply() -> None:
    async def story() -> None:
        async with line.open_session() as session:
            client = LineClient("http://127.0.0.1:1", "http://127.0.0.1:1", "token", session)
            assert await client.reply("token", [TEXT]) == Again(None, Reason.CONNECTION)
            with pytest.raises(CallFailed) as caught:
                await client.profile(FRIEND)
        assert str(caught.value) == "connection"
        assert caught.value.__cause__ is None

    run(story())


def test_an_accepted_call_stays_accepted_when_its_body_breaks_off() -> None:
    async def story() -> None:
        async with stand(break_off) as (client, _):
            assert await client.push(FRIEND, [TEXT], uuid4()) == Accepted("r1")

    run(story())


def test_a_redirect_is_not_followed_with_the_token_in_hand() -> None:
    async def story() -> None:
        async with stand(json_answer(302, {}, Location="/elsewhere")) as (client, asked):
            refused = await client.push(FRIEND, [TEXT], uuid4())
        assert isinstance(refused, Refused)
        assert (refused.reason, len(asked)) == (Reason.NOT_LINE, 1)

    run(story())


def test_an_id_that_could_change_the_path_is_never_looked_up() -> None:
    async def story() -> None:
        async with stand(json_answer(200, {})) as (client, asked):
            for odd in ("", "..", "U/../../info", FRIEND + "\n", "U" + "g" * 32, "U" * 5000):
                assert await client.profile(odd) is None
            assert asked == []

    run(story())


def test_what_is_not_found_is_none_and_a_wrong_token_is_told() -> None:
    async def story() -> None:
        async with stand(json_answer(404, {"message": "Not found"})) as (client, _):
            assert await client.profile(FRIEND) is None
            assert await client.get_webhook_endpoint() is None
        async with stand(json_answer(401, {"message": "Authentication failed"})) as (client, _):
            with pytest.raises(CallFailed) as caught:
                await client.bot_info()
        assert caught.value.outcome == TokenInvalid()

    run(story())


def test_an_endless_or_strange_answer_is_not_taken_for_line() -> None:
    async def story() -> None:
        bodies: list[object] = [[], "hello", None, {"filler": "x" * wire.MAX_ANSWER}]
        for body in bodies:
            async with stand(json_answer(200, body)) as (client, _):
                with pytest.raises(CallFailed) as caught:
                    await client.bot_info()
            assert caught.value.outcome.reason is Reason.NOT_LINE

    run(story())


def test_a_stateless_token_comes_from_id_and_secret_and_is_never_printed() -> None:
    async def story() -> None:
        answer = {"access_token": "eyJ", "expires_in": 900, "token_type": "Bearer"}
        async with serve(json_answer(200, answer)) as (origin, asked), line.open_session() as session:
            token = await line.issue_stateless_token(origin, "165", "s3", session)
        assert (token.token, token.expires_in) == ("eyJ", 900)
        assert "eyJ" not in repr(token)
        assert asked[0].path == "/oauth2/v3/token"
        assert asked[0].body == b"grant_type=client_credentials&client_id=165&client_secret=s3"

    run(story())


def test_a_wrong_secret_says_so() -> None:
    async def story() -> None:
        answer = json_answer(400, {"error": "invalid_client"})
        async with serve(answer) as (origin, _), line.open_session() as session:
            with pytest.raises(CallFailed) as caught:
                await line.issue_stateless_token(origin, "165", "s3", session)
        assert caught.value.outcome.reason is Reason.BAD_SECRET

    run(story())


def test_nothing_of_a_call_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        async with stand(json_answer(400, {"message": "Failed to send messages"})) as (client, _):
            await client.push(FRIEND, [TEXT], uuid4())

    with caplog.at_level(logging.INFO):
        run(story())
    assert not any(
        FRIEND in record.getMessage() or "こんにちは" in record.getMessage() for record in caplog.records
    )
