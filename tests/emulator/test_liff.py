"""LIFF apps: made by the control API and with the official SDK; opened, spoken through and closed."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from linebot.v3.liff import (
    AddLiffAppRequest,
    ApiClient,
    Configuration,
    Liff,
    LiffFeatures,
    LiffView,
    UpdateLiffAppRequest,
    UpdateLiffView,
)
from linebot.v3.liff.exceptions import ApiException
from linebot.v3.oauth import ApiClient as OauthClient
from linebot.v3.oauth import ChannelAccessToken
from linebot.v3.oauth import Configuration as OauthConfiguration

from line_emulator.login.channels import LIFF_ID
from tests.emulator import stand
from tests.emulator.receiver import Receiver
from tests.emulator.stand import Account, Answer

END = "http://127.0.0.1:9/form"
URL = "https://example.jp/a.jpg"


def made(account: Account, **fields: Any) -> dict[str, Any]:
    return dict(account.emulator.post("/emu/liff", {"channelId": account.id, "endpointUrl": END, **fields}))


def opened(account: Account, friend: str, link: str, **more: Any) -> dict[str, Any]:
    given = {"userId": friend, "channelId": account.id, "link": link, **more}
    return dict(account.emulator.post("/emu/liff/open", {k: v for k, v in given.items() if v is not None}))


@pytest.fixture
def api(account: Account) -> Iterator[Liff]:
    """The official SDK with an access token of the login channel beside the account."""
    app = made(account)
    account.emulator.send("DELETE", f"/emu/liff/{app['liffId']}")
    host = account.emulator.origin
    with OauthClient(OauthConfiguration(host=host)) as client:
        issue = ChannelAccessToken(client).issue_stateless_channel_token_by_client_secret
        token = issue(app["loginChannelId"], app["loginSecret"]).access_token
    with ApiClient(Configuration(access_token=token, host=host)) as client:
        yield Liff(client)


def test_apps_by_the_official_sdk(api: Liff, account: Account) -> None:
    view = LiffView(type="tall", url=END)
    wanted = AddLiffAppRequest(view=view, description="調査", scope=["openid", "profile"], botPrompt="normal")
    liff_id = api.add_liff_app(wanted).liff_id
    assert LIFF_ID.fullmatch(liff_id)
    changed = UpdateLiffAppRequest(view=UpdateLiffView(type="compact"), features=LiffFeatures(qrCode=True))
    api.update_liff_app(liff_id, changed)
    (app,) = api.get_all_liff_apps().apps
    assert (app.liff_id, app.view.type, app.view.url, app.description) == (liff_id, "compact", END, "調査")
    assert (app.features.qr_code, app.scope, app.bot_prompt) == (True, ["openid", "profile"], "normal")
    assert [
        each["liffId"]
        for each in account.emulator.get("/emu/liff")["apps"]
        if each["channelId"] == account.id
    ] == [liff_id]
    api.delete_liff_app(liff_id)
    with pytest.raises(ApiException) as none_left:
        api.get_all_liff_apps()
    assert none_left.value.status == 404


def test_what_an_app_may_not_be(api: Liff, account: Account) -> None:
    for view in (
        {"type": "full", "url": "http://example.jp/"},
        {"type": "full", "url": "https://example.jp/#a"},
    ):
        with pytest.raises(ApiException) as refused:
            api.add_liff_app(AddLiffAppRequest(view=LiffView(**view)))
        assert refused.value.status == 400
        assert "view.url" in refused.value.body
    with pytest.raises(ApiException) as missing:
        api.delete_liff_app("2000000000-aaaaaaaa")
    assert missing.value.status == 404
    body = {"view": {"type": "full", "url": "https://example.jp/"}}
    assert account.api("POST", "/liff/v1/apps", body).status == 401


def test_a_channel_has_thirty_apps_at_most(api: Liff) -> None:
    wanted = AddLiffAppRequest(view=LiffView(type="full", url="https://example.jp/"))
    for _ in range(30):
        api.add_liff_app(wanted)
    with pytest.raises(ApiException) as too_many:
        api.add_liff_app(wanted)
    assert too_many.value.status == 400


def test_an_app_is_made_once_and_then_changed(account: Account) -> None:
    first = made(account, liffId="2999999999-Ab3dEf7h", loginSecret="s" * 32, viewType="compact")
    assert (first["loginChannelId"], first["loginSecret"]) == ("2999999999", "s" * 32)
    again = made(account, liffId="2999999999-Ab3dEf7h", viewType="tall", name="調査")
    assert again == first | {"viewType": "tall", "name": "調査"}
    other = made(account)
    assert other["loginChannelId"] == first["loginChannelId"]
    assert other["liffId"] != first["liffId"]
    account.emulator.send("DELETE", f"/emu/liff/{first['liffId']}")
    assert first["liffId"] not in str(account.emulator.get("/emu/liff"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpointUrl": "http://example.jp/"}, {"endpointUrl": END + "#a"}, {"viewType": "huge"}, {"scopes": ["all"]},
        {"liffId": "abc"}, {"algorithm": "none"}, {"tokens": "gold"}, {"endpoint": END},
    ],
)  # fmt: skip
def test_a_typing_error_shows(wrong: dict[str, Any], account: Account) -> None:
    given = {"channelId": account.id, "endpointUrl": END, **wrong}
    assert account.emulator.send("POST", "/emu/liff", given).status == 400


STATES = {
    "": None,
    "/": None,
    "?x=1": "?x=1",
    "/abc?x=%E3%81%82&y=2#z": "/abc?x=%E3%81%82&y=2#z",
}


@pytest.mark.parametrize("rest", STATES)
def test_what_stands_after_the_id_travels_in_liff_state(rest: str, account: Account, friend: str) -> None:
    app = made(account, endpointUrl=END + "?lang=ja")
    parts = urlsplit(opened(account, friend, app["liffUrl"] + rest)["url"])
    query = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == END
    assert query["lang"] == ["ja"]
    assert query.get("liff.state", [None]) == [STATES[rest]]
    assert parts.fragment.startswith("emu_session=")


def test_a_page_learns_who_opened_it_and_where(account: Account, friend: str) -> None:
    app = made(account, viewType="compact")
    for talk, more, kind in (
        (account.id, {}, "utou"),
        (None, {}, "none"),
        (None, {"external": True}, "external"),
    ):
        session = opened(account, friend, app["liffUrl"], channelId=talk, **more)["session"]
        told = account.emulator.post("/emu/liff/session", {"session": session, "liffId": app["liffId"]})
        context = told["context"]
        assert (context["type"], context["userId"], context["viewType"]) == (kind, friend, "compact")
        assert told["isInClient"] is (kind != "external")
    nobody = account.emulator.post("/emu/liff/session", {"session": None, "liffId": app["liffId"]})
    assert (nobody["isLoggedIn"], nobody.get("accessToken"), nobody["context"]["type"]) == (
        False,
        None,
        "external",
    )


def test_an_app_may_add_its_account_on_the_way(heard: Account, receiver: Receiver) -> None:
    stranger, app = heard.emulator.friend(), made(heard, botPrompt="aggressive")
    look = f"/emu/liff/look?userId={stranger}&link={app['liffUrl']}"
    told = {"liffId": app["liffId"], "name": "ログイン", "botPrompt": "aggressive", "channelId": heard.id}
    assert heard.emulator.get(look) == told | {"isFriend": False}
    opened(heard, stranger, app["liffUrl"], channelId=None, addFriend=True)
    assert receiver.wait_for(1)[0]["type"] == "follow"
    assert heard.emulator.get(look)["isFriend"] is True


def test_a_session_is_good_for_its_own_app_alone(account: Account, friend: str) -> None:
    first, second = made(account), made(account)
    session = opened(account, friend, first["liffUrl"])["session"]
    told = account.emulator.post("/emu/liff/session", {"session": session, "liffId": second["liffId"]})
    assert told["isLoggedIn"] is False


def say(account: Account, session: str, *messages: dict[str, Any]) -> Answer:
    return account.emulator.send("POST", "/emu/liff/send", {"session": session, "messages": list(messages)})


def test_a_page_speaks_as_the_friend_who_opened_it(heard: Account, receiver: Receiver) -> None:
    friend = heard.new_friend()
    link = made(heard, scopes=["openid", "chat_message.write"])["liffUrl"]
    session = opened(heard, friend, link)["session"]
    picture = {"type": "image", "originalContentUrl": URL, "previewImageUrl": URL}
    place = {"type": "location", "title": "学校", "address": "緑市", "latitude": 35.6, "longitude": 139.7}
    button = {"type": "uri", "label": "見る", "uri": "https://example.jp/"}
    card = {
        "type": "template",
        "altText": "a",
        "template": {"type": "buttons", "text": "a", "actions": [button]},
    }
    assert say(heard, session, {"type": "text", "text": "回答しました"}, picture, place, card).body == {
        "ok": True
    }
    messages = [event["message"] for event in receiver.wait_for(4)[1:]]
    assert [message["type"] for message in messages] == ["text", "image", "location"]
    assert messages[1]["contentProvider"]["type"] == "external"
    lines = heard.thread(friend)
    assert [line["message"]["type"] for line in lines] == ["text", "image", "location", "template"]
    assert {line["from"] for line in lines} == {"friend"}


def test_what_a_page_may_not_say(account: Account, friend: str) -> None:
    text = {"type": "text", "text": "一"}
    button = {"type": "message", "label": "a", "text": "a"}
    card = {
        "type": "template",
        "altText": "a",
        "template": {"type": "buttons", "text": "a", "actions": [button]},
    }
    link = made(account, scopes=["chat_message.write"])["liffUrl"]
    session = opened(account, friend, link)["session"]
    for messages in ([], [text] * 6, [{"type": "coupon", "couponId": "1"}], [card], [text, {"type": "text"}]):
        assert say(account, session, *messages).status == 400
    for address, talk in ((link, None), (made(account)["liffUrl"], account.id)):
        assert say(account, opened(account, friend, address, channelId=talk)["session"], text).status == 409
    assert account.thread(friend) == []


def test_closing_ends_the_session_and_its_access_token(account: Account, friend: str) -> None:
    app = made(account)
    page = opened(account, friend, app["liffUrl"])
    bearer = {"Authorization": f"Bearer {page['accessToken']}"}
    assert account.emulator.send("GET", "/v2/profile", headers=bearer).status == 200
    account.emulator.post("/emu/liff/close", {"session": page["session"]})
    assert account.emulator.send("GET", "/v2/profile", headers=bearer).status == 401
    assert account.emulator.send("POST", "/emu/liff/close", {"session": page["session"]}).status == 404
    entries = account.emulator.get(f"/emu/journal?kind=liff&channelId={app['loginChannelId']}")["entries"]
    assert [(each["what"], each["userId"]) for each in entries] == [("opened", friend), ("closed", friend)]
    assert page["session"] not in str(entries)


def test_pages_of_loopback_may_ask_and_no_others(account: Account, friend: str) -> None:
    app = made(account)
    asked = {"session": None, "liffId": app["liffId"]}
    here = {"Origin": "http://127.0.0.1:8000"}
    answer = account.emulator.send("POST", "/emu/liff/session", asked, here)
    assert answer.headers["access-control-allow-origin"] == here["Origin"]
    before = account.emulator.send("OPTIONS", "/v2/profile", headers=here)
    assert (before.status, before.headers["access-control-allow-headers"]) == (
        204,
        "Authorization, Content-Type",
    )
    elsewhere = {"Origin": "https://example.jp"}
    assert account.emulator.send("POST", "/emu/liff/session", asked, elsewhere).status == 403
    assert (
        "access-control-allow-origin"
        not in account.emulator.send("GET", "/emu/friends", headers=here).headers
    )


def test_a_login_elsewhere_leads_back_to_the_app_only(account: Account, friend: str) -> None:
    emulator, app = account.emulator, made(account)
    page = emulator.send("GET", f"/emu/liff/login?liffId={app['liffId']}&redirectUri={END}/2")
    assert "さくら" in page.raw.decode()
    choose = f"/emu/liff/login/{friend}?liffId={app['liffId']}&redirectUri="
    back = emulator.send("GET", choose + END + "/2").headers["location"]
    assert back.startswith(f"{END}/2#emu_session=")
    assert emulator.send("GET", choose + "http://127.0.0.1:10/").status == 409


def test_a_reset_may_keep_the_apps() -> None:
    emulator = stand.start()
    app = made(emulator.account())
    emulator.post("/emu/reset", {"keepChannels": True})
    assert emulator.get("/emu/liff")["apps"] == [app]
    emulator.post("/emu/reset")
    assert emulator.get("/emu/liff")["apps"] == []
    emulator.kill()
