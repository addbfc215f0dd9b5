"""Why a call didn't go through, as a code for logs and a sentence for staff. Nothing personal is in either.

The code is the enum's value and is stored; the sentence says what happened and what to do next.
"""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    NOT_A_FRIEND = "not_a_friend"
    BAD_RECIPIENT = "bad_recipient"
    BAD_MESSAGE = "bad_message"
    TOO_LARGE = "too_large"
    REPLY_TOKEN = "reply_token"  # noqa: S105 - a code, no secret
    BAD_RETRY_KEY = "bad_retry_key"
    BAD_SECRET = "bad_secret"  # noqa: S105
    BAD_WEBHOOK_URL = "bad_webhook_url"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    GONE = "gone"
    REFUSED = "refused"
    NOT_LINE = "not_line"
    RATE = "rate"
    QUOTA = "quota"
    TOKEN = "token"  # noqa: S105
    ID_TOKEN = "id_token"  # noqa: S105
    LINE_DOWN = "line_down"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    BROKEN = "broken"  # on our own side, before LINE was asked

    @property
    def ja(self) -> str:
        return _JA[self]


_JA = {
    Reason.NOT_A_FRIEND: "この相手には送れません。友だちでなくなったか、ブロックされた可能性があります。",
    Reason.BAD_RECIPIENT: "宛先のLINEユーザーIDが正しくありません。システム管理者に知らせてください。",
    Reason.BAD_MESSAGE: "メッセージの内容がLINEの決まりに合いません。文の長さや添付を見直してください。",
    Reason.TOO_LARGE: "メッセージが大きすぎます。短く分けて送ってください。",
    Reason.REPLY_TOKEN: "自動応答の期限が切れていました。必要なら改めて送ってください。",
    Reason.BAD_RETRY_KEY: "送信の控え番号をLINEが受け付けませんでした。システム管理者に知らせてください。",
    Reason.BAD_SECRET: "チャネルIDかチャネルシークレットが違います。LINE Developersで確かめてください。",
    Reason.BAD_WEBHOOK_URL: "Webhook URLの形が正しくありません。https:// で始まるURLか確かめてください。",
    Reason.NOT_ALLOWED: "この公式アカウントでは使えない操作です。プランや認証の状態を確かめてください。",
    Reason.NOT_FOUND: "LINEに見つかりませんでした。",
    Reason.GONE: "送信が取り消されたため、LINEから消えています。",
    Reason.REFUSED: "LINEが受け付けませんでした。続くときはシステム管理者に知らせてください。",
    Reason.NOT_LINE: "LINEではない相手から答えが返りました。接続先やプロキシの設定を確かめてください。",
    Reason.RATE: "LINEが混み合っています。少し待って自動で送り直します。",
    Reason.QUOTA: "今月送れるメッセージ数の上限に達しました。LINE公式アカウントのプランを確かめてください。",
    Reason.TOKEN: "チャネルアクセストークンが無効です。チャネルの設定で入れ直してください。",
    Reason.ID_TOKEN: "LINEの本人確認が通りませんでした。LINEログインのチャネルIDが正しいか確かめてください。",
    Reason.LINE_DOWN: "LINE側で障害が起きているようです。",
    Reason.TIMEOUT: "LINEから時間内に答えがありませんでした。",
    Reason.CONNECTION: "LINEにつながりませんでした。ネットワークを確かめてください。",
    Reason.BROKEN: "この窓口のシステムの中で問題が起き、LINEに渡せませんでした。システム管理者に知らせてください。",
}


def webhook_problem_ja(test: Mapping[str, object]) -> str | None:
    """What LINE's webhook test (its answer is `test`) found wrong, in a sentence; None when all is well."""
    if test.get("success") is True:
        return None
    status = test.get("statusCode")
    if test.get("reason") == "ERROR_STATUS_CODE" and isinstance(status, int):
        plain = f"Webhookの受け口がエラー {status} を返しました。URLを確かめてください。"
        return _WEBHOOK_STATUS_JA.get(status, plain)
    plain = "Webhookの接続確認に失敗しました。URLと証明書を確かめてください。"
    return _WEBHOOK_JA.get(str(test.get("reason")), plain)


_WEBHOOK_JA = {
    "COULD_NOT_CONNECT": "LINEからつながりませんでした。URL、証明書、外部からの接続を確かめてください。",
    "REQUEST_TIMEOUT": "Webhookの受け口が時間内に答えませんでした。サーバーが動いているか確かめてください。",
}

_WEBHOOK_STATUS_JA = {
    401: "署名が合いませんでした。チャネルシークレットが正しいか確かめてください。",
    404: "Webhook URLの先に受け口がありません。URLを写し間違えていないか確かめてください。",
}
