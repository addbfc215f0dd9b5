"""Ready-made surveys that fill the ready-made attributes (contacts.sets): the intake before a consultation, and what
inhabitants want to hear of."""

from collections.abc import Iterable
from dataclasses import dataclass

from madoguchi.contacts.models import Purpose
from madoguchi.contacts.new import NewAttribute, NewOption
from madoguchi.contacts.sets import CONSULTATION, MUNICIPAL
from madoguchi.surveys.definition import END, Definition, Kind, Option, Question, Words


@dataclass(frozen=True, slots=True)
class ReadyMade:
    purpose: Purpose
    definition: Definition


def _named(attributes: Iterable[NewAttribute]) -> dict[str, NewAttribute]:
    return {attribute.key: attribute for attribute in attributes}


SHORTER = {"Health and vaccination": "Health, vaccination", "Older people and care": "Older people, care"}
PLAINER = {  # for a child, and for whoever is learning Japanese; municipalities keep their own names
    "本人": "わたし（子《こ》ども）",
    "母": "お母《かあ》さん",
    "父": "お父《とう》さん",
    "その他の保護者": "育《そだ》てているほかの人《ひと》",
    "第三者": "ほかの人《ひと》",
    "不明": "わからない",
    "育児": "子育《こそだ》て",
    "心配ごと": "心配《しんぱい》なこと",
    "身体への虐待": "たたかれる・けられる",
    "性的な虐待": "いやなのに体《からだ》をさわられる",
    "心への虐待": "ひどいことを言《い》われる",
    "ネグレクト": "世話《せわ》をしてもらえない",
    "いじめ": "いじめ",
    "学校": "学校《がっこう》のこと",
    "心や体のこと": "心《こころ》や体《からだ》のこと",
    "家族": "家族《かぞく》のこと",
    "その他": "そのほか",
    "東京都の外": "東京《とうきょう》ではないところ",
    "中央地区": "中央地区《ちゅうおうちく》",
    "東地区": "東地区《ひがしちく》",
    "西地区": "西地区《にしちく》",
    "南地区": "南地区《みなみちく》",
    "北地区": "北地区《きたちく》",
    "市の外": "市《し》の外《そと》",
    "10代以下": "19歳《さい》まで",
    "20代": "20歳《さい》から29歳《さい》",
    "30代": "30歳《さい》から39歳《さい》",
    "40代": "40歳《さい》から49歳《さい》",
    "50代": "50歳《さい》から59歳《さい》",
    "60代": "60歳《さい》から69歳《さい》",
    "70代以上": "70歳《さい》から上《うえ》",
    "ひとり暮らし": "ひとり",
    "夫婦・パートナー": "夫《おっと》・妻《つま》・パートナー",
    "就学前の子がいる": "6歳《さい》までの子《こ》ども",
    "小中学生がいる": "小学生《しょうがくせい》・中学生《ちゅうがくせい》",
    "65歳以上の家族がいる": "65歳《さい》から上《うえ》の家族《かぞく》",
    "子育て": "子育《こそだ》て",
    "健康・予防接種": "健康《けんこう》・予防接種《よぼうせっしゅ》",
    "防災・防犯": "地震《じしん》や台風《たいふう》・安全《あんぜん》",
    "ごみ・リサイクル": "ごみ・リサイクル",
    "催し・講座": "イベント・教室《きょうしつ》",
    "高齢・介護": "お年寄《としよ》り・介護《かいご》",
    "手続き・税": "手続《てつづ》き・税金《ぜいきん》",
    "日本語": "日本語《にほんご》",
    "やさしい日本語": "やさしい日本語《にほんご》",
    "英語": "英語《えいご》",
    "中国語": "中国語《ちゅうごくご》",
    "韓国・朝鮮語": "韓国《かんこく》・朝鮮語《ちょうせんご》",
    "ベトナム語": "ベトナム語《ご》",
    "ポルトガル語": "ポルトガル語《ご》",
}
TALK, NEWS = _named(CONSULTATION), _named(MUNICIPAL)


def _options(options: Iterable[NewOption], **led: str) -> tuple[Option, ...]:
    """`led`: where single choices lead, by code."""
    return tuple(
        Option(
            option.code,
            Words(option.name, PLAINER.get(option.name, ""), SHORTER.get(option.name_en, option.name_en)),
            led.get(option.code, ""),
        )
        for option in options
    )


def _places(*groups: str) -> tuple[Option, ...]:
    return _options(option for option in TALK["area"].options if option.group in groups)


