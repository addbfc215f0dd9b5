"""LINE Login as a server meets it: signed ID tokens, access tokens, and every way in which one can be wrong."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.emulator import stand
from tests.emulator.stand import Account, Answer, Emulator

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def app(account: Account) -> dict[str, Any]:
    given = {"channelId": account.id, "endpointUrl": "http://127.0.0.1:9/form", "name": "アンケート"}
    return dict(account.emulator.post("/emu/liff", given))


def tokens(emulator: Emulator, app: dict[str, Any], friend: str, **more: Any) -> dict[str, Any]:
    return dict(emulator.post("/emu/liff/tokens", {"userId": friend, "liffId": app["liffId"], **more}))


def verify(emulator: Emulator, **form: str) -> Answer:
    return emulator.send("POST", "/oauth2/v2.1/verify", urlencode(form).encode(), FORM)


def ask(emulator: Emulator, path: str, token: str) -> Answer:
    return emulator.send("GET", path, headers={"Authorization": f"Bearer {token}"})


def unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_an_id_token_is_verified_by_the_platform(account: Account, app: dict[str, Any]) -> None:
    emulator = account.emulator
    friend = emulator.friend("ゆい", pictureUrl="https://example.jp/y.png")
    token = tokens(emulator, app, friend, nonce="n-1")["idToken"]
    claims = verify(
        emulator, id_token=token, client_id=app["loginChannelId"], nonce="n-1", user_id=friend
    ).body
    assert (claims["iss"], claims["sub"], claims["aud"]) == (
        "https://access.line.me", friend, app["loginChannelId"],
    )  # fmt: skip
    assert (claims["name"], claims["picture"], claims["nonce"]) == ("ゆい", "https://example.jp/y.png", "n-1")
    assert claims["exp"] - claims["iat"] == 3600


def test_an_id_token_is_verified_with_the_published_key(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    words, _, signature = tokens(account.emulator, app, friend)["idToken"].rpartition(".")
    header = json.loads(unpacked(words.split(".")[0]))
    (key,) = account.emulator.get("/oauth2/v2.1/certs")["keys"]
    assert (header["alg"], header["kid"], key["crv"]) == ("ES256", key["kid"], "P-256")
    x, y = (int.from_bytes(unpacked(key[name]), "big") for name in ("x", "y"))
    r, s = (int.from_bytes(half, "big") for half in (unpacked(signature)[:32], unpacked(signature)[32:]))
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), words.encode(), ec.ECDSA(hashes.SHA256()))


def test_an_id_token_may_be_signed_with_the_channels_secret(account: Account, friend: str) -> None:
    given = {"channelId": account.id, "endpointUrl": "https://example.jp/", "algorithm": "HS256"}
    app = account.emulator.post("/emu/liff", given)
    token = tokens(account.emulator, app, friend)["idToken"]
    words, _, signature = token.rpartition(".")
    expected = hmac.digest(app["loginSecret"].encode(), words.encode(), hashlib.sha256)
    assert unpacked(signature) == expected
    client = {"client_id": app["loginChannelId"]}
    assert verify(account.emulator, id_token=token, **client).body["sub"] == friend
    for kind, told in WRONG.items():
        bad = tokens(account.emulator, app, friend, tokens=kind)["idToken"]
        assert verify(account.emulator, id_token=bad, **client).body["error_description"] == told


WRONG = {
    "expired": "IdToken expired.",
    "wrongAudience": "Invalid IdToken Audience.",
    "wrongIssuer": "Invalid IdToken Issuer.",
    "badSignature": "Invalid IdToken.",
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_id_token_is_refused_in_lines_words(
    kind: str, account: Account, friend: str, app: dict[str, Any]
) -> None:
    token = tokens(account.emulator, app, friend, tokens=kind)["idToken"]
    answer = verify(account.emulator, id_token=token, client_id=app["loginChannelId"])
    assert answer.status == 400
    assert answer.body == {"error": "invalid_request", "error_description": WRONG[kind]}


def test_what_the_caller_expects_is_compared_too(account: Account, friend: str, app: dict[str, Any]) -> None:
    emulator, client = account.emulator, app["loginChannelId"]
    token = tokens(emulator, app, friend, nonce="n-1")["idToken"]
    head, body, tail = token.split(".")
    changed = base64.urlsafe_b64encode(unpacked(body).replace(b"n-1", b"n-2")).rstrip(b"=").decode()
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    tried: list[tuple[dict[str, str], str]] = [
        ({"client_id": client, "nonce": "n-2"}, "Invalid IdToken Nonce."),
        ({"client_id": client, "user_id": "U" + "0" * 32}, "Invalid IdToken Subject Identifier."),
        ({"client_id": account.id}, "Invalid IdToken Audience."),
        ({}, "Invalid IdToken Audience."),
        ({"client_id": client, "id_token": "abc"}, "Invalid IdToken."),
        ({"client_id": client, "id_token": f"{head}.{changed}.{tail}"}, "Invalid IdToken."),
        ({"client_id": client, "id_token": f"{unsigned}.{body}."}, "Invalid IdToken."),
        ({"client_id": client, "id_token": ""}, "Invalid IdToken."),
    ]
    for form, told in tried:
        assert verify(emulator, **{"id_token": token, **form}).body["error_description"] == told


def test_an_id_token_ends_after_an_hour() -> None:
    emulator = stand.start()
    account = emulator.account()
    friend = account.new_friend()
    app = emulator.post("/emu/liff", {"channelId": account.id, "endpointUrl": "https://example.jp/"})
    made = tokens(emulator, app, friend)
    emulator.post("/emu/settings", {"clockShiftSeconds": 3601})
    answer = verify(emulator, id_token=made["idToken"], client_id=app["loginChannelId"])
    assert answer.body["error_description"] == "IdToken expired."
    assert ask(emulator, "/v2/profile", made["accessToken"]).status == 200
    emulator.post("/emu/settings", {"clockShiftSeconds": 12 * 3600 + 1})
    assert ask(emulator, "/v2/profile", made["accessToken"]).status == 401
    emulator.kill()


def test_an_access_token_tells_whose_it_is(account: Account, app: dict[str, Any]) -> None:
    emulator = account.emulator
    friend = emulator.friend("ゆい", statusMessage="元気")
    token = tokens(emulator, app, friend)["accessToken"]
    told = emulator.get(f"/oauth2/v2.1/verify?access_token={token}")
    assert (told["client_id"], told["scope"]) == (app["loginChannelId"], "openid profile")
    assert 12 * 3600 - 5 < told["expires_in"] <= 12 * 3600
    profile = {"userId": friend, "displayName": "ゆい", "statusMessage": "元気"}
    assert ask(emulator, "/v2/profile", token).body == profile
    assert ask(emulator, "/oauth2/v2.1/userinfo", token).body == {"sub": friend, "name": "ゆい"}


@pytest.mark.parametrize("kind", ["expired", "revoked"])
def test_a_token_that_is_over_opens_nothing(
    kind: str, account: Account, friend: str, app: dict[str, Any]
) -> None:
    emulator = account.emulator
    token = tokens(emulator, app, friend, tokens=kind)["accessToken"]
    answer = emulator.send("GET", f"/oauth2/v2.1/verify?access_token={token}")
    told = {"error": "invalid_request", "error_description": "access token expired"}
    assert (answer.status, answer.body) == (400, told)
    for path in ("/v2/profile", "/oauth2/v2.1/userinfo", "/friendship/v1/status"):
        assert ask(emulator, path, token).status == 401


def test_a_token_of_another_channel_names_that_channel(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    token = tokens(account.emulator, app, friend, tokens="wrongAudience")["accessToken"]
    told = account.emulator.get(f"/oauth2/v2.1/verify?access_token={token}")
    assert told["client_id"] != app["loginChannelId"]


def test_friendship_is_that_with_the_linked_account(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    emulator, stranger = account.emulator, account.emulator.friend("ゆい")
    for user_id, is_friend in ((friend, True), (stranger, False)):
        token = tokens(emulator, app, user_id)["accessToken"]
        assert ask(emulator, "/friendship/v1/status", token).body == {"friendFlag": is_friend}
    account.act(friend, "block")
    token = tokens(emulator, app, friend)["accessToken"]
    assert ask(emulator, "/friendship/v1/status", token).body == {"friendFlag": False}


def test_scopes_decide_what_is_told(account: Account, friend: str) -> None:
    emulator = account.emulator
    given = {"channelId": account.id, "endpointUrl": "https://example.jp/", "scopes": ["profile"]}
    made = tokens(emulator, emulator.post("/emu/liff", given), friend)
    assert made["idToken"] is None
    assert ask(emulator, "/oauth2/v2.1/userinfo", made["accessToken"]).status == 403
    made = tokens(emulator, emulator.post("/emu/liff", given | {"scopes": ["openid"]}), friend)
    assert ask(emulator, "/v2/profile", made["accessToken"]).status == 403
    assert ask(emulator, "/oauth2/v2.1/userinfo", made["accessToken"]).body == {"sub": friend}


def test_a_person_has_one_id_per_provider(account: Account, friend: str, app: dict[str, Any]) -> None:
    emulator = account.emulator
    elsewhere = {"endpointUrl": "https://example.jp/", "provider": "よそ"}
    first, second = (emulator.post("/emu/liff", elsewhere) for _ in range(2))
    subjects = [
        verify(emulator, id_token=tokens(emulator, each, friend)["idToken"], client_id=each["loginChannelId"]).body["sub"]
        for each in (app, first, second)
    ]  # fmt: skip
    assert subjects[0] == friend
    assert subjects[1] == subjects[2] != friend


def test_a_revoked_access_token_is_over_and_the_id_token_is_not(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    emulator, made = account.emulator, tokens(account.emulator, app, friend)
    form = {
        "access_token": made["accessToken"],
        "client_id": app["loginChannelId"],
        "client_secret": app["loginSecret"],
    }
    assert emulator.send("POST", "/oauth2/v2.1/revoke", urlencode(form).encode(), FORM).status == 200
    assert ask(emulator, "/v2/profile", made["accessToken"]).status == 401
    assert verify(emulator, id_token=made["idToken"], client_id=app["loginChannelId"]).status == 200
    wrong = urlencode(form | {"client_secret": "no"}).encode()
    assert emulator.send("POST", "/oauth2/v2.1/revoke", wrong, FORM).status == 400


def test_a_person_who_leaves_takes_every_token_along(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    emulator, other = account.emulator, account.new_friend("ゆい")
    first, second = (tokens(emulator, app, friend)["accessToken"] for _ in range(2))
    others = tokens(emulator, app, other)["accessToken"]
    client = {"client_id": app["loginChannelId"], "client_secret": app["loginSecret"]}
    form = urlencode({"grant_type": "client_credentials", **client}).encode()
    channel = emulator.send("POST", "/oauth2/v3/token", form, FORM).body["access_token"]
    bearer = {"Authorization": f"Bearer {channel}"}
    gone = {"userAccessToken": first}
    assert emulator.send("POST", "/user/v1/deauthorize", gone, bearer).status == 204
    assert [ask(emulator, "/v2/profile", each).status for each in (first, second, others)] == [401, 401, 200]
    assert emulator.send("POST", "/user/v1/deauthorize", gone, bearer).status == 400


def test_login_can_fail_like_the_rest(account: Account, friend: str, app: dict[str, Any]) -> None:
    emulator, client = account.emulator, app["loginChannelId"]
    token = tokens(emulator, app, friend)["idToken"]
    emulator.post(f"/emu/channels/{client}/faults", {"kind": "errorBefore", "path": "/oauth2/v2.1/verify"})
    assert verify(emulator, id_token=token, client_id=client).status == 500
    assert verify(emulator, id_token=token, client_id=client).status == 200
    emulator.post(f"/emu/channels/{client}/faults", {"kind": "rateLimit", "path": "/oauth2/v2.1/verify"})
    assert verify(emulator, id_token=token, client_id=client).status == 429


def test_the_journal_knows_of_it_and_holds_no_token(
    account: Account, friend: str, app: dict[str, Any]
) -> None:
    emulator, client = account.emulator, app["loginChannelId"]
    made = tokens(emulator, app, friend)
    verify(emulator, id_token=made["idToken"], client_id=client)
    emulator.get(f"/oauth2/v2.1/verify?access_token={made['accessToken']}")
    ask(emulator, "/v2/profile", made["accessToken"])
    entries = emulator.get(f"/emu/journal?channelId={client}")["entries"]
    assert [(each["path"], each["status"]) for each in entries] == [
        ("/oauth2/v2.1/verify", 200), ("/oauth2/v2.1/verify", 200), ("/v2/profile", 200),
    ]  # fmt: skip
    assert made["accessToken"] not in str(entries)
    assert made["idToken"] not in str(entries)


def test_apps_sessions_and_keys_outlive_a_kill(tmp_path: Path) -> None:
    emulator = stand.start("--data", str(tmp_path))
    account = emulator.account()
    friend = account.new_friend()
    app = emulator.post("/emu/liff", {"channelId": account.id, "endpointUrl": "https://example.jp/"})
    opened = emulator.post("/emu/liff/open", {"userId": friend, "liffId": app["liffId"]})
    emulator.kill()
    emulator = stand.start("--data", str(tmp_path))
    assert emulator.get("/emu/liff")["apps"] == [app]
    assert verify(emulator, id_token=opened["idToken"], client_id=app["loginChannelId"]).status == 200
    assert ask(emulator, "/v2/profile", opened["accessToken"]).status == 200
    asked = {"session": opened["session"], "liffId": app["liffId"]}
    assert emulator.post("/emu/liff/session", asked)["isLoggedIn"]
    emulator.kill()
