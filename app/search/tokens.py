"""Text -> words with their places in it.

What stands behind a hyphen or an apostrophe and is an ending (`БНХАУ-ТАЙ`, `139-Д`, `Mongolia's`) belongs to the word
before it and is no word of its own. Words are letters and digits only, so that neither database has anything to
interpret. The dots of an abbreviation are none (`U.S.`), nor are the letters of an English ordinal (`62nd`). Groups of
three digits are one number (`1,250`, `1 250 000`), a decimal point or comma is written `p` (`3.5` and `3,5` are `3p5`),
leading noughts go. A sign of a unit is the word that is said for it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.search.folding import fold

SIGNS = {"₮": "төгрөг", "%": "хувь", "$": "доллар", "€": "евро", "£": "фунт", "₽": "рубль", "°": "хэм"}
"""Signs -> words. `¥` is two currencies and stays out."""

Token = tuple[int, int, str]
"""Where it begins and ends in the text, and the folded word."""

_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_GROUPED = re.compile(rf"\d{_BLANK}\d{{3}}(?!\d)")
_PART = re.compile(rf"(?<![^\s(])\d{{1,3}}(?:{_BLANK}\d{{3}})+(?![\d.]*\d)[^\s]*|\S+")

# Without the endings that are words as well (`нар`), with those that only numbers have.
_CASE = (
    r"(?:ы|ын|ий|ийн|ны|ний|гийн|гын|н|г|ыг|ийг|гийг|д|т|ад|эд|од|өд|нд|[нг]?([аэоө])\1с|и[аэоө]с|г?([аэоө])\2р"
    r"|и[аэоө]р|т[аэо]й|[рл](?:уу|үү)|гүй)"
)
_ENDING = re.compile(
    rf"(?=.)(?:[нчг]?(?:уу|үү)д)?{_CASE}?(?:[гхдт]?([аэоө])\3)?|(?:[ыи]й?н|н[ыи]й?)х(?:[ыи]й?[нг]|[аэоө]{{2}}[рс]|т[аэо]й|[аэоө]н)?"
)
_COUNTING = re.compile(r"р|рт|дугаар\w{0,4}|дүгээр\w{0,4}|дахь|дэх|и?[аэоө]{2}д|х[аэоө]н")
_ENGLISH = frozenset(("s", "t", "re", "ve", "ll", "d", "m"))
_GENITIVE = re.compile(r"(?:ын|ийн|ны|ний)")  # takes no ending: Замын-Үүд

_TOKEN = re.compile(
    rf"(?P<grouped>(?<!\d)\d{{1,3}}(?:[ ,'’\u00a0\u2007\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+|,\d{{1,2}}(?!\d))?)"
    r"|(?P<dotted>(?<![\d.])\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d))"
    r"|(?P<decimal>(?<![\d.,])\d+[.,]\d+(?![.,]?\d))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)(?![^\W_]))"
    r"|(?P<initials>(?<![^\W_])(?:[a-z]\.)+(?:[a-z]\.|[a-z])(?![^\W_]))"
    r"|(?P<digits>\d+(?![^\W_а-яёөү]))"
    r"|(?P<word>(?:[^\W_]|[\u0300-\u036f\xad\u200b-\u200f\u2060\ufeff])+)"
    rf"|(?P<sign>[{''.join(SIGNS)}])",
    re.IGNORECASE,
)
_LINKS = frozenset("-‐‑‒–−'’ʼ`´")
_APOSTROPHES = frozenset("'’ʼ`´")


def parts(text: str) -> list[str]:
    """A text cut at its blanks, save those between the groups of a number."""
    return _PART.findall(text) if _GROUPED.search(text) else text.split()


def placed(text: str) -> Iterator[Token]:
    """All words of a text with their places."""
    for found in _PART.finditer(text):
        for start, end, word in tokens(found.group()):
            yield found.start() + start, found.start() + end, word


@lru_cache(maxsize=65_536)
def tokens(part: str) -> tuple[Token, ...]:
    """The words of a part; places are counted from its beginning."""
    made: list[Token] = []
    for found in _TOKEN.finditer(part):
        words = _words(found)
        linked = bool(made) and found.start() - made[-1][1] <= 1
        if linked and len(words) == 1 and _is_ending(words[0], made[-1][2], part[made[-1][1] : found.start()]):
            continue
        made += [(found.start(), found.end(), word) for word in words]
    return tuple(made)


def _words(found: re.Match[str]) -> list[str]:
    text = found.group()
    if found.lastgroup == "word":
        return fold(text).split()
    if found.lastgroup == "sign":
        return [SIGNS[text]]
    if found.lastgroup == "initials":
        return [text.replace(".", "").lower()]
    if found.lastgroup == "ordinal":
        text = text[:-2]
    whole, _, fraction = _number(text, found.lastgroup or "").partition(".")
    digits = "".join(str(int(digit)) for digit in whole).lstrip("0") or "0"
    return [f"{digits}p{''.join(str(int(digit)) for digit in fraction)}" if fraction else digits]


def _number(text: str, kind: str) -> str:
    """A number as digits with at most one point."""
    if kind == "decimal" and not re.fullmatch(r"\d{1,3},\d{3}", text):
        return text.replace(",", ".")
    if kind == "grouped" and re.search(r",\d{1,2}$", text):
        text = ".".join(text.rsplit(",", 1))
    return re.sub(r"[^\d]" if kind == "dotted" else r"[^\d.]", "", text)


def _is_ending(word: str, before: str, link: str) -> bool:
    """Whether a word belongs to the one before it. Endings grow on to numbers without any sign too (`20мянган` does
    not, `5дугаар` does)."""
    if before[-1].isdigit():
        return bool(_COUNTING.fullmatch(word) or _ENDING.fullmatch(word)) and (not link or link in _LINKS)
    if link not in _LINKS:
        return False
    if link in _APOSTROPHES and word in _ENGLISH:
        return True
    return _ENDING.fullmatch(word) is not None and not _GENITIVE.search(before, max(0, len(before) - 3))
