"""What every API call has in common."""

import re

import pytest

from tests.emulator.stand import TEXT, Account, Emulator

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.mark.parametrize(
    "path", ["/v2/bot/info/", "/v2//bot/info", "//v2/bot/info", "/v2/bot/nothing", "/v2/bot/profile/"]
)
def test_paths_are_exact(account: Account, path: str) -> None:
    answer = account.api("GET", path)
    assert (answer.status, answer.body) == (404, {"message": "Not found"})


def test_every_answer_has_a_request_id_of_its_own(account: Account) -> None:
    answers = [account.api("GET", path) for path in ("/v2/bot/info", "/v2/bot/info", "/v2/bot/nothing")]
    ids = {answer.headers["x-line-request-id"] for answer in answers}
    assert len(ids) == 3
    assert all(UUID.fullmatch(request_id) for request_id in ids)


def test_without_a_token_the_scheme_is_explained(emulator: Emulator) -> None:
    answer = emulator.send("GET", "/v2/bot/info")
    assert answer.status == 401
    assert answer.body["message"].startswith(
        "Authorization header required. Must follow the scheme, 'Authorization: Bearer"
    )


def test_a_wrong_token_is_refused(account: Account) -> None:
    answer = account.api("GET", "/v2/bot/info", token="wrong")
    assert answer.status == 401
    assert answer.body["message"].startswith("Authentication failed due to the following reason: ")


def test_more_than_two_megabytes_are_refused(account: Account, friend: str) -> None:
    answer = account.push(friend, {"type": "text", "text": "あ" * 700_000})
    assert answer.status == 413
    assert account.thread(friend) == []


def test_broken_json_is_located(account: Account) -> None:
    answer = account.api("POST", "/v2/bot/message/push", b'{\n  "to": oops}')
    message = "The request body could not be parsed as JSON (line: 2, column: 9)"
    assert (answer.status, answer.body) == (400, {"message": message})


def test_other_content_types_are_refused(account: Account, emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {account.channel['accessToken']}", "Content-Type": "text/plain"}
    answer = emulator.send("POST", "/v2/bot/message/push", b"{}", headers)
    assert (answer.status, answer.body["message"]) == (415, "The content type, text/plain, is not supported")


def test_a_value_of_the_wrong_type_is_named(account: Account, friend: str) -> None:
    for body, name in (
        ({"to": 5, "messages": [TEXT]}, "to"),
        ({"to": friend, "messages": "x"}, "messages"),
        ({"to": friend, "messages": [TEXT, {"type": "text", "text": 5}]}, "messages[1].text"),
        ({"to": "not an id", "messages": [TEXT]}, "to"),
    ):
        answer = account.api("POST", "/v2/bot/message/push", body)
        message = f"The property, {name}, in the request body is invalid (line: -, column: -)"
        assert (answer.status, answer.body) == (400, {"message": message})


def test_hosts_and_origins_elsewhere_are_refused(emulator: Emulator) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert emulator.send("GET", "/emu/friends", headers=headers).status == 403


def test_the_rate_limit_is_a_bucket_per_channel_and_endpoint(
    emulator: Emulator, account: Account, friend: str
) -> None:
    account.set(rateScale=0.001)
    statuses = [account.push(friend).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = account.push(friend)
    assert refused.body == {"message": "The API rate limit has been exceeded. Try again later."}
    assert account.api("GET", "/v2/bot/info").status == 200
    assert emulator.account().api("GET", "/v2/bot/info").status == 200
    assert len(account.thread(friend)) == 2


def test_expired_tokens_open_nothing_until_there_is_a_new_one(account: Account, emulator: Emulator) -> None:
    emulator.post(f"/emu/channels/{account.id}/tokens/expire")
    assert account.api("GET", "/v2/bot/info").status == 401
    account.set(name="新しい名前")
    assert account.api("GET", "/v2/bot/info").status == 401
    account.set(accessToken="a-new-token")
    assert account.api("GET", "/v2/bot/info").body["displayName"] == "新しい名前"