WHO = Question(
    "q1",
    Kind.SINGLE,
    Words(
        "相談するのは、どなたですか。", "相談《そうだん》するのは、だれですか。", "Who is asking for advice?"
    ),
    options=_options(TALK["who"].options, self="q3"),
    attribute="who",
)
CHILDS_AGE = Question(
    "q2",
    Kind.NUMBER,
    Words(
        "お子さんは何歳ですか。",
        "子《こ》どもは何歳《なんさい》ですか。",
        "How old is the child?",
    ),
    is_required=False,
    attribute="child_age",
    low="0",
    high="20",
    to="q4",
)
OWN_AGE = Question(
    "q3",
    Kind.NUMBER,
    Words(
        "あなたは何歳ですか。言いたくなければ、答えなくて大丈夫です。",
        "あなたは何歳《なんさい》ですか。言《い》いたくないときは、答《こた》えなくてだいじょうぶです。",
        "How old are you? You need not answer.",
    ),
    is_required=False,
    attribute="child_age",
    low="0",
    high="20",
)
HOW_TO_SAY_WHERE = Question(
    "q4",
    Kind.SINGLE,
    Words(
        "お住まいの区市町村を教えてください。どの方法で答えますか。",
        "住《す》んでいるところを教《おし》えてください。どうやって答《こた》えますか。",
        "Which town do you live in? How would you like to answer?",
    ),
    is_required=False,
    options=(
        Option(
            "postcode",
            Words("郵便番号で答える", "郵便番号《ゆうびんばんごう》で答《こた》える", "By postcode"),
            "q5",
        ),
        Option("wards", Words("23区から選ぶ", "23区《く》からえらぶ", "Choose a ward"), "q6"),
        Option(
            "cities",
            Words("市町村・都外から選ぶ", "ほかの市《し》や町《まち》からえらぶ", "Choose another town"),
            "q7",
        ),
    ),
    to="q8",
)
POSTCODE = Question(
    "q5",
    Kind.POSTCODE,
    Words(
        "お住まいの郵便番号は何番ですか。",
        "住《す》んでいるところの郵便番号《ゆうびんばんごう》は何番《なんばん》ですか。",
        "What is your postcode?",
    ),
    is_required=False,
    attribute="area",
    to="q8",
)
WARD = Question(
    "q6",
    Kind.SINGLE,
    Words(
        "お住まいの区を選んでください。",
        "住《す》んでいる区《く》はどこですか。",
        "Which ward do you live in?",
    ),
    is_required=False,
    options=_places("区部"),
    attribute="area",
    to="q8",
)
TOWN = Question(
    "q7",
    Kind.SINGLE,
    Words(
        "お住まいの市町村を選んでください。",
        "住《す》んでいる市《し》や町《まち》はどこですか。",
        "Which town do you live in?",
    ),
    is_required=False,
    options=_places("市部", "西多摩郡", "島しょ", "その他"),
    attribute="area",
)
TOPIC = Question(
    "q8",
    Kind.MULTIPLE,
    Words(
        "どんなことの相談ですか。",
        "どんなことを話《はな》したいですか。",
        "What is it about?",
    ),
    is_required=False,
    options=_options(TALK["topic"].options),
    attribute="topic",
    to=END,
)
INTAKE = Definition(
    title=Words("相談の前の質問", "相談《そうだん》の前《まえ》の質問《しつもん》", "Before we talk"),
    intro=Words(
        "相談員が早く分かるように、はじめに4つほどおたずねします。答えたくない質問は飛ばせます。名前は聞きません。",
        "はじめに、すこし質問《しつもん》します。答《こた》えたくないときは、とばしてだいじょうぶです。名前《なまえ》は聞《き》きません。",
        "We will ask about four things first, so that we understand you sooner. You may skip any. We do not ask for your name.",
    ),
    closing=Words(
        "ありがとうございました。回答は相談員だけが読みます。話したいことを、ひとことでも送ってください。",
        "ありがとうございました。答《こた》えは相談員《そうだんいん》だけが読《よ》みます。話《はな》したいことを送《おく》ってください。",
        "Thank you. Only counsellors read your answers. Whenever you like, write what you want to talk about.",
    ),
    questions=(WHO, CHILDS_AGE, OWN_AGE, HOW_TO_SAY_WHERE, POSTCODE, WARD, TOWN, TOPIC),
)


def _asked(key: str, attribute: str, kind: Kind, ja: str, plain: str, en: str) -> Question:
    options = _options(NEWS[attribute].options)
    return Question(key, kind, Words(ja, plain, en), is_required=False, options=options, attribute=attribute)


INTERESTS = Definition(
    title=Words("お知らせの希望アンケート", "お知《し》らせのアンケート", "What would you like to hear about?"),
    intro=Words(
        "関心のあるお知らせだけが届くように、5つおたずねします。1分ほどで終わります。あとから変えられます。",
        "必要《ひつよう》なお知《し》らせだけを送《おく》るために、5つ質問《しつもん》します。1分《いっぷん》ぐらいで終《お》わります。",
        "Five questions, about a minute, so that you only get news you care about. You can change your answers later.",
    ),
    closing=Words(
        "ありがとうございました。選んだ内容に合わせてお知らせを送ります。",
        "ありがとうございました。選《えら》んだことについて、お知《し》らせを送《おく》ります。",
        "Thank you. We will send you news on what you chose.",
    ),
    questions=(
        _asked(
            "q1", "interests", Kind.MULTIPLE, "どんなことを知りたいですか。",
            "どんなことを知《し》りたいですか。", "What would you like to hear about?",
        ),
        _asked(
            "q2", "district", Kind.SINGLE, "お住まいの地域はどこですか。",
            "住《す》んでいるところはどこですか。", "Where do you live?",
        ),
        _asked("q3", "age_band", Kind.SINGLE, "年代を選んでください。", "何歳《なんさい》ぐらいですか。", "How old are you?"),
        _asked(
            "q4", "household", Kind.SINGLE, "いっしょに暮らしている方を選んでください。",
            "だれといっしょに住《す》んでいますか。", "Who do you live with?",
        ),
        _asked(
            "q5", "language", Kind.SINGLE, "お知らせを読みたいことばを選んでください。",
            "どのことばで読《よ》みたいですか。", "Which language do you prefer?",
        ),
    ),
)  # fmt: skip

READY_MADE = {
    "consultation": ReadyMade(Purpose.CONSULTATION, INTAKE),
    "municipal": ReadyMade(Purpose.DELIVERY, INTERESTS),
}
