"""Ready-made attributes: the intake of the 2018 desk, and what a municipality asks of those it sends news to."""

from madoguchi.accounts.models import Role
from madoguchi.contacts.models import Kind, Purpose
from madoguchi.contacts.municipalities import TOKYO
from madoguchi.contacts.new import NewAttribute, NewOption

TALK = (Role.COUNSELLOR.value, Role.SUPERVISOR.value)
ALL = (*TALK, Role.DELIVERY.value, Role.APPROVER.value)

CONSULTATION = (
    NewAttribute(
        name="どなたの相談か",
        name_en="Who is speaking",
        kind=Kind.SINGLE,
        purpose=Purpose.CONSULTATION,
        readers=TALK,
        key="who",
        options=(
            NewOption("self", "本人", "The child"),
            NewOption("mother", "母", "Mother"),
            NewOption("father", "父", "Father"),
            NewOption("guardian", "その他の保護者", "Another guardian"),
            NewOption("other", "第三者", "Somebody else"),
            NewOption("unknown", "不明", "Unknown"),
        ),
    ),
    NewAttribute(
        name="お住まい",
        name_en="Residence",
        kind=Kind.AREA,
        purpose=Purpose.CONSULTATION,
        readers=TALK,
        key="area",
        options=(*TOKYO, NewOption("outside", "東京都の外", "Outside Tokyo", "その他")),
    ),
    NewAttribute(
        name="お子さんの年齢",
        name_en="Age of the child",
        kind=Kind.NUMBER,
        purpose=Purpose.CONSULTATION,
        readers=TALK,
        key="child_age",
        unit="歳",
    ),
    NewAttribute(
        name="相談の内容",
        name_en="Topic",
        kind=Kind.MULTIPLE,
        purpose=Purpose.CONSULTATION,
        readers=TALK,
        key="topic",
        options=(
            NewOption("care", "育児", "Raising a child"),
            NewOption("worry", "心配ごと", "Worries"),
            NewOption("physical", "身体への虐待", "Physical abuse", "虐待"),
            NewOption("sexual", "性的な虐待", "Sexual abuse", "虐待"),
            NewOption("mental", "心への虐待", "Psychological abuse", "虐待"),
            NewOption("neglect", "ネグレクト", "Neglect", "虐待"),
            NewOption("bullying", "いじめ", "Bullying"),
            NewOption("school", "学校", "School"),
            NewOption("health", "心や体のこと", "Mind and body"),
            NewOption("family", "家族", "Family"),
            NewOption("else", "その他", "Something else"),
        ),
    ),
)

MUNICIPAL = (
    NewAttribute(
        name="お住まいの地域",
        name_en="District",
        kind=Kind.AREA,
        purpose=Purpose.DELIVERY,
        readers=ALL,
        key="district",
        options=(
            NewOption("center", "中央地区", "Centre", "市内"),
            NewOption("east", "東地区", "East", "市内"),
            NewOption("west", "西地区", "West", "市内"),
            NewOption("south", "南地区", "South", "市内"),
            NewOption("north", "北地区", "North", "市内"),
            NewOption("outside", "市の外", "Elsewhere", "市外"),
        ),
    ),
    NewAttribute(
        name="年代",
        name_en="Age band",
        kind=Kind.SINGLE,
        purpose=Purpose.DELIVERY,
        readers=ALL,
        key="age_band",
        options=(
            NewOption("10", "10代以下", "Under 20"),
            NewOption("20", "20代", "20s"),
            NewOption("30", "30代", "30s"),
            NewOption("40", "40代", "40s"),
            NewOption("50", "50代", "50s"),
            NewOption("60", "60代", "60s"),
            NewOption("70", "70代以上", "70 and over"),
        ),
    ),
    NewAttribute(
        name="世帯",
        name_en="Household",
        kind=Kind.SINGLE,
        purpose=Purpose.DELIVERY,
        readers=ALL,
        key="household",
        options=(
            NewOption("single", "ひとり暮らし", "Alone"),
            NewOption("couple", "夫婦・パートナー", "Couple"),
            NewOption("infants", "就学前の子がいる", "With small children"),
            NewOption("pupils", "小中学生がいる", "With school children"),
            NewOption("elders", "65歳以上の家族がいる", "With people over 65"),
            NewOption("else", "その他", "Other"),
        ),
    ),
    NewAttribute(
        name="知りたいこと",
        name_en="Interests",
        kind=Kind.MULTIPLE,
        purpose=Purpose.DELIVERY,
        readers=ALL,
        key="interests",
        options=(
            NewOption("children", "子育て", "Children"),
            NewOption("health", "健康・予防接種", "Health and vaccination"),
            NewOption("disaster", "防災・防犯", "Disaster and safety"),
            NewOption("waste", "ごみ・リサイクル", "Waste and recycling"),
            NewOption("events", "催し・講座", "Events"),
            NewOption("elders", "高齢・介護", "Older people and care"),
            NewOption("procedures", "手続き・税", "Procedures and taxes"),
        ),
    ),
    NewAttribute(
        name="ことば",
        name_en="Language",
        kind=Kind.SINGLE,
        purpose=Purpose.DELIVERY,
        readers=ALL,
        key="language",
        options=(
            NewOption("ja", "日本語", "Japanese"),
            NewOption("ja-easy", "やさしい日本語", "Plain Japanese"),
            NewOption("en", "英語", "English"),
            NewOption("zh", "中国語", "Chinese"),
            NewOption("ko", "韓国・朝鮮語", "Korean"),
            NewOption("vi", "ベトナム語", "Vietnamese"),
            NewOption("pt", "ポルトガル語", "Portuguese"),
        ),
    ),
)

SETS = {"consultation": CONSULTATION, "municipal": MUNICIPAL}
