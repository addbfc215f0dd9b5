"""The practice phones' own browser: LIFF apps and ordinary pages in a sheet, and the links LINE answers itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.conftest import Opens
from tests.browser.hand import Phone, findings, until, window
from tests.browser.pages import FORM, OTHER, Pages
from tests.emulator.stand import Account, Emulator

pytestmark = pytest.mark.browser
App = dict[str, Any]
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def site() -> Iterator[Pages]:
    with Pages({"/other": OTHER}) as running:
        yield running


@pytest.fixture
def app_of(site: Pages, account: Account) -> Callable[..., App]:
    """Makes the LIFF app of the account, with its page."""

    def made(**fields: Any) -> App:
        scopes = ["openid", "profile", "chat_message.write"]
        given = {"channelId": account.id, "endpointUrl": f"{site.origin}/form/", "name": "はじめのアンケート"}
        app = account.emulator.post("/emu/liff", {**given, "scopes": scopes, **fields})
        sdk = f"{account.emulator.origin}/liff/sdk.js"
        site.pages["/form/"] = FORM.format(sdk=sdk, liff_id=app["liffId"])
        return dict(app)

    return made


def said(account: Account, friend: str, text: str) -> None:
    assert account.push(friend, {"type": "text", "text": text}).status == 200


def button(account: Account, friend: str, uri: str, label: str = "こたえる") -> None:
    action = {"type": "uri", "label": label, "uri": uri}
    body = {"type": "buttons", "text": "どうぞ", "actions": [action]}
    assert account.push(friend, {"type": "template", "altText": "どうぞ", "template": body}).status == 200


def inside(phone: Phone) -> FrameLocator:
    return phone.at.frame_locator("iframe")


def found(page: Page, origin: str) -> dict[str, Any]:
    (frame,) = [each for each in page.frames if each.url.startswith(origin)]
    return dict(frame.evaluate("window.found"))


def test_a_liff_link_opens_as_the_friend_who_taps_it(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App], site: Pages
) -> None:
    app = app_of(viewType="tall")
    said(account, friend, f"こちらから {app['liffUrl']} お答えください")
    phone.at.get_by_role("log").get_by_role("link").click()
    sheet = phone.at.get_by_role("dialog", name="はじめのアンケート")
    expect(inside(phone).get_by_text("はるとさん、こんにちは")).to_be_visible()
    expect(sheet).to_contain_text(site.origin.removeprefix("http://"))
    told = found(phone.page, site.origin)
    assert (told["profile"]["userId"], told["claims"]["sub"], told["claims"]["aud"]) == (
        friend,
        friend,
        app["loginChannelId"],
    )
    assert (told["context"]["type"], told["context"]["viewType"], told["inClient"]) == ("utou", "tall", True)
    assert told["friendship"] == {"friendFlag": True}
    assert not [path for path in site.asked if "session" in path]


def test_closing_the_sheet_ends_the_access_token(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App], site: Pages
) -> None:
    button(account, friend, app_of()["liffUrl"])
    phone.press("こたえる")
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    token = found(phone.page, site.origin)["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert account.emulator.send("GET", "/v2/profile", headers=bearer).status == 200
    phone.press("閉じる")
    expect(phone.at.get_by_role("dialog")).to_have_count(0)
    until(lambda: account.emulator.send("GET", "/v2/profile", headers=bearer).status == 401)


def test_the_page_closes_its_own_window(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    app = app_of()
    items = [{"type": "action", "action": {"type": "uri", "label": "答える", "uri": app["liffUrl"]}}]
    account.push(friend, {"type": "text", "text": "どうぞ", "quickReply": {"items": items}})
    phone.press("答える")
    expect(phone.at.get_by_role("group", name="返信の候補")).to_have_count(0)
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    inside(phone).get_by_role("button", name="とじる").click()
    expect(phone.at.get_by_role("dialog")).to_have_count(0)
    path = f"/emu/journal?kind=liff&channelId={app['loginChannelId']}"
    entries = account.emulator.get(path)["entries"]
    assert [each["what"] for each in entries] == ["opened", "init", "closed"]


def test_liff_state_leads_to_the_page_that_the_link_names(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App], site: Pages
) -> None:
    app = app_of(endpointUrl=f"{site.origin}/form/?lang=ja")
    button(account, friend, app["liffUrl"] + "/s/12?x=%E3%81%82#part")
    phone.press("こたえる")
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    (frame,) = [each for each in phone.page.frames if each.url.startswith(site.origin)]
    assert frame.url == f"{site.origin}/form/s/12?lang=ja&x=%E3%81%82#part"
    assert site.asked[0] == "/form/?lang=ja&liff.state=%2Fs%2F12%3Fx%3D%25E3%2581%2582%23part"
    assert found(phone.page, site.origin)["link"].startswith(f"{app['liffUrl']}/s/12?")


def test_a_page_stays_logged_in_over_its_own_links(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App], site: Pages
) -> None:
    button(account, friend, app_of()["liffUrl"])
    phone.press("こたえる")
    inside(phone).get_by_role("link", name="つぎのページ").click()
    until(lambda: "/form/next" in site.asked)
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()


@pytest.mark.parametrize("agrees", [True, False])
def test_an_app_may_ask_to_add_its_account(
    agrees: bool, opens: Opens, account: Account, app_of: Callable[..., App]
) -> None:
    app, stranger = app_of(botPrompt="aggressive"), account.emulator.friend("みなと")
    account.act(stranger, "text", text="まだ友だちではない")
    said(account, stranger, app["liffUrl"])
    phone = Phone(opens(stranger, f"&open={account.id}"), "みなと")
    phone.at.get_by_role("log").get_by_role("link").click()
    prompt = phone.at.get_by_role("dialog", name="はじめのアンケートをひらく")
    expect(prompt.get_by_role("switch", name="こども相談窓口を友だち追加")).to_be_checked()
    if not agrees:
        prompt.get_by_text("こども相談窓口を友だち追加").click()
    prompt.get_by_role("button", name="許可してひらく").click()
    expect(inside(phone).get_by_text("みなとさん")).to_be_visible()
    state = account.emulator.get(f"/emu/friends/{stranger}")["accounts"][account.id]
    assert state == ("friend" if agrees else "none")


def test_two_phones_open_the_same_app_each_as_its_owner(
    opens: Opens, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    mother, app = account.new_friend("さくらの母"), app_of()
    page = opens(f"{friend},{mother}", f"&open={account.id}")
    for user_id, name in ((friend, "はると"), (mother, "さくらの母")):
        button(account, user_id, app["liffUrl"])
        phone = Phone(page, name)
        phone.press("こたえる")
        expect(inside(phone).get_by_text(f"{name}さん")).to_be_visible()
    inside(Phone(page, "はると")).get_by_role("link", name="つぎのページ").click()
    expect(inside(Phone(page, "はると")).get_by_text("はるとさん")).to_be_visible()


def test_a_page_speaks_in_the_talk_and_opens_another(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    button(account, friend, app_of(viewType="compact")["liffUrl"])
    phone.press("こたえる")
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    inside(phone).get_by_role("button", name="送る").click()
    expect(phone.says("ページから")).to_be_attached()
    inside(phone).get_by_role("button", name="くわしく").click()
    expect(
        phone.at.get_by_role("dialog", name="ブラウザー").frame_locator("iframe").get_by_text("別のページ")
    ).to_be_visible()


@pytest.mark.parametrize(("size", "share"), [("compact", 0.52), ("tall", 0.78), ("full", 0.95)])
def test_the_sheet_is_as_high_as_the_app_wants(
    size: str, share: float, phone: Phone, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    button(account, friend, app_of(viewType=size)["liffUrl"])
    phone.press("こたえる")
    sheet = phone.at.get_by_role("dialog", name="はじめのアンケート")
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    whole = phone.at.locator(".phone-glass").bounding_box()
    box = sheet.bounding_box()
    assert whole
    assert box
    assert abs(box["height"] / whole["height"] - share) < 0.02


def test_an_ordinary_link_opens_in_the_phones_browser(
    phone: Phone, account: Account, friend: str, site: Pages
) -> None:
    button(account, friend, f"{site.origin}/other", label="お知らせ")
    phone.press("お知らせ", "link")
    sheet = phone.at.get_by_role("dialog", name="ブラウザー")
    expect(sheet.frame_locator("iframe").get_by_role("heading", name="別のページ")).to_be_visible()
    expect(sheet).to_contain_text(site.origin.removeprefix("http://"))
    outside = sheet.get_by_role("link", name="このパソコンのブラウザーでひらく")
    assert outside.get_attribute("href") == f"{site.origin}/other"
    phone.press("閉じる")
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize("way", ["text", "button"])
def test_a_link_to_an_account_adds_it(way: str, phone: Phone, account: Account, friend: str) -> None:
    other = account.emulator.account(name="市の公式")
    link = f"https://line.me/R/ti/p/{other.channel['basicId'].replace('@', '%40')}"
    if way == "text":
        said(account, friend, f"こちらも {link}")
        phone.at.get_by_role("log").get_by_role("link").click()
    else:
        button(account, friend, link)
        phone.press("こたえる")
    expect(phone.at.get_by_role("heading", name="市の公式")).to_be_visible()
    phone.press("追加")
    until(lambda: account.emulator.get(f"/emu/friends/{friend}")["accounts"].get(other.id) == "friend")


def test_a_link_with_words_opens_the_talk_with_them(phone: Phone, account: Account, friend: str) -> None:
    button(
        account, friend, f"https://line.me/R/oaMessage/{account.channel['basicId']}/?%E7%9B%B8%E8%AB%87100%25"
    )
    phone.press("こたえる")
    expect(phone.at.get_by_role("textbox", name="メッセージを入力")).to_have_value("相談100%")
    assert len(account.thread(friend)) == 1


def test_a_page_in_the_phone_can_lead_to_an_account(
    phone: Phone, account: Account, friend: str, site: Pages
) -> None:
    other = account.emulator.account(name="市の公式")
    link = f"{account.emulator.origin}/R/ti/p/{other.channel['basicId']}"
    site.pages["/poster"] = f'<!doctype html><title>a</title><a href="{link}">友だちになる</a>'
    button(account, friend, f"{site.origin}/poster")
    phone.press("こたえる", "link")
    inside(phone).get_by_role("link", name="友だちになる").click()
    expect(phone.at.get_by_role("heading", name="市の公式")).to_be_visible()
    expect(phone.at.get_by_role("dialog")).to_have_count(0)


def test_a_posters_link_is_opened_before_any_talk(opens: Opens, emulator: Emulator, site: Pages) -> None:
    phone = Phone(opens(emulator.friend("ゆい")), "ゆい")
    phone.press("友だちを追加")
    phone.press("リンク", "tab")
    phone.at.get_by_role("textbox").fill(f"{site.origin}/other")
    phone.press("さがす")
    expect(inside(phone).get_by_role("heading", name="別のページ")).to_be_visible()


def test_an_unknown_app_says_so(
    phone: Phone, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    app = app_of()
    account.emulator.send("DELETE", f"/emu/liff/{app['liffId']}")
    button(account, friend, app["liffUrl"])
    phone.press("こたえる")
    expect(phone.at.get_by_role("status").filter(has_text="このページは、もうありません")).to_be_visible()
    expect(phone.at.get_by_role("dialog")).to_have_count(0)


def test_another_browser_logs_in_first(
    browser: Browser, account: Account, friend: str, app_of: Callable[..., App], site: Pages
) -> None:
    account.emulator.post("/emu/friends", {"userId": friend, "displayName": f"はると{friend[:6]}"})
    app_of()
    with window(browser, f"{site.origin}/form/?q=1", viewport=NARROW) as page:
        page.get_by_role("link", name=f"はると{friend[:6]}").first.click()
        expect(page.get_by_text(f"はると{friend[:6]}さん")).to_be_visible()
        assert page.url == f"{site.origin}/form/?q=1"
        told = page.evaluate("window.found")
        assert (told["inClient"], told["context"]["type"], told["claims"]["sub"]) == (
            False,
            "external",
            friend,
        )
        page.get_by_role("link", name="つぎのページ").click()
        expect(page.get_by_text(f"はると{friend[:6]}さん")).to_be_visible()
        page.get_by_role("button", name="送る").click()
        expect(page.get_by_text("FORBIDDEN")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_sheet(
    scheme: str, opens: Opens, account: Account, friend: str, app_of: Callable[..., App]
) -> None:
    button(account, friend, app_of(viewType="tall")["liffUrl"])
    how = {"color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}
    phone = Phone(opens(friend, f"&open={account.id}", **how), "はると")
    phone.press("こたえる")
    expect(inside(phone).get_by_text("はるとさん")).to_be_visible()
    assert [each for each in findings(phone.page) if "iframe" not in each] == []
