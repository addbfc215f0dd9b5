"""A survey of every kind, as an organisation might write it: with furigana, plain wording and English."""

from madoguchi.surveys.definition import END, Definition, Kind, Option, Question, Words

WHO = Question(
    "q1",
    Kind.SINGLE,
    Words("話しているのは、どなたですか", "話《はな》しているのは、だれですか", "Who is speaking?"),
    options=(
        Option("self", Words("本人", "わたし・ぼく", "Myself"), "q3"),
        Option("mother", Words("母", "お母《かあ》さん", "Mother")),
        Option("father", Words("父", "お父《とう》さん", "Father")),
        Option("other", Words("そのほかの家族や保護者", "ほかの家族《かぞく》", "Another guardian")),
    ),
)
AGE = Question(
    "q2", Kind.NUMBER, Words("お子さんは何歳ですか", en="How old is the child?"), low="0", high="18"
)
TOPICS = Question(
    "q3",
    Kind.MULTIPLE,
    Words(
        "どんなことを話したいですか", "どんなことを話《はな》したい？", "What would you like to talk about?"
    ),
    is_required=False,
    options=tuple(
        Option(code, Words(name))
        for code, name in (("school", "学校のこと"), ("home", "家のこと"), ("body", "からだのこと"))
    ),
)
WORDS = Question(
    "q4",
    Kind.TEXT,
    Words("話しておきたいことがあれば書いてください", "話《はな》したいことを書《か》いてね"),
    is_required=False,
    to=END,
)
INTAKE = Definition(
    Words("相談の前に", "話《はな》すまえに", "Before we talk"),
    Words(
        "はじめに、いくつか教えてください。答えたくない質問はとばせます。",
        "はじめに、すこし教《おし》えてね。答《こた》えたくないときは、とばしていいよ。",
        "A few questions first. You can skip what you don't want to answer.",
    ),
    Words("ありがとうございます。相談員が読んで、LINEで返事をします。"),
    (WHO, AGE, TOPICS, WORDS),
)
EVERY = Definition(
    Words("いろいろな質問"),
    questions=tuple(
        Question(f"q{at}", kind, Words(text))
        for at, (kind, text) in enumerate(
            (
                (Kind.DATE, "いつのことですか"),
                (Kind.DATETIME, "いつ話せますか"),
                (Kind.POSTCODE, "お住まいの郵便番号は何番ですか"),
                (Kind.PLACE, "どこであったことですか"),
                (Kind.PICTURE, "写真があれば送ってください"),
                (Kind.CONFIRMATION, "話した内容は、相談員だけが読みます。"),
            ),
            1,
        )
    ),
)
