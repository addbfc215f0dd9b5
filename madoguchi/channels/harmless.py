"""What the account says while a thread is harmless: texts that anybody may find on anybody's telephone."""

from dataclasses import dataclass

from madoguchi.channels.models import Channel

LONGEST_LABEL, LONGEST_TEXT, MOST = 12, 500, 6


@dataclass(frozen=True)
class Harmless:
    label: str
    text: str


SHIPPED = (
    Harmless(
        "天気",
        "【お天気のお知らせ】\n外出の前に、気象庁のページで最新の予報をご確認ください。急な雨と、朝晩の冷えこみにご注意ください。",
    ),
    Harmless(
        "ごみの日",
        "【ごみの日のお知らせ】\n収集日の朝8時までにお出しください。祝日も収集する地区があります。分別は、お住まいの地区の一覧表でご確認ください。",
    ),
    Harmless(
        "図書館",
        "【図書館からのお知らせ】\n開館時間は9時30分から19時（土日は17時）です。月曜日と月末の整理日はお休みです。返却は閉館中も返却口をご利用ください。",
    ),
    Harmless("広報", "【広報のお知らせ】\n今月号の広報は、市の窓口と図書館、駅のラックで受け取れます。"),
)


def texts_of(channel: Channel) -> list[Harmless]:
    """The channel's own, or those that come with the product."""
    own = [Harmless(str(one["label"]), str(one["text"])) for one in channel.harmless_texts]
    return own or list(SHIPPED)
