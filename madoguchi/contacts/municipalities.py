"""The 62 municipalities of Tokyo with their JIS X 0402 codes, as the intake of 2018 asked for the residence."""

from madoguchi.contacts.new import NewOption

_WARDS = (
    (13101, "千代田区", "Chiyoda"), (13102, "中央区", "Chuo"), (13103, "港区", "Minato"), (13104, "新宿区", "Shinjuku"),
    (13105, "文京区", "Bunkyo"), (13106, "台東区", "Taito"), (13107, "墨田区", "Sumida"), (13108, "江東区", "Koto"),
    (13109, "品川区", "Shinagawa"), (13110, "目黒区", "Meguro"), (13111, "大田区", "Ota"), (13112, "世田谷区", "Setagaya"),
    (13113, "渋谷区", "Shibuya"), (13114, "中野区", "Nakano"), (13115, "杉並区", "Suginami"), (13116, "豊島区", "Toshima"),
    (13117, "北区", "Kita"), (13118, "荒川区", "Arakawa"), (13119, "板橋区", "Itabashi"), (13120, "練馬区", "Nerima"),
    (13121, "足立区", "Adachi"), (13122, "葛飾区", "Katsushika"), (13123, "江戸川区", "Edogawa"),
)  # fmt: skip
_CITIES = (
    (13201, "八王子市", "Hachioji"), (13202, "立川市", "Tachikawa"), (13203, "武蔵野市", "Musashino"), (13204, "三鷹市", "Mitaka"),
    (13205, "青梅市", "Ome"), (13206, "府中市", "Fuchu"), (13207, "昭島市", "Akishima"), (13208, "調布市", "Chofu"),
    (13209, "町田市", "Machida"), (13210, "小金井市", "Koganei"), (13211, "小平市", "Kodaira"), (13212, "日野市", "Hino"),
    (13213, "東村山市", "Higashimurayama"), (13214, "国分寺市", "Kokubunji"), (13215, "国立市", "Kunitachi"),
    (13218, "福生市", "Fussa"), (13219, "狛江市", "Komae"), (13220, "東大和市", "Higashiyamato"), (13221, "清瀬市", "Kiyose"),
    (13222, "東久留米市", "Higashikurume"), (13223, "武蔵村山市", "Musashimurayama"), (13224, "多摩市", "Tama"),
    (13225, "稲城市", "Inagi"), (13227, "羽村市", "Hamura"), (13228, "あきる野市", "Akiruno"), (13229, "西東京市", "Nishitokyo"),
)  # fmt: skip
_NISHITAMA = (
    (13303, "瑞穂町", "Mizuho"), (13305, "日の出町", "Hinode"), (13307, "檜原村", "Hinohara"), (13308, "奥多摩町", "Okutama"),
)  # fmt: skip
_ISLANDS = (
    (13361, "大島町", "Oshima"), (13362, "利島村", "Toshima (village)"), (13363, "新島村", "Niijima"),
    (13364, "神津島村", "Kozushima"), (13381, "三宅村", "Miyake"), (13382, "御蔵島村", "Mikurajima"),
    (13401, "八丈町", "Hachijo"), (13402, "青ヶ島村", "Aogashima"), (13421, "小笠原村", "Ogasawara"),
)  # fmt: skip
_GROUPS = {"区部": _WARDS, "市部": _CITIES, "西多摩郡": _NISHITAMA, "島しょ": _ISLANDS}

TOKYO = tuple(
    NewOption(str(code), name, name_en, group)
    for group, places in _GROUPS.items()
    for code, name, name_en in places
)
