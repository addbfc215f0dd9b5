"""Adding an account: the form asks LINE at once and says in words what is wrong."""

import re

import requests

from tests.street import Town

SECRET = "0123456789abcdef0123456789abcdef"


class Administrator:
    """A signed-in administrator in front of the console."""

    def __init__(self, town: Town) -> None:
        from madoguchi.accounts import actions

        self.desk, self.session = town.desk, requests.Session()
        user, password = actions.add_user(
            None,
            town.channel.organisation,
            f"kanri{town.channel.pk}@example.jp",
            "山本",
            ["administrator"],
            "a-long-password",
        )
        self.post("/sign-in/", email=user.email, password=password)

    def post(self, path: str, **values: str) -> str:
        """Send the form at `path` as a browser would; the page that follows."""
        page = self.session.get(self.desk + path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        return self.session.post(self.desk + path, data={**values, "csrfmiddlewaretoken": token[1]}).text


def test_a_right_account_is_connected_and_hears_its_first_friend(town: Town) -> None:
    made = town.platform.account(name="となりの窓口", secret=SECRET)
    page = Administrator(town).post(
        "/channels/add/",
        name="となり",
        line_channel_id=made.id,
        secret=SECRET,
        token=made.channel["accessToken"],
    )
    assert "LINEにつながりました：となりの窓口" in page
    assert made.channel["accessToken"] not in page
    made.act(town.platform.friend("そら"), "follow")
    town.platform.idle()
    assert [entry["status"] for entry in made.journal("webhook")][-1] == 200


def test_an_account_without_a_token_fetches_short_ones(town: Town) -> None:
    made = town.platform.account(name="短い鍵", secret=SECRET)
    page = Administrator(town).post("/channels/add/", name="短い鍵", line_channel_id=made.id, secret=SECRET)
    assert "LINEにつながりました：短い鍵" in page


def test_a_wrong_token_is_said_in_words(town: Town) -> None:
    made = town.platform.account(name="鍵ちがい", secret=SECRET)
    page = Administrator(town).post(
        "/channels/add/", name="鍵ちがい", line_channel_id=made.id, secret=SECRET, token="x" * 40
    )
    assert "チャネルアクセストークンが無効です" in page


def test_a_wrong_secret_is_found_by_line_itself_calling(town: Town) -> None:
    made = town.platform.account(name="秘密ちがい", secret=SECRET)
    page = Administrator(town).post(
        "/channels/add/",
        name="秘密ちがい",
        line_channel_id=made.id,
        secret="f" * 32,
        token=made.channel["accessToken"],
    )
    assert "署名が合いませんでした" in page


def test_a_secret_that_cannot_be_one_is_refused_before_line_is_asked(town: Town) -> None:
    page = Administrator(town).post("/channels/add/", name="短い", line_channel_id="1234567890", secret="abc")
    assert "0〜9とa〜fの32文字です" in page


def test_a_mistyped_channel_id_can_be_mended_until_line_has_known_it(town: Town) -> None:
    made = town.platform.account(name="写しちがい", secret=SECRET)
    administrator = Administrator(town)
    for token in ("", made.channel["accessToken"]):
        page = administrator.post(
            "/channels/add/", name="写しちがい", line_channel_id=made.id + "9", secret=SECRET, token=token
        )
        if not token:
            assert page.count("チャネルIDかチャネルシークレットが違います") == 1
            address = re.search(r'action="(/channels/[0-9]+/)test/"', page)
            assert address is not None
            page = administrator.post(address[1], name="写しちがい", line_channel_id=made.id)
            assert "LINEにつながりました：写しちがい" in page
            assert re.search(r'name="line_channel_id"[^>]*disabled', page)
        else:
            assert page.count("チャネルIDかチャネルシークレットが違います") == 1
            assert not re.search(r'name="line_channel_id"[^>]*disabled', page)


def test_a_token_that_is_only_too_short_is_not_called_misspelt(town: Town) -> None:
    page = Administrator(town).post(
        "/channels/add/", name="短い", line_channel_id="1234567890", secret=SECRET, token="abc"
    )
    assert "アクセストークンが短すぎます" in page
    assert "使えない文字" not in page
