"""The library against the stand-in platform: what really arrives on the phone, whatever the network does."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from uuid import uuid4

import pytest

from madoguchi.channels.line import client as line
from madoguchi.channels.line import messages, signature, stickers, templates
from madoguchi.channels.line.body import parse_body
from madoguchi.channels.line.client import CallFailed
from madoguchi.channels.line.contents import Text
from madoguchi.channels.line.events import read_event
from madoguchi.channels.line.media import Gone, Missing, Preparing, Ready
from madoguchi.channels.line.outcome import (
    Accepted,
    Again,
    QuotaExhausted,
    Refused,
    TokenInvalid,
    Uncertain,
)
from madoguchi.channels.line.reasons import Reason, webhook_problem_ja

from .emulated import Platform, emulator, platform
from .samples import SECRET
from .stand import json_answer, run, serve

HELLO = messages.text("こんにちは😀")
Story = Callable[[Platform], Awaitable[None]]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with emulator() as found:
        yield found


def tell(origin: str, story: Story) -> None:
    async def whole() -> None:
        async with platform(origin) as stage:
            await story(stage)

    run(whole())


def test_a_push_arrives_once_however_often_its_key_is_used(origin: str) -> None:
    async def story(stage: Platform) -> None:
        key, client = uuid4(), stage.client()
        first = await client.push(stage.friend, [HELLO], key)
        again = await client.push(stage.friend, [HELLO], key)
        assert isinstance(first, Accepted)
        assert isinstance(again, Accepted)
        assert (first.was_already, again.was_already) == (False, True)
        assert again.request_id == first.request_id
        assert [each["id"] for each in again.sent_messages] == [each["id"] for each in first.sent_messages]
        assert [each["text"] for each in await stage.said()] == ["こんにちは😀"]

    tell(origin, story)


@pytest.mark.parametrize(("fault", "was_already"), [("errorBefore", False), ("errorAfter", True)])
def test_a_500_before_or_after_acceptance_is_healed_by_the_same_key(
    origin: str, fault: str, was_already: bool
) -> None:
    async def story(stage: Platform) -> None:
        key, client = uuid4(), stage.client()
        await stage.fault(fault)
        assert await client.push(stage.friend, [HELLO], key) == Again(None, Reason.LINE_DOWN)
        healed = await client.push(stage.friend, [HELLO], key)
        assert isinstance(healed, Accepted)
        assert healed.was_already is was_already
        assert len(await stage.said()) == 1

    tell(origin, story)


@pytest.mark.parametrize("fault", ["hang", "dropConnection"])
def test_an_answer_that_never_comes_is_healed_by_the_same_key(origin: str, fault: str) -> None:
    async def story(stage: Platform) -> None:
        key, client = uuid4(), stage.client(seconds=0.4)
        await stage.fault(fault, accept=True)
        lost = await client.push(stage.friend, [HELLO], key)
        assert lost == Again(None, Reason.TIMEOUT if fault == "hang" else Reason.CONNECTION)
        healed = await stage.client().push(stage.friend, [HELLO], key)
        assert isinstance(healed, Accepted)
        assert healed.was_already
        assert len(await stage.said()) == 1

    tell(origin, story)


def test_the_two_429s_are_told_apart_and_neither_sends(origin: str) -> None:
    async def story(stage: Platform) -> None:
        key, client = uuid4(), stage.client()
        await stage.fault("rateLimit")
        limited = await client.push(stage.friend, [HELLO], key)
        assert isinstance(limited, Again)
        assert limited.reason is Reason.RATE
        await stage.fault("monthlyLimit")
        assert await client.push(stage.friend, [HELLO], key) == QuotaExhausted()
        assert await stage.said() == []
        assert isinstance(await client.push(stage.friend, [HELLO], key), Accepted)

    tell(origin, story)


def test_a_real_quota_ends_in_the_same_answer_and_can_be_read(origin: str) -> None:
    async def story() -> None:
        async with platform(origin, quota=1) as stage:
            client = stage.client()
            assert isinstance(await client.push(stage.friend, [HELLO], uuid4()), Accepted)
            assert await client.push(stage.friend, [HELLO], uuid4()) == QuotaExhausted()
            assert await client.quota() == {"type": "limited", "value": 1}
            assert await client.consumption() == {"totalUsage": 1}

    run(story())


def test_a_friend_who_blocks_gets_nothing_and_line_does_not_tell(origin: str) -> None:
    async def story(stage: Platform) -> None:
        await stage.act("block")
        client = stage.client()
        assert isinstance(await client.push(stage.friend, [HELLO], uuid4()), Accepted)
        assert await stage.said() == []
        assert await client.profile(stage.friend) is None

    tell(origin, story)


def test_somebody_unknown_and_a_wrong_id_are_refused_for_their_reasons(origin: str) -> None:
    async def story(stage: Platform) -> None:
        client = stage.client()
        unknown = await client.push("U" + "9" * 32, [HELLO], uuid4())
        wrong = await client.push("kotori", [HELLO], uuid4())
        assert isinstance(unknown, Refused)
        assert isinstance(wrong, Refused)
        assert (unknown.reason, wrong.reason) == (Reason.NOT_A_FRIEND, Reason.BAD_RECIPIENT)

    tell(origin, story)


def test_a_wrong_or_expired_token_is_told(origin: str) -> None:
    async def story(stage: Platform) -> None:
        wrong = stage.client(token="wrong")
        assert await wrong.push(stage.friend, [HELLO], uuid4()) == TokenInvalid()
        await stage.fault("expiredToken")
        assert await stage.client().push(stage.friend, [HELLO], uuid4()) == TokenInvalid()

    tell(origin, story)


def test_a_reply_token_works_once_and_a_lost_reply_is_uncertain(origin: str) -> None:
    async def story() -> None:
        async with serve(json_answer(200, {})) as (hook, asked), platform(origin, webhookUrl=hook) as stage:
            await stage.act("text", text="きいて🥺")
            await stage.act("text", text="ねえ")
            await stage.idle()
            events = [read_event(raw) for call in asked for raw in parse_body(call.body)[1]]
            first, second = [each.reply_token or "" for each in events if each.kind == "message"]
            client = stage.client(seconds=0.4)
            assert isinstance(await client.reply(first, [HELLO]), Accepted)
            spent = await client.reply(first, [HELLO])
            assert isinstance(spent, Refused)
            assert spent.reason is Reason.REPLY_TOKEN
            await stage.fault("hang", accept=True)
            assert await client.reply(second, [HELLO]) == Uncertain(Reason.TIMEOUT)

    run(story())


def test_its_webhooks_verify_on_the_raw_bytes_and_read_as_they_were_written(origin: str) -> None:
    async def story() -> None:
        async with serve(json_answer(200, {})) as (hook, asked), platform(origin, webhookUrl=hook) as stage:
            sent = await stage.act("text", text="きいて🥺")
            await stage.idle()
            call = asked[-1]
            header = next(value for name, value in call.headers.items() if name.lower() == "x-line-signature")
            assert signature.verify(SECRET, call.body, header)
            assert not signature.verify("0" * 32, call.body, header)
            destination, events = parse_body(call.body)
            read = read_event(events[0])
            assert destination == stage.channel["botUserId"]
            assert (read.event_id, read.user_id) == (sent["webhookEventId"], stage.friend)
            assert isinstance(read.content, Text)
            assert (read.content.text, read.content.message_id) == ("きいて🥺", sent["messageId"])
            assert isinstance(
                await stage.client().mark_as_read(read.content.mark_as_read_token or ""), Accepted
            )

    run(story())


def test_a_picture_is_fetched_and_after_unsend_it_is_gone(origin: str) -> None:
    async def story(stage: Platform) -> None:
        client, taken, small = stage.client(), io.BytesIO(), io.BytesIO()
        sent = await stage.act("image")
        ready = await client.content(sent["messageId"], taken.write, limit=10 << 20)
        preview = await client.preview(sent["messageId"], small.write, limit=1 << 20)
        assert isinstance(ready, Ready)
        assert isinstance(preview, Ready)
        assert ready.size == taken.tell() > 0
        assert ready.content_type.startswith("image/")
        await stage.act("unsend", messageId=sent["messageId"])
        assert await client.content(sent["messageId"], taken.write, limit=10 << 20) == Gone()
        assert await client.content("1", taken.write, limit=10 << 20) == Missing()

    tell(origin, story)


def test_a_video_is_first_prepared_and_then_ready(origin: str) -> None:
    async def story(stage: Platform) -> None:
        client, taken = stage.client(), io.BytesIO()
        sent = await stage.act("video", preparingSeconds=1)
        assert await client.content(sent["messageId"], taken.write, limit=10 << 20) == Preparing()
        for _ in range(40):
            await asyncio.sleep(0.1)
            result = await client.content(sent["messageId"], taken.write, limit=10 << 20)
            if result != Preparing():
                break
        assert isinstance(result, Ready)

    tell(origin, story)


def test_the_webhook_test_says_in_words_what_is_wrong(origin: str) -> None:
    async def story() -> None:
        async with serve(json_answer(200, {})) as (hook, asked), platform(origin, webhookUrl=hook) as stage:
            assert webhook_problem_ja(await stage.client().test_webhook_endpoint()) is None
            assert parse_body(asked[-1].body) == (stage.channel["botUserId"], [])
            assert (await stage.client().get_webhook_endpoint() or {})["endpoint"] == hook
        async with serve(json_answer(401, {})) as (hook, _), platform(origin, webhookUrl=hook) as stage:
            problem = webhook_problem_ja(await stage.client().test_webhook_endpoint())
            assert problem is not None
            assert "チャネルシークレット" in problem
        async with platform(origin, webhookUrl="http://127.0.0.1:1/nobody") as stage:
            problem = webhook_problem_ja(await stage.client().test_webhook_endpoint())
            assert problem is not None
            assert "つながりません" in problem

    run(story())


def test_everything_the_builders_build_is_taken(origin: str) -> None:
    url = "https://desk.example/a.jpg"
    say = templates.message_action("はい", "はい")
    when = templates.datetime_action("日時", "d", "datetime", initial="2026-12-01t09:30")
    built = [
        messages.with_quick_replies(messages.text("あ" * 5000), [say, when]),
        *(messages.sticker(each.package_id, each.sticker_id) for each in stickers.SENDABLE),
        messages.image(url, url),
        messages.video(url, url, tracking_id="t-1"),
        messages.audio(url, 1200),
        messages.location("窓口", "東京都", 35.68, 139.69),
        templates.buttons(
            "a", "👨‍👩‍👧" * 60, [say, templates.uri_action("b", "tel:110")], title="題", image_url=url
        ),
        templates.confirm(
            "a", "よいですか", [say, templates.postback_action("いいえ", "n", display_text="いいえ")]
        ),
        templates.carousel("a", [templates.column("あ" * 120, [say])] * 10),
    ]

    async def story(stage: Platform) -> None:
        for message in built:
            assert isinstance(await stage.client().validate_push([message]), Accepted), message["type"]
        refused = await stage.client().validate_push([{"type": "text", "text": "あ" * 5001}])
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.BAD_MESSAGE
        assert refused.details[0][0] == "messages[0].text"

    tell(origin, story)


def test_the_small_calls_reach_the_phone(origin: str) -> None:
    async def story(stage: Platform) -> None:
        client = stage.client()
        assert (await client.bot_info())["userId"] == stage.channel["botUserId"]
        assert (await client.profile(stage.friend) or {})["displayName"] == "ことり"
        assert isinstance(await client.loading(stage.friend, 12), Accepted)
        assert isinstance(await client.multicast([stage.friend], [HELLO], uuid4()), Accepted)
        assert len(await stage.said()) == 1

    tell(origin, story)


def test_a_stateless_token_opens_the_channel_and_a_wrong_secret_does_not(origin: str) -> None:
    async def story(stage: Platform) -> None:
        issued = await line.issue_stateless_token(origin, stage.channel_id, SECRET, stage.session)
        assert 0 < issued.expires_in <= 900
        info = await stage.client(token=issued.token).bot_info()
        assert info["userId"] == stage.channel["botUserId"]
        with pytest.raises(CallFailed) as caught:
            await line.issue_stateless_token(origin, stage.channel_id, "0" * 32, stage.session)
        assert caught.value.outcome.reason is Reason.BAD_SECRET

    tell(origin, story)
