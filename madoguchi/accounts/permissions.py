"""Who may do what: one row a route, readable by a supervisor. A route without a row fails the build and is closed.

A row gives the roles that may use the route; `condition` says in words what the action or the queryset checks in
addition for the single thing asked for (whose talk it is, which organisation). What is denied looks exactly like what
does not exist.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from madoguchi.accounts.models import Role

if TYPE_CHECKING:
    from madoguchi.accounts.models import User

EVERYONE = frozenset(Role)
TALKERS = frozenset({Role.COUNSELLOR, Role.SUPERVISOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
READERS_OF_THE_LOG = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
IN_CHARGE = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
EDITORS_OF_FRIENDS = TALKERS | {Role.DELIVERY}
READERS_OF_FRIENDS = EDITORS_OF_FRIENDS | {Role.APPROVER}

OURS = "自分の組織だけ"
SEEN = "自分の組織だけ。値とタグは、見てよい役割のものだけ。読むと操作ログに残る"
HELD = "自分が担当する相談だけ"
READABLE = "待っている相談と自分の相談。スーパーバイザーは全員分"
ENDABLE = "自分が担当する相談だけ。スーパーバイザーは全員分"


@dataclass(frozen=True)
class Row:
    roles: frozenset[Role]
    what: str
    condition: str = ""
    is_public: bool = False


def _public(what: str) -> Row:
    return Row(frozenset(), what, is_public=True)


TABLE: dict[str, Row] = {
    "accounts:sign-in": _public("サインインする"),
    "accounts:second-factor": _public("確認コードを入力する（パスワードを確かめたあとだけ）"),
    "accounts:enrol": Row(EVERYONE, "自分の二段階認証を設定する"),
    "accounts:password": Row(EVERYONE, "自分のパスワードを変える"),
    "accounts:sign-out": Row(EVERYONE, "サインアウトする"),
    "accounts:staff": Row(ADMINISTRATORS, "スタッフの一覧を見る", OURS),
    "accounts:add": Row(ADMINISTRATORS, "スタッフを加える", OURS),
    "accounts:edit": Row(
        ADMINISTRATORS,
        "スタッフの役割と利用を変える",
        "自分の組織だけ。自分の役割は変えられず、最後の管理者は外せない",
    ),
    "audit:log": Row(READERS_OF_THE_LOG, "操作ログを見る（内容は含まない）", OURS),
    "channels:list": Row(ADMINISTRATORS, "LINE公式アカウントの一覧を見る", OURS),
    "channels:add": Row(ADMINISTRATORS, "LINE公式アカウントを加える", OURS),
    "channels:edit": Row(ADMINISTRATORS, "LINE公式アカウントの設定を変える", OURS),
    "channels:test": Row(ADMINISTRATORS, "LINE公式アカウントの接続を確かめる", OURS),
    "contacts:friends": Row(READERS_OF_FRIENDS, "友だちの一覧を見る", SEEN),
    "contacts:find": Row(
        frozenset({Role.SUPERVISOR}), "LINEの名前で友だちを探す", "自分の組織だけ。操作ログに残る"
    ),
    "contacts:friend": Row(READERS_OF_FRIENDS, "友だちのページを見る", SEEN),
    "contacts:edit-values": Row(EDITORS_OF_FRIENDS, "友だちの属性の値を変える", SEEN),
    "contacts:tagging": Row(EDITORS_OF_FRIENDS, "友だちにタグをつける・はずす", SEEN),
    "contacts:reveal": Row(
        frozenset({Role.SUPERVISOR}), "友だちのページでLINEの名前を表示する", "自分の組織だけ。操作ログに残る"
    ),
    "contacts:merge": Row(frozenset({Role.SUPERVISOR}), "ふたつのアカウントを同じ人としてまとめる", OURS),
    "contacts:unmerge": Row(frozenset({Role.SUPERVISOR}), "まとめたのを元に戻す", OURS),
    "contacts:attributes": Row(IN_CHARGE, "属性の一覧を見る（値は含まない）", OURS),
    "contacts:add-attribute": Row(IN_CHARGE, "属性を作る", OURS),
    "contacts:install-set": Row(IN_CHARGE, "用意してある属性を加える", OURS),
    "contacts:attribute": Row(IN_CHARGE, "属性を変える", OURS),
    "contacts:arrange-attribute": Row(IN_CHARGE, "属性を並べる・しまう・戻す", OURS),
    "contacts:add-option": Row(IN_CHARGE, "属性に選択肢を加える", OURS),
    "contacts:option": Row(IN_CHARGE, "選択肢を変える・並べる・しまう・戻す", OURS),
    "contacts:tags": Row(IN_CHARGE, "タグの一覧を見る・つくる", OURS),
    "contacts:tag": Row(IN_CHARGE, "タグを変える", OURS),
    "contacts:remove-tag": Row(IN_CHARGE, "タグを消す", OURS),
    "console:health": _public("動いているかを答える（数も内容も答えない）"),
    "console:home": Row(EVERYONE, "最初の画面を開く"),
    "console:language": _public("画面の言葉を選ぶ"),
    "console:demo": _public("デモの入口（デモのときだけ）"),
    "console:demo-sign-in": _public("デモの相談員として入る（デモのときだけ）"),
    "desk:index": Row(TALKERS, "相談デスクを開く"),
    "desk:lists": Row(
        TALKERS,
        "待っている人と自分のトークの一覧を見る",
        READABLE,
    ),
    "desk:conversation": Row(TALKERS, "相談を開いて読む", READABLE),
    "desk:of-contact": Row(TALKERS, "友だちのページで、その人の相談の一覧を見る（内容は含まない）", READABLE),
    "desk:messages": Row(TALKERS, "相談の新しいメッセージを読む", READABLE),
    "desk:state": Row(TALKERS, "相談の状態を見る", READABLE),
    "desk:take": Row(TALKERS, "待っている相談を担当する", "待っている相談だけ"),
    "desk:reply": Row(TALKERS, "友だちに答える", HELD),
    "desk:retry": Row(TALKERS, "届かなかったメッセージをもう一度送る", HELD),
    "desk:read": Row(TALKERS, "読んだことを記録する", HELD),
    "desk:close": Row(TALKERS, "相談を終える", ENDABLE),
    "desk:release": Row(TALKERS, "担当をはずして待ちに戻す", ENDABLE),
    "desk:reveal": Row(TALKERS, "LINEの名前を表示する", "自分が担当する相談だけ。操作ログに残る"),
    "desk:acknowledge": Row(TALKERS, "重大なサインを確認する", READABLE),
    "desk:reception": Row(IN_CHARGE, "受付時間・定員・自動の文面を変える", OURS),
    "desk:history": Row(TALKERS, "終わった相談の一覧を見る", "自分が担当した相談。スーパーバイザーは全員分"),
    "desk:attachment": Row(TALKERS, "写真やファイルを開く", "読める相談のものだけ"),
    "threads:picture": _public("送った写真をLINEが取りに来る（推測できない宛先。30日で閉じる）"),
    "inbox:events": Row(IN_CHARGE, "受信イベントの一覧を見る（内容は含まない）", OURS),
    "inbox:set-aside": Row(IN_CHARGE, "取り置いた受信イベントの数を知る", OURS),
    "inbox:retry": Row(IN_CHARGE, "取り置いた受信イベントをもう一度処理する", OURS),
}


def may(user: "User", verb: str) -> bool:
    """Whether the user's roles open this route. A verb that is not in the table is closed to all."""
    row = TABLE.get(verb)
    return row is not None and (row.is_public or (user.is_authenticated and user.has_role(row.roles)))
