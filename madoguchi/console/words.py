"""The words that the scripts say. In Japanese they stand in the scripts; in another language a page carries this table."""

from django.utils.translation import get_language, gettext, gettext_noop

WORDS = (
    gettext_noop("接続中"),
    gettext_noop("再接続中…"),
    gettext_noop("サインアウトしました"),
    gettext_noop(
        "サインアウトしたため、内容をこの画面から消しました。書きかけの文章は、この端末に残っています。"
    ),
    gettext_noop("もう一度サインインする"),
    gettext_noop("開く"),
    gettext_noop("書き直す前の文章は、すでに送信されていました。"),
    gettext_noop("窓口"),
    gettext_noop("待っている人がいます（{n}人）"),
    gettext_noop("担当の人が席にいない相談があります（{n}件）"),
    gettext_noop("重大なサインが届いています。確かめてください。"),
    gettext_noop("待たせている相談か、過ぎた期限があります（{n}件）"),
    gettext_noop("ほかの人から呼ばれています（{n}件）"),
    gettext_noop("デスクトップにも知らせる"),
    gettext_noop("デスクトップに知らせるのをやめる"),
    gettext_noop("書きかけ"),
    gettext_noop("たった今"),
    gettext_noop("{n}分"),
    gettext_noop("{h}時間{m}分"),
    gettext_noop("{n}日"),
    gettext_noop(
        "スタッフのメモは、友だちへの返事には貼れません。伝えることは、自分の言葉で書いてください。"
    ),
    gettext_noop("あと{t}"),
    gettext_noop("期限を{t}過ぎています"),
    gettext_noop("まもなく期限です"),
    gettext_noop("期限を過ぎました"),
    gettext_noop(
        "サーバーにつながりません。入力した内容は残っています。つながってから、もう一度お試しください。"
    ),
    gettext_noop("サーバーにつながりました。"),
    gettext_noop("コピーしました"),
    gettext_noop("コピーできませんでした。文字を選んでコピーしてください。"),
    gettext_noop("この内容は、いまは開けません。ほかの人が担当しているか、なくなっています。"),
    gettext_noop("サーバーで問題が起きました。少し待ってから、もう一度お試しください。"),
    gettext_noop("画像が大きすぎます(10 MBまで)。小さくして選び直してください。"),
    gettext_noop("この画像を送ります({n} KB)"),
    gettext_noop("10 MBまでの画像を選んでください。"),
    gettext_noop("10 MBまでのファイルを選んでください。"),
    gettext_noop("{n}文字・電話で約{s}画面"),
    gettext_noop("{n}文字・電話で{l}行"),
    gettext_noop("{n}秒後に送ります"),
    gettext_noop("送っています…"),
)


def table() -> dict[str, str]:
    """Japanese -> the language of this request; empty in Japanese."""
    return {} if get_language() == "ja" else {word: gettext(word) for word in WORDS}
