"""Made-up people and words for the gallery."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from madoguchi.contacts.handles import BIRDS, COLOURS

Context = dict[str, Any]


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def handle(index: int) -> str:
    return COLOURS[index % len(COLOURS)] + BIRDS[index * 5 % len(BIRDS)]


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
