"""Made-up people and words for the gallery: long and short, one of each kind, thirty who wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone

from madoguchi.console.context import NAVIGATION
from madoguchi.contacts.handles import BIRDS, COLOURS

Context = dict[str, Any]
SQUARE = static("console/img/sample.svg")
LINES = (
    "学校に行きたくないです",
    "はじめまして。小学3年生の息子のことで相談したいのですが、いまお時間よろしいでしょうか",
    "だれかいますか",
    "もう限界かもしれません。昨日も夜中に2時間泣かれて、気がついたら大きな声で怒鳴ってしまいました。自分が怖いです",
    "部活のことなんですけど",
    "スタンプ：ありがとう",
    "写真",
    "中2です。親に言えないことがあって",
)


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def handle(index: int) -> str:
    return COLOURS[index % len(COLOURS)] + BIRDS[index * 5 % len(BIRDS)]


def shell() -> Context:
    navigation = [(route, label, icon, route == "desk:index") for route, label, icon in NAVIGATION]
    scenes = [
        ("desk", "相談デスク"),
        ("waiting", "待っている人"),
        ("held", "ほかの人が担当"),
        ("closed", "終了"),
        ("empty", "静かなとき"),
    ]
    pages = [("page/sign_in", "サインイン"), ("page/404", "404"), ("page/500", "500")]
    user = Thing(name="佐藤 はるか", pk=7, organisation=Thing(name="みどり市 こども家庭課"))
    return {
        "navigation": navigation,
        "user": user,
        "scenes": [(f"/gallery/{name}", label) for name, label in scenes + pages],
    }


def row(index: int, minutes: float, **more: Any) -> Thing:
    line = LINES[index % len(LINES)]
    icon = {"スタンプ：ありがとう": "sticker", "写真": "picture"}.get(line, "")
    known = {
        "id": 100 + index,
        "href": "/gallery/desk",
        "handle": handle(index),
        "number": 340 + index,
        "channel": "",
    }
    return Thing(
        **{
            **known,
            "last_line": line,
            "last_icon": icon,
            "since": ago(minutes),
            "unread": 0,
            "alert": "",
            "is_current": False,
            **more,
        }
    )


def lists(waiting: int = 30, mine: int = 3) -> Context:
    rows = [
        row(31, 1.2, is_current=True, last_line="はい、いまは子どもは寝ています"),
        row(6, 4, unread=3),
        row(3, 12, unread=12, alert="重大"),
    ]
    queue = [row(index, 34 - index * 1.1, alert="重大" if index == 3 else "") for index in range(waiting)]
    return {
        "mine": rows[:mine],
        "waiting": queue,
        "capacity": 3,
        "unread": 15,
        "desk_topic": "desk-1",
        "lists_url": "/gallery/nothing",
    }


class Stream:
    """Numbers messages as they are written."""

    def __init__(self, minutes: float) -> None:
        self.messages: list[Thing] = []
        self.minutes = minutes

    def say(self, side: str, kind: str, text: str = "", after: float = 1, **more: Any) -> None:
        self.minutes -= after
        number = len(self.messages) + 1
        by = {"friend": "", "counsellor": "佐藤 はるか"}.get(side, side)
        state = more.pop("state", "accepted" if side in ("counsellor", "automatic") else "")
        basic = {
            "id": number,
            "order": f"{number:08d}",
            "number": number,
            "revision": number,
            "side": side,
            "kind": kind,
        }
        self.messages.append(Thing(**basic, text=text, by=by, at=ago(self.minutes), state=state, **more))


def stream() -> list[Thing]:
    talk = Stream(60 * 26)
    talk.say("system", "follow", "友だちになりました")
    talk.say(
        "automatic",
        "text",
        "友だち追加ありがとうございます。「親と子の相談ほっとLINE」です。\nここでは、子どものことや自分のことを、LINEで相談できます。名前を言わなくても大丈夫です。",
    )
    talk.minutes = 44
    talk.say("friend", "text", "はじめまして")
    talk.say("friend", "text", LINES[3])
    talk.say(
        "automatic",
        "text",
        "メッセージを受け取りました。相談員が読んで、順番にお返事します。少しお待ちください。途中で書き足しても大丈夫です。",
        0,
    )
    talk.say("survey", "text", "お子さんの年齢：3歳\nお住まい：みどり市\n相談したいこと：育児の疲れ")
    talk.say("friend", "sticker", meaning="泣く・つらい", package_id="11537", sticker_id="52002750")
    talk.say("system", "taken", "佐藤 はるかさんが担当になりました", 3)
    talk.say(
        "counsellor",
        "text",
        "書いてくださって、ありがとうございます。相談員の佐藤です。\n夜中に2時間も泣かれて、本当におつかれだったと思います。",
        2,
    )
    talk.say("counsellor", "text", "いま、お子さんは眠っていますか。", 1)
    talk.say(
        "friend",
        "text",
        "はい、いまは寝ています。夫は単身赴任で、頼れる人が近くにいません。実家の母には「私のころはもっと大変だった」と言われるだけで、もう電話もしていません。",
        4,
    )
    talk.say("friend", "image", media_url=SQUARE, media_state="ready")
    talk.say("friend", "image", media_state="pending")
    talk.say(
        "friend",
        "file",
        file_name="健診のお知らせ_令和8年11月_保健センター.pdf",
        size=284_123,
        media_url="#",
        media_state="ready",
    )
    talk.say(
        "friend",
        "location",
        title="みどり市 第三公園",
        address="みどり市緑町4丁目12番地",
        latitude=35.66,
        longitude=139.74,
        map_url="#",
    )
    talk.say("friend", "unsent")
    talk.say("friend", "unsupported", type_name="coupon")
    talk.say("friend", "video", media_state="gone")
    talk.say("counsellor", "sticker", meaning="よろしくお願いします", package_id="446", sticker_id="1988")
    talk.say(
        "counsellor",
        "text",
        "ひとりで抱えてこられたのですね。話してくださって、ほっとしています。",
        3,
        state="unknown",
        again_url="#",
    )
    talk.say(
        "counsellor",
        "image",
        media_url=SQUARE,
        media_state="ready",
        state="failed",
        again_url="#",
        trouble="LINEに受け付けられませんでした。今月送れる数を使い切っています。",
    )
    talk.say("friend", "text", "はい", 2)
    talk.say(
        "counsellor",
        "text",
        "いまいちばん困っていることを、ひとつだけ教えてもらえますか。",
        1,
        state="sending",
    )
    return talk.messages


def talk(**more: Any) -> Thing:
    known = {
        "id": 131,
        "handle": handle(31),
        "number": 371,
        "channel": "親と子の相談ほっとLINE",
        "state": "live",
        "is_mine": True,
    }
    urls = {
        f"{name}_url": "/gallery/nothing"
        for name in ("messages", "take", "reply", "close", "foot", "older", "release")
    }
    basic = {
        "owner_name": "佐藤 はるか",
        "since": ago(41),
        "version": 3,
        "revision": 0,
        "topic": "conversation-131",
        "messages": stream(),
        "alerts": [],
    }
    return Thing(**{**known, **urls, **basic, **more})


def desk() -> Context:
    alert = Thing(words=["自分を傷つける"], at=ago(30), message_href="#message-4", acknowledge_url="#")
    answers = [
        Thing(question=q, words=w)
        for q, w in (
            ("書いている人", "母"),
            ("お子さんの年齢", "3歳"),
            ("お住まい", "みどり市"),
            ("相談したいこと", "育児の疲れ、夜泣き、近くに頼れる人がいない"),
        )
    ]
    past = [
        Thing(opened_at=ago(60 * 24 * 40), outcome="他窓口を案内", counsellor="鈴木 まこと"),
        Thing(opened_at=ago(60 * 24 * 90), outcome="解消", counsellor="佐藤 はるか"),
    ]
    return {
        **lists(),
        "talk": talk(alerts=[alert]),
        "friend": Thing(blocked_at=None, since=ago(60 * 26)),
        "answers": answers,
        "past": past,
        "stickers": stickers(),
        "outcomes": outcomes(),
    }


def waiting() -> Context:
    open_talk = talk(state="waiting", is_mine=False, owner_name="", messages=stream()[:6])
    return {**desk(), **lists(mine=1), "talk": open_talk, "answers": [], "past": []}


def held() -> Context:
    words = "鈴木 まことさんが先に担当しました。"
    return {
        **desk(),
        "talk": talk(is_mine=False, owner_name="鈴木 まこと", messages=stream()[:8]),
        "talk_notice": words,
    }


def closed() -> Context:
    return {**desk(), "talk": talk(state="closed", is_mine=False, outcome="解消", messages=stream()[:11])}


def empty() -> Context:
    return {**lists(waiting=0, mine=0), "talk": None}


def stickers() -> list[Thing]:
    words = (
        "ありがとう",
        "こんにちは",
        "よろしくお願いします",
        "了解",
        "がんばって",
        "にこにこ",
        "大好き",
        "おやすみ",
        "びっくり",
        "泣く",
    )
    return [
        Thing(package_id="446", sticker_id=str(1988 + index), meaning=word)
        for index, word in enumerate(words)
    ]


def outcomes() -> list[Thing]:
    known = (
        ("resolved", "解消", "話が一区切りつき、いまは落ち着いている"),
        ("guided", "他窓口を案内", "電話、病院、学校など、ほかの窓口を伝えた"),
        ("ended_by_consulter", "相談者の都合で終了", "相手から終わりにした、途中で返事がなくなった"),
        ("no_consultation", "間違い・無応答", "相談ではなかった、何も書かれなかった"),
        ("handed_over", "児童相談所へ引き継ぎ", "引き継いだ相手と時刻を必ず確かめる"),
    )
    return [Thing(value=value, label=label, help=words) for value, label, words in known]


class SampleForm(forms.Form):
    name = forms.CharField(
        label="アカウントの名前", help_text="相談する人のLINEに出る名前と同じにします。", max_length=20
    )
    secret = forms.CharField(
        label="チャネルシークレット",
        min_length=32,
        help_text="LINE Developersの「チャネル基本設定」にある32文字です。",
    )
    kind = forms.ChoiceField(
        label="使い方",
        choices=[("talk", "相談を受ける"), ("push", "お知らせを送る")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="メモ", widget=forms.Textarea, required=False)


class SignInSample(forms.Form):
    email = forms.EmailField(label="メールアドレス")
    password = forms.CharField(label="パスワード", widget=forms.PasswordInput)


def components(request: HttpRequest) -> Context:
    people = [
        Thing(
            handle=handle(index),
            number=340 + index,
            channel="親と子の相談ほっとLINE",
            since=ago(index * 3000),
            state="届く" if index % 5 else "ブロック",
        )
        for index in range(61)
    ]
    page = Paginator(people, 8).get_page(request.GET.get("page", "1"))
    tabs = [
        Thing(label="すべて", href="#", is_current=True, count=61, icon=""),
        Thing(label="対応中", href="#", is_current=False, count=3, icon="talk"),
        Thing(label="終了", href="#", is_current=False, count=0, icon=""),
    ]
    columns = [
        Thing(label="友だち"),
        Thing(label="番号", is_number=True),
        Thing(label="入口"),
        Thing(label="状態"),
    ]
    return {
        "rows": page.object_list,
        "page": page,
        "columns": columns,
        "tabs": tabs,
        "nobody": [],
        "since": ago(12),
        "long_since": ago(80),
        "handles": [handle(index) for index in range(12)],
    }
