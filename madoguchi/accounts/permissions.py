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
SUPERVISORS = frozenset({Role.SUPERVISOR})
READERS_OF_THE_LOG = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
IN_CHARGE = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
COUNTERS = TALKERS | {Role.DELIVERY, Role.APPROVER}
SINGLE_ANSWERS = COUNTERS - {Role.COUNSELLOR}
EDITORS_OF_FRIENDS = TALKERS | {Role.DELIVERY}
MOVERS_OF_FRIENDS = frozenset({Role.SUPERVISOR, Role.DELIVERY})  # from files and into files
READERS_OF_FRIENDS = EDITORS_OF_FRIENDS | {Role.APPROVER}

BUILDERS = IN_CHARGE | {Role.DELIVERY}
LOOKERS = BUILDERS | {Role.COUNSELLOR}

OURS = "自分の組織だけ"
SEEN = "自分の組織だけ。値とタグは、見てよい役割のものだけ。読むと操作ログに残る"
PURPOSE_WALL = "自分の組織だけ。広報だけの人は、配信のためのアンケートだけ"
HELD = "自分が担当する相談だけ"
READABLE = "待っている相談（「次の人」を担当する窓口のものを除く）と自分の相談。スーパーバイザーは全員分"
COUNTED = "自分の組織だけ。配信する役割だけの人は、相談のためのアンケートは見られず、5人未満の数も見えない"
OF_DELIVERIES = "自分の組織だけ。配信する役割の人は、配信のためのアンケートだけ。操作ログに残る"
PHRASES = "自分のものは自分、みんなのものはスーパーバイザーだけ"
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
    "accounts:enrol": Row(EVERYONE, "自分の二段階認証を設定する", "設定済みのときは、パスワードも確かめる"),
    "accounts:recovery-codes": Row(EVERYONE, "自分の回復コードを作り直す", "パスワードも確かめる"),
    "accounts:password": Row(EVERYONE, "自分のパスワードを変える"),
    "accounts:sign-out": Row(EVERYONE, "サインアウトする"),
    "accounts:lock": Row(EVERYONE, "画面をロックする"),
    "accounts:unlock": Row(EVERYONE, "ロックした画面に戻る", "パスワードも確かめる"),
    "accounts:acted": Row(EVERYONE, "席にいることを知らせる（ロックまでの時間を数え直す）"),
    "accounts:staff": Row(ADMINISTRATORS, "スタッフの一覧を見る", OURS),
    "accounts:add": Row(ADMINISTRATORS, "スタッフを加える", OURS),
    "accounts:edit": Row(
        ADMINISTRATORS,
        "スタッフの役割と利用を変える",
        "自分の組織だけ。自分の役割は変えられず、最後の管理者とスーパーバイザーは外せない。"
        "相談員とスーパーバイザーの役割は、スーパーバイザーの承認のあとに効く",
    ),
    "accounts:reset": Row(
        ADMINISTRATORS,
        "スタッフのサインインをやり直させる",
        "自分の組織だけ。自分はできない。相談員とスーパーバイザーは、スーパーバイザーの承認のあとに",
    ),
    "accounts:approvals": Row(SUPERVISORS, "承認を待つ役割とやり直しの一覧を見る", OURS),
    "accounts:approve": Row(
        SUPERVISORS, "役割ややり直しを承認する", "自分の組織だけ。自分のことは決められない"
    ),
    "accounts:refuse": Row(SUPERVISORS, "役割ややり直しを断る", "自分の組織だけ。自分のことは決められない"),
    "signs:rules": Row(SUPERVISORS, "重大なサインの規則の一覧を見る・文を試す（文は残らない）", OURS),
    "signs:add": Row(SUPERVISORS, "重大なサインの規則をつくる", OURS),
    "signs:rule": Row(SUPERVISORS, "重大なサインの規則を見る・言葉を加える", OURS),
    "signs:rename": Row(SUPERVISORS, "自分たちの規則の名前を変える", OURS),
    "signs:switch": Row(SUPERVISORS, "重大なサインの規則を止める・使う", OURS),
    "signs:drop": Row(SUPERVISORS, "重大なサインの言葉を外す・戻す", OURS),
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
    "contacts:files": Row(MOVERS_OF_FRIENDS, "友だちの取り込みと書き出しのページを開く", OURS),
    "contacts:upload": Row(MOVERS_OF_FRIENDS, "属性の値のCSVを読み込む（まだ何も変わらない）", SEEN),
    "contacts:import": Row(MOVERS_OF_FRIENDS, "取り込みの中身を確かめる", "自分が読み込んだものだけ"),
    "contacts:take-in": Row(MOVERS_OF_FRIENDS, "CSVの値を取り込む", "自分が読み込んだものだけ"),
    "contacts:discard-import": Row(MOVERS_OF_FRIENDS, "取り込みをやめる", "自分が読み込んだものだけ"),
    "contacts:export": Row(MOVERS_OF_FRIENDS, "友だちをCSVに書き出す（理由が要る）", SEEN),
    "contacts:attributes": Row(IN_CHARGE, "属性の一覧を見る（値は含まない）", OURS),
    "contacts:add-attribute": Row(IN_CHARGE, "属性を作る", OURS),
    "contacts:install-set": Row(IN_CHARGE, "用意してある属性を加える", OURS),
    "contacts:attribute": Row(IN_CHARGE, "属性を変える", OURS),
    "contacts:arrange-attribute": Row(IN_CHARGE, "属性を並べる・しまう・戻す", OURS),
    "contacts:add-option": Row(IN_CHARGE, "属性に選択肢を加える", OURS),
    "contacts:option": Row(IN_CHARGE, "選択肢を変える・並べる・しまう・戻す", OURS),
    "contacts:origins": Row(IN_CHARGE | {Role.DELIVERY}, "入口の一覧と数を見る・つくる", OURS),
    "contacts:origin": Row(IN_CHARGE | {Role.DELIVERY}, "入口のリンクと数を見る・名前を変える", OURS),
    "contacts:arrange-origin": Row(IN_CHARGE | {Role.DELIVERY}, "入口をしまう・戻す", OURS),
    "contacts:origin-svg": Row(IN_CHARGE | {Role.DELIVERY}, "入口のQRコードを開く（SVG）", OURS),
    "contacts:origin-png": Row(IN_CHARGE | {Role.DELIVERY}, "入口のQRコードを開く（PNG）", OURS),
    "contacts:from": _public("入口のリンクからLINEの友だち追加へ進む（回数だけを数える）"),
    "contacts:tags": Row(IN_CHARGE, "タグの一覧を見る・つくる", OURS),
    "contacts:tag": Row(IN_CHARGE, "タグを変える", OURS),
    "contacts:remove-tag": Row(IN_CHARGE, "タグを消す", OURS),
    "console:health": _public("動いているかを答える（数も内容も答えない）"),
    "console:home": Row(EVERYONE, "最初の画面を開く"),
    "console:language": _public("画面の言葉を選ぶ"),
    "console:demo": _public("デモの入口（デモのときだけ）"),
    "console:demo-sign-in": _public("デモの相談員として入る（デモのときだけ）"),
    "phrases:list": Row(
        TALKERS, "定型文の一覧を見る", "みんなのものと自分のもの。提案はスーパーバイザーも見る"
    ),
    "phrases:add": Row(TALKERS, "定型文をつくる", "みんなのものはスーパーバイザーだけ"),
    "phrases:phrase": Row(TALKERS, "定型文を直す", PHRASES),
    "phrases:remove": Row(TALKERS, "定型文を消す", PHRASES),
    "phrases:propose": Row(TALKERS, "自分の定型文をみんなのものに提案する", "自分のものだけ"),
    "phrases:share": Row(SUPERVISORS, "提案された定型文をみんなのものにする", OURS),
    "phrases:decline": Row(SUPERVISORS, "提案された定型文を見送る", OURS),
    "phrases:install": Row(
        TALKERS,
        "用意してある定型文を加える",
        "スーパーバイザーはみんなのものとして、相談員は自分のものとして",
    ),
    "phrases:sign": Row(TALKERS, "友だちに名乗る名前を決める", "自分のことだけ"),
    "desk:prepared": Row(TALKERS, "まだ送っていない返事を見る", f"{READABLE}。操作ログに残る"),
    "desk:take-back": Row(
        TALKERS, "まだ送っていない返事を取り消す", "自分が書いたものと、自分が担当する相談のもの"
    ),
    "desk:change-prepared": Row(TALKERS, "まだ送っていない返事を直す・送る", HELD),
    "desk:asked": Row(SUPERVISORS, "確認を待つ返事の一覧を見る（内容は含まない）", OURS),
    "desk:approve": Row(
        SUPERVISORS, "研修中の人の返事を送ってよいと決める", "自分の組織だけ。自分が書いたものは決められない"
    ),
    "desk:give-back": Row(
        SUPERVISORS, "研修中の人の返事を戻す", "自分の組織だけ。自分が書いたものは決められない"
    ),
    "desk:dots": Row(TALKERS, "書いていることを友だちの画面に出す", HELD),
    "desk:writing-rules": Row(SUPERVISORS, "返事の決まりと、研修中の人を決める", OURS),
    "desk:phrases": Row(TALKERS, "返事に入れる定型文を探す", HELD),
    "desk:index": Row(TALKERS, "相談デスクを開く"),
    "desk:lists": Row(
        TALKERS,
        "待っている人と自分のトークの一覧を見る",
        READABLE,
    ),
    "desk:next": Row(TALKERS, "次に開く人を知る（内容は含まない）", READABLE),
    "desk:conversation": Row(TALKERS, "相談を開いて読む", READABLE),
    "desk:of-contact": Row(TALKERS, "友だちのページで、その人の相談の一覧を見る（内容は含まない）", READABLE),
    "desk:messages": Row(TALKERS, "相談の新しいメッセージを読む", READABLE),
    "desk:state": Row(TALKERS, "相談の状態を見る", READABLE),
    "desk:take": Row(
        TALKERS,
        "待っている相談を担当する",
        "待っている相談だけ。「次の人」を担当する窓口では、選べるのはスーパーバイザーだけ",
    ),
    "desk:take-next": Row(TALKERS, "次の人を担当する", "順番の人だけ。上限まで"),
    "desk:give": Row(SUPERVISORS, "相談をだれかの担当にする", OURS),
    "desk:reply": Row(TALKERS, "友だちに答える", HELD),
    "desk:retry": Row(TALKERS, "届かなかったメッセージをもう一度送る", HELD),
    "desk:read": Row(TALKERS, "読んだことを記録する", HELD),
    "desk:close": Row(TALKERS, "相談を終える", ENDABLE),
    "desk:release": Row(TALKERS, "担当をはずして待ちに戻す", ENDABLE),
    "desk:hold": Row(TALKERS, "相談を保留にする", HELD),
    "desk:resume": Row(TALKERS, "保留・約束・まとめから相談に戻る", HELD),
    "desk:later": Row(TALKERS, "いつまでに答えるかを約束する", HELD),
    "desk:wrap-up": Row(TALKERS, "相談をまとめに移す", HELD),
    "desk:reopen": Row(TALKERS, "終わった相談を続ける", "自分が最後に担当した相談。スーパーバイザーは全員分"),
    "desk:nothing": Row(TALKERS, "相談ではなかったものを一度で終える", "待っている相談と自分が担当する相談"),
    "desk:judge": Row(TALKERS, "重大な相談かどうかを決める", READABLE),
    "desk:notes": Row(TALKERS, "トークの横でメモを読む・書く", f"{READABLE}。操作ログに残る"),
    "desk:note-seen": Row(
        TALKERS, "ささやきや助けの呼び出しを確かめる", "担当する相談へのささやき。呼び出しはスーパーバイザー"
    ),
    "desk:take-over": Row(
        TALKERS,
        "ほかの人が担当する相談を引き取る",
        "担当の人が席にいない相談だけ。スーパーバイザーは全員分",
    ),
    "desk:hand-over-seen": Row(TALKERS, "引き継ぎの結果を確かめる", "自分が頼んだか、頼まれたもの"),
    "emergency:open": Row(TALKERS, "緊急のまとめを開く", ENDABLE),
    "emergency:strip": Row(TALKERS, "トークで、緊急の期限を見る（内容は含まない）", READABLE),
    "emergency:running": Row(TALKERS, "動いている期限を見る（内容は含まない）", ENDABLE),
    "emergency:checklist": Row(
        TALKERS, "重大な相談の確認のしるしを読む・つける", f"{READABLE}。操作ログに残る"
    ),
    "emergency:dossier": Row(TALKERS, "緊急のまとめを読む・印刷する", f"{ENDABLE}。操作ログに残る"),
    "emergency:quote": Row(TALKERS, "緊急のまとめに引用する言葉を選ぶ", ENDABLE),
    "emergency:decide": Row(TALKERS, "通告を決める", ENDABLE),
    "emergency:confirm": Row(TALKERS, "通告先の確認を残す", ENDABLE),
    "emergency:withdraw": Row(
        TALKERS, "緊急のまとめを閉じる", f"{ENDABLE}。通告を決めたあとは、スーパーバイザーだけ"
    ),
    "emergency:reveal": Row(TALKERS, "緊急のまとめでLINEの名前を表示する", f"{ENDABLE}。操作ログに残る"),
    "emergency:receivers": Row(SUPERVISORS, "緊急の連絡先の一覧を見る・加える", OURS),
    "emergency:receiver": Row(SUPERVISORS, "緊急の連絡先を変える", OURS),
    "emergency:archive-receiver": Row(SUPERVISORS, "緊急の連絡先をしまう", OURS),
    "supervision:board": Row(SUPERVISORS, "ボードを見る（内容は含まない）", OURS),
    "supervision:now": Row(SUPERVISORS, "ボードを新しくする（内容は含まない）", OURS),
    "supervision:calls": Row(
        TALKERS,
        "ロックした画面で、いくつの相談が呼んでいるかを知る",
        "数だけ。名前も呼び名も内容も含まない。ロックはかかったまま",
    ),
    "supervision:deal": Row(SUPERVISORS, "待っている相談を選んで割り当てる", OURS),
    "supervision:hold-queue": Row(SUPERVISORS, "待っている人の列を止める", OURS),
    "supervision:release-queue": Row(SUPERVISORS, "止めた列を動かす", OURS),
    "supervision:unmarked": Row(
        SUPERVISORS, "規則が見つけなかった重大な相談の一覧を見る（内容は含まない）", OURS
    ),
    "supervision:pick-ups": Row(TALKERS, "もうひとりの確認を待つ担当の頼みを知る（内容は含まない）", OURS),
    "supervision:ask-pick-up": Row(TALKERS, "担当する前に、もうひとりの確認を頼む", "待っている相談だけ"),
    "supervision:confirm-pick-up": Row(
        TALKERS, "ほかの人が担当するのを確かめる", "自分の頼みは確かめられない"
    ),
    "supervision:withdraw-pick-up": Row(TALKERS, "確認の頼みを取り下げる・断る", OURS),
    "desk:hand-over": Row(TALKERS, "相談の引き継ぎを頼む", ENDABLE),
    "desk:accept-hand-over": Row(TALKERS, "引き継ぎを受ける", "自分か、自分の得意なことに頼まれたもの"),
    "desk:decline-hand-over": Row(TALKERS, "引き継ぎを断る", "自分に頼まれたものだけ"),
    "desk:withdraw-hand-over": Row(
        TALKERS, "引き継ぎを取り下げる", "自分が頼んだもの。スーパーバイザーは全員分"
    ),
    "desk:report": Row(TALKERS, "受けられるかどうかを知らせる", "自分のことだけ"),
    "desk:looking": Row(TALKERS, "ほかにだれがこの相談を見ているかを知る", READABLE),
    "desk:here": Row(TALKERS, "デスクが開いていることを知らせる", "自分のことだけ"),
    "desk:team": Row(SUPERVISORS, "相談員の状態・担当の数・得意なことを見る", OURS),
    "desk:member": Row(SUPERVISORS, "相談員の上限・得意なこと・研修中かどうかを変える", OURS),
    "desk:skills": Row(SUPERVISORS, "得意なことの一覧を見る・加える", OURS),
    "desk:skill": Row(SUPERVISORS, "得意なことの名前を変える・しまう・戻す", OURS),
    "desk:caps": Row(SUPERVISORS, "窓口ごとの上限と担当の決め方を見る", OURS),
    "desk:channel-caps": Row(SUPERVISORS, "窓口の上限と担当の決め方を変える", OURS),
    "desk:reveal": Row(TALKERS, "LINEの名前を表示する", "自分が担当する相談だけ。操作ログに残る"),
    "desk:acknowledge": Row(TALKERS, "重大なサインを確認する", READABLE),
    "desk:answers": Row(
        TALKERS, "トークの横で、その友だちのアンケートの回答を読む", f"{READABLE}。操作ログに残る"
    ),
    "practice:practices": Row(TALKERS, "練習の台本と、自分の練習を見る", "スーパーバイザーは全員分"),
    "practice:start": Row(TALKERS, "練習を始める", "LINEには何も送られず、数えられない"),
    "practice:stop": Row(TALKERS, "練習を止める", "自分が始めたもの。スーパーバイザーは全員分"),
    "practice:back": Row(TALKERS, "練習をふり返る", "自分が始めたもの。スーパーバイザーは全員分"),
    "finding:talks": Row(
        TALKERS, "相談をさがす（言葉でさがすと、読んだことになる）", f"{READABLE}。操作ログに残る"
    ),
    "finding:before": Row(
        TALKERS, "トークの横で、前の相談とすすめ方を読む・書く", f"{READABLE}。操作ログに残る"
    ),
    "safety:beside": Row(TALKERS, "トークの横で、話している人と安全の設定を見る", READABLE),
    "safety:ask": Row(TALKERS, "話している人を友だちにたずねる", HELD),
    "safety:speaker": Row(TALKERS, "話している人を記録する", READABLE),
    "safety:hours": Row(TALKERS, "こちらから書いてよい時間を決める", READABLE),
    "safety:silent": Row(TALKERS, "「先に書かないで」を決める", READABLE),
    "safety:quiet": Row(TALKERS, "ひかえめな名前を決める", READABLE),
    "safety:word": Row(TALKERS, "画面をかえる合言葉を決める", READABLE),
    "safety:harmless": Row(TALKERS, "画面をかえる合図のあと、元に戻す・確かめる", ENDABLE),
    "safety:held": Row(TALKERS, "待機しているメッセージを送る・送らない", HELD),
    "safety:channel": Row(IN_CHARGE, "アカウントの安全の設定を変える", OURS),
    "surveys:answers": Row(COUNTERS, "アンケートの回答を数で見る", COUNTED),
    "surveys:cross": Row(COUNTERS, "アンケートの質問をかけ合わせて見る", COUNTED),
    "surveys:texts": Row(SINGLE_ANSWERS, "アンケートに書かれた言葉を読む", OF_DELIVERIES),
    "surveys:find-texts": Row(SINGLE_ANSWERS, "アンケートに書かれた言葉から探す", OF_DELIVERIES),
    "surveys:export": Row(SINGLE_ANSWERS, "アンケートの回答を理由をつけて書き出す", OF_DELIVERIES),
    "surveys:part-of-contact": Row(SINGLE_ANSWERS, "友だちのページの回答を新しくする", OF_DELIVERIES),
    "surveys:of-contact": Row(
        COUNTERS,
        "友だちのページで、その人のアンケートの回答を読む",
        "相談員はトークを読める友だちだけ。配信する役割の人は配信のためのアンケートだけ。操作ログに残る",
    ),
    "routing:rules": Row(SUPERVISORS, "答えによる振り分けの規則を見る・つくる", OURS),
    "routing:switch": Row(SUPERVISORS, "答えによる振り分けを使う・止める", OURS),
    "routing:rule": Row(SUPERVISORS, "振り分けの規則を変える", OURS),
    "routing:switch-rule": Row(SUPERVISORS, "振り分けの規則を使う・止める", OURS),
    "routing:archive-rule": Row(SUPERVISORS, "振り分けの規則を消す", OURS),
    "routing:of-conversation": Row(
        TALKERS, "どの規則が相談をどう動かしたかを見る", f"{READABLE}。見てよい属性だけ"
    ),
    "desk:receptions": Row(IN_CHARGE, "アカウントごとの受付を見る", OURS),
    "desk:reception": Row(IN_CHARGE, "受付時間・祝日・特別な日を変える", OURS),
    "desk:reception-texts": Row(IN_CHARGE, "自動の文面を変える", OURS),
    "desk:reception-promises": Row(
        IN_CHARGE, "待ち方の選択を変える・約束の一覧を見る（内容は含まない）", OURS
    ),
    "desk:reception-limits": Row(
        IN_CHARGE, "シフトに合わせるかどうかと、ひとりでに起きることの時間を変える", OURS
    ),
    "desk:special-day": Row(IN_CHARGE, "特別な日を加える", OURS),
    "desk:drop-special-day": Row(IN_CHARGE, "特別な日を外す", OURS),
    "desk:by-hand": Row(IN_CHARGE, "受付を手で止める・混み合っていることにする", OURS),
    "desk:end-by-hand": Row(IN_CHARGE, "手で変えた受付を元に戻す", OURS),
    "desk:other-lines": Row(IN_CHARGE, "ほかの窓口の一覧を見る・加える", OURS),
    "desk:install-lines": Row(IN_CHARGE, "用意してある窓口を加える", OURS),
    "desk:other-line": Row(IN_CHARGE, "ほかの窓口を変える", OURS),
    "desk:remove-line": Row(IN_CHARGE, "ほかの窓口を消す", OURS),
    "desk:raise-line": Row(IN_CHARGE, "ほかの窓口の順番を変える", OURS),
    "desk:shifts": Row(TALKERS | IN_CHARGE, "シフトを見る（スーパーバイザーは加える）", OURS),
    "desk:copy-shifts": Row(SUPERVISORS, "前の週のシフトを写す", OURS),
    "desk:remove-shift": Row(SUPERVISORS, "シフトを消す", OURS),
    "desk:history": Row(TALKERS, "終わった相談の一覧を見る", "自分が担当した相談。スーパーバイザーは全員分"),
    "desk:attachment": Row(TALKERS, "写真やファイルを開く", "読める相談のものだけ"),
    "surveys:terms": Row(IN_CHARGE, "規約の版と、同意している人数を見る", OURS),
    "surveys:add-terms": Row(IN_CHARGE, "規約の新しい版を書く", OURS),
    "surveys:terms-version": Row(IN_CHARGE, "規約の版を見る・下書きを直す", OURS),
    "surveys:publish-terms": Row(IN_CHARGE, "規約の版を公開する", OURS),
    "surveys:page": _public("アンケートのページを開く（友だちごとの推測できない宛先。30日で閉じる）"),
    "surveys:begin": _public("規約に同意して答え始める（宛先を知る本人だけ）"),
    "surveys:reword": _public("アンケートの言葉を選ぶ（宛先を知る本人だけ）"),
    "surveys:question": _public("質問に答える（宛先を知る本人だけ）"),
    "surveys:draft": _public("書きかけの文を残す（宛先を知る本人だけ）"),
    "surveys:picture": _public("自分が送った写真を見る（宛先を知る本人だけ）"),
    "surveys:check": _public("答えを確かめて送る（宛先を知る本人だけ）"),
    "surveys:end": _public("終わりの言葉を見る（宛先を知る本人だけ）"),
    "surveys:later": _public("あとで続けることにする（宛先を知る本人だけ）"),
    "surveys:hide": _public("画面をすぐに隠す（その宛先は閉じる）"),
    "surveys:mine": _public("自分の回答を見る（宛先を知る本人だけ。操作ログに残る）"),
    "surveys:erase": _public("自分の回答を消す（宛先を知る本人だけ。操作ログに残る）"),
    "surveys:withdraw": _public("自分の同意を取り消す（宛先を知る本人だけ）"),
    "surveys:liff": _public("LINEの中のページを開く（LIFFの入口）"),
    "surveys:liff-survey": _public("LINEの中でアンケートを開く（本人かどうかはLINEに確かめる）"),
    "surveys:list": Row(LOOKERS, "アンケートの一覧を見る", PURPOSE_WALL),
    "surveys:survey": Row(LOOKERS, "アンケートの質問を見る（作る役割は編集できる）", PURPOSE_WALL),
    "surveys:hands": Row(LOOKERS, "いっしょに編集している人を知る（質問の文は含まない）", PURPOSE_WALL),
    "surveys:preview": Row(LOOKERS, "アンケートの見え方を試す（何も残らない）", PURPOSE_WALL),
    "surveys:versions": Row(LOOKERS, "アンケートの版と変わったところを見る", PURPOSE_WALL),
    "surveys:add": Row(BUILDERS, "アンケートをつくる", PURPOSE_WALL),
    "surveys:make-ready-made": Row(
        BUILDERS, "用意してあるアンケートからつくる（足りない属性も加わる）", PURPOSE_WALL
    ),
    "surveys:import": Row(BUILDERS, "アンケートをファイルから取り込む", PURPOSE_WALL),
    "surveys:add-question": Row(BUILDERS, "質問を加える", PURPOSE_WALL),
    "surveys:edit-question": Row(BUILDERS, "質問を編集する・消す", PURPOSE_WALL),
    "surveys:move-question": Row(BUILDERS, "質問の順番を変える", PURPOSE_WALL),
    "surveys:words": Row(BUILDERS, "アンケートの名前、はじめとおわりの言葉を変える", PURPOSE_WALL),
    "surveys:undo": Row(BUILDERS, "アンケートの編集を元に戻す", PURPOSE_WALL),
    "surveys:publish": Row(BUILDERS, "アンケートを公開する", PURPOSE_WALL),
    "surveys:close": Row(BUILDERS, "アンケートの受付を止める", PURPOSE_WALL),
    "surveys:restore-version": Row(BUILDERS, "前の版を下書きに戻す", PURPOSE_WALL),
    "surveys:settings": Row(BUILDERS, "アンケートの受付の期間と上限を変える", PURPOSE_WALL),
    "surveys:welcome": Row(
        BUILDERS,
        "あいさつにアンケートを付ける・外す",
        f"{PURPOSE_WALL}。見られないアンケートとは替えられない",
    ),
    "surveys:links": Row(LOOKERS, "アンケートのリンクとQRコードを見る", PURPOSE_WALL),
    "surveys:code": Row(LOOKERS, "アンケートのQRコードを開く", PURPOSE_WALL),
    "surveys:file": Row(BUILDERS, "アンケートをファイルに書き出す（回答は含まない）", PURPOSE_WALL),
    "surveys:duplicate": Row(BUILDERS, "アンケートを複製する", PURPOSE_WALL),
    "surveys:archive": Row(BUILDERS, "アンケートをしまう・戻す", PURPOSE_WALL),
    "surveys:remove": Row(BUILDERS, "アンケートを消す", f"{PURPOSE_WALL}。だれかが答え始めたものは消せない"),
    "desk:greeting": Row(BUILDERS, "アカウントのあいさつを見る", OURS),
    "threads:file": _public("送ったファイルを友だちが開く（推測できない宛先。30日で閉じる。操作ログに残る）"),
    "threads:picture": _public("送った写真をLINEが取りに来る（推測できない宛先。30日で閉じる）"),
    "inbox:events": Row(IN_CHARGE, "受信イベントの一覧を見る（内容は含まない）", OURS),
    "inbox:set-aside": Row(IN_CHARGE, "取り置いた受信イベントの数を知る", OURS),
    "inbox:retry": Row(IN_CHARGE, "取り置いた受信イベントをもう一度処理する", OURS),
}


def may(user: "User", verb: str) -> bool:
    """Whether the user's roles open this route. A verb that is not in the table is closed to all; what everyone may is open
    also to whoever waits for the first role."""
    row = TABLE.get(verb)
    if row is None or not (row.is_public or user.is_authenticated):
        return False
    return row.is_public or row.roles == EVERYONE or user.has_role(row.roles)
