"""Whether a hit is denied right behind itself: 「死にたいとは思わない」 is, 「死にたくないなんて言えない」 is not.

From the hit on, only words that carry a denial to it may stand between (particles, 思う, わけ, こと ...). A question, a "but"
behind the denial, a second denial, or anything unexpected leaves the hit standing: when in doubt, a person looks.
"""

from madoguchi.signs.analysis import Token

_FURTHEST = 8
_BRIDGE_KINDS = {"助詞", "助動詞", "接尾辞"}
_BRIDGE_LEMMAS = {
    "思う", "考える", "振るう", "ふるう", "受ける", "為る", "有る", "居る", "成る", "来る", "くる", "てる", "いう",
    "事", "こと", "訳", "わけ", "積もり", "つもり", "積り", "気", "気持ち", "考え", "風", "感じ", "程", "迄", "もの", "とき",
    "もう", "全然", "別に", "まだ", "一度", "全く", "決して", "絶対", "今", "特に", "そんな", "そう", "の", "様", "なんか",
}  # fmt: skip
_CLAUSE_ENDS = {"けれど", "から", "ので", "のに", "し", "ば", "たら", "しか", "だけ", "ながら"}
_BUT = {"けれど", "けれども", "が", "のに", "でも", "ただ", "只", "ばっか"}
_ASKS = {"か", "?", "？", "かな"}
# Who cannot stop does it: 「ODやめられない」.
_STOPS = {"やめる", "止める", "辞める", "止まる", "我慢"}
_AGAIN = {"日", "時", "訳", "言う", "言える", "人", "夜", "瞬間", "嘘", "だけ", "もの", "事"}


def is_denied(tokens: list[Token], after: int) -> bool:
    """`after`: the number of the first word behind the hit."""
    place = _denial(tokens, after)
    if place is None:
        return False
    return not (_is_asked(tokens, place) or _has_but(tokens, place) or _is_denied_again(tokens, place))


def _denial(tokens: list[Token], after: int) -> int | None:
    """The number of the word that denies, if one is reached."""
    if after and tokens[after - 1].lemma in _STOPS:
        return None
    for place in range(after, min(after + _FURTHEST, len(tokens))):
        token = tokens[place]
        if token.lemma == "ない":
            # 「たたかれてないてる」 is 泣いてる
            return None if any(later.lemma == "てる" for later in tokens[place + 1 : place + 2]) else place
        if _is_otherwise(tokens, place):
            return place
        if token.lemma in _CLAUSE_ENDS or token.is_symbol:
            return None
        is_progress = token.surface == "とら"  # 「叩かれとらん」
        if not is_progress and token.kind not in _BRIDGE_KINDS and token.lemma not in _BRIDGE_LEMMAS:
            return None
    return None


def _is_otherwise(tokens: list[Token], place: int) -> bool:
    """「死にたいわけちゃう」, 「死にたいのとは違う」: as good as ない."""
    token, before = tokens[place], tokens[place - 1]
    if token.surface.startswith("ちゃう"):
        return before.lemma in {"訳", "の", "か", "や"}
    return token.lemma == "違う" and before.lemma in {"は", "と", "訳"}


def _rest(tokens: list[Token], place: int, count: int) -> list[Token]:
    return [token for token in tokens[place + 1 : place + 1 + count] if token.kind != "空白"]


def _is_asked(tokens: list[Token], place: int) -> bool:
    return any(token.surface in _ASKS or "?" in token.surface for token in _rest(tokens, place, 4))


def _has_but(tokens: list[Token], place: int) -> bool:
    """Also a promise or somebody's word, which is no denial of one's own: 「しないって約束した」."""
    rest = _rest(tokens, place, 3)
    is_quoted = (
        [token.lemma for token in rest[:1]] in (["って"], ["と"]) and rest[1:2] and rest[1].lemma != "思う"
    )
    return bool(is_quoted) or any(token.lemma in _BUT for token in rest)


def _is_denied_again(tokens: list[Token], place: int) -> bool:
    for token in _rest(tokens, place, 7):
        if token.lemma == "ない":
            return True
        if token.is_symbol or (
            token.kind not in _BRIDGE_KINDS and token.lemma not in _BRIDGE_LEMMAS | _AGAIN
        ):
            return False
    return False
