"""What friends answer to a survey, in every way, and what a file brought: words that may stand in no dump."""

from typing import Any
from urllib.parse import urlsplit

import requests

from tests.journeys.surveys import asked, press, says, submission
from tests.street import Town


def plant(town: Town) -> dict[str, str]:
    """Answer by taps and words, begin on a page, come by LIFF, bring a file; the words by what they are."""
    survey = asked(town)
    friend = town.friend("答える人フェイジョア", follows=True)
    press(friend, "アンケートに答える", "始める", "本人", "スキップ")
    says(friend, "答えの言葉ライチ")
    return {
        "answer in LINE": "答えの言葉ライチ",
        "answering friend": "フェイジョア",
        **_on_a_page(town),
        **_by_liff(town, survey.token),
        **_brought(town, friend.known()),
    }


def _on_a_page(town: Town) -> dict[str, str]:
    """Words given on a page and put right, and others that are still being typed; the address is a secret too."""
    from madoguchi.surveys.actions import links

    words = {
        "page answer": "ページの答えグアバ",
        "corrected answer": "直した答えマンゴー",
        "draft": "書きかけのタマリンド",
    }
    for letter in ("done", "begun"):
        friend = town.friend(f"ページの人{letter}", follows=True)
        press(friend, "アンケートに答える", "始める", "本人", "スキップ")
        made = submission(friend)
        path = urlsplit(links.address_for(made)).path
        words[f"address of {letter}"] = path.split("/")[2]
        if letter == "begun":
            _post(town, f"{path}q/q4/draft/", revision=made.revision, text=words["draft"], draft=0)
            continue
        for name in ("page answer", "corrected answer"):
            made.refresh_from_db()
            _post(town, f"{path}q/q4/", revision=made.revision, act="next", text=words[name])
    return words


def _post(town: Town, path: str, **fields: Any) -> None:
    answer = requests.post(town.desk + path, data=fields, timeout=20)
    assert answer.status_code == 200, answer.status_code


def _by_liff(town: Town, survey: str) -> dict[str, str]:
    from tests.journeys.test_liff import enter, linked, token

    app, friend = linked(town), town.friend("LIFFの人", follows=True)
    proof = token(town, app, friend.user_id)
    address = enter(app, survey, id_token=proof).json()["address"]
    return {
        "LIFF proof": proof.split(".")[2],
        "LIFF friend": friend.user_id,
        "LIFF address": address.split("/")[2],
    }


def _brought(town: Town, contact: Any) -> dict[str, str]:
    """A file taken in, one that waits, and one written out for a reason."""
    from madoguchi.contacts import actions as contacts
    from madoguchi.contacts.actions import files
    from madoguchi.contacts.models import Contact
    from madoguchi.contacts.new import NewAttribute

    new = NewAttribute(name="家の様子", key="home", kind="text", purpose="consultation")
    contacts.add_attribute(town.supervisor, contact.organisation, new)
    table = [["番号", "home"], [str(contact.pk), "取り込んだ値ドラゴンフルーツ"]]
    files.take_in(town.supervisor, files.prepare(town.supervisor, table))
    files.prepare(town.supervisor, [["番号", "home"], [str(contact.pk), "待っている値パッションフルーツ"]])
    files.write_out(town.supervisor, Contact.objects.filter(pk=contact.pk), "書き出す理由スターフルーツ")
    return {
        "imported value": "ドラゴンフルーツ",
        "waiting value": "パッションフルーツ",
        "reason": "スターフルーツ",
    }
