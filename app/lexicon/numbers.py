"""Numbers and months in a headline, in both languages, as values that can be compared: «31 мянган тонн» and "31,000
tons" both say 31000, «хоёр сая дахь» and "2 millionth" 2000000, «НЭГДҮГЭЭР САР» and "January" the month 1."""

import re
from dataclasses import dataclass

BIG = 13
"""From here on, and with decimals at any size, a number that two headlines share is hardly chance; small ones occur in
one headline of four."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """`values`: every number; `shares`: the percentages among them; `months`: 1 to 12, not in `values`."""

    values: frozenset[float]
    shares: frozenset[float]
    months: frozenset[int]


def big(value: float) -> bool:
    """True if sharing this number says something."""
    return value >= BIG or value != int(value)


def year(value: float) -> bool:
    """True if this number is most likely a year."""
    return 1990 <= value < 2100 and value == int(value)


def numbers(text: str, language: str) -> Numbers:
    """The numbers of a title in sentence case or capitals; `language` "en" or "mn" (others are read as English)."""
    lower = text.lower().replace("’", "'").replace("\u00a0", " ")
    months: set[int] = set()
    if language == "mn":
        lower = _mongolian_months(lower, months)
    tokens = [found.group() for found in _TOKEN.finditer(lower)]
    if language != "mn":
        _english_months(tokens, months)
    values, shares = _read(tokens)
    return Numbers(frozenset(values), frozenset(shares), frozenset(months))


def _numbered(*words: str) -> dict[str, float]:
    return {word: float(value) for line in words for value, word in _pairs(line)}


def _pairs(line: str) -> list[tuple[str, str]]:
    value, *words = line.split()
    return [(value, word) for word in words]


_DIGITS = re.compile(r"\d{1,3}(?:[ ,']\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?")
_TOKEN = re.compile(_DIGITS.pattern + r"|[^\W\d_]+(?:[-'][^\W\d_]+)*|%")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ ,']\d{3})+(?:\.\d+)?")

# The cardinal forms, attributive (хоёр, гурван) and independent (гурав), the ordinals, and English beside them. «Нэг»
# and "one" are articles as often as numbers; «ер», «дал» and «ная» are other words as often.
_UNITS = _numbered(
    "0.5 half",
    "2 two second twice double doubles doubled хоёр хоёрдугаар хоёрт",
    "3 three third thrice triple triples tripled гурав гурван гуравдугаар гуравт",
    "4 four fourth дөрөв дөрвөн дөрөвдүгээр дөрөвт",
    "5 five fifth тав таван тавдугаар тавд",
    "6 six sixth зургаа зургаан зургаадугаар зургадугаар",
    "7 seven seventh долоо долоон долдугаар долоодугаар",
    "8 eight eighth найм найман наймдугаар",
    "9 nine ninth ес есөн есдүгээр",
)
_TENS = _numbered(
    "10 ten tenth арав арван аравдугаар аравт",
    "20 twenty хорь хорин",
    "30 thirty гуч гучин",
    "40 forty дөч дөчин",
    "50 fifty тавин",
    "60 sixty жар жаран",
    "70 seventy далан",
    "80 eighty наян",
    "90 ninety ерэн",
)
_OTHERS = _numbered(
    "11 eleven eleventh",
    "12 twelve twelfth dozen",
    "13 thirteen",
    "14 fourteen",
    "15 fifteen",
    "16 sixteen",
    "17 seventeen",
    "18 eighteen",
    "19 nineteen",
    "100 hundred зуу зуун",
)
_WORDS = {**_UNITS, **_TENS, **_OTHERS}
_TIMES = _numbered(
    "1000 thousand k мянга мянган",
    "1000000 million millionth mln mn m сая",
    "1000000000 billion bln bn тэрбум",
    "1000000000000 trillion trln",
)
_TIMES_ENDINGS = re.compile(r"(мянга|сая|тэрбум)(?:н|ны|ын|аар|аас|ад|д|аа|ыг|г)$")

_MONTHS = _numbered(
    "1 january jan",
    "2 february feb",
    "3 march",
    "4 april apr",
    "5 may",
    "6 june jun",
    "7 july jul",
    "8 august aug",
    "9 september sept sep",
    "10 october oct",
    "11 november nov",
    "12 december dec",
)
_DOUBTFUL = frozenset({"may", "march"})  # also verbs and a demonstration
_BEFORE_MONTH = frozenset(
    ["in", "of", "since", "from", "until", "till", "by", "for", "early", "late", "mid", "this", "last", "next"]
)
_ORDINALS = {
    word: int(value) for word, value in {**_UNITS, "аравдугаар": 10.0}.items() if word.endswith(("гаар", "гээр"))
}
_ORDINALS["нэгдүгээр"] = 1
_MONTH_WORD = r" ?сар(?:ын|д|аас|аар|т|тай)?\b"
_TEENTH = re.compile(r"\bарван ?(нэгдүгээр|хоёрдугаар)" + _MONTH_WORD)
_NTH = re.compile(r"\b(" + "|".join(_ORDINALS) + ")" + _MONTH_WORD)
_NUMBERED = re.compile(r"\b(1[0-2]|[1-9])(?:-р|-[а-яёөү]+| дугаар| дүгээр)?" + _MONTH_WORD)


def _mongolian_months(lower: str, months: set[int]) -> str:
    """The text without its months."""

    def teenth(found: re.Match[str]) -> str:
        months.add(10 + _ORDINALS[found.group(1)])
        return " "

    def nth(found: re.Match[str]) -> str:
        months.add(_ORDINALS[found.group(1)])
        return " "

    def numbered(found: re.Match[str]) -> str:
        months.add(int(found.group(1)))
        return " "

    if "сар" not in lower:
        return lower
    return _NUMBERED.sub(numbered, _NTH.sub(nth, _TEENTH.sub(teenth, lower)))


def _english_months(tokens: list[str], months: set[int]) -> None:
    for before, token in zip(["", *tokens], tokens, strict=False):
        if token in _MONTHS and (token not in _DOUBTFUL or before in _BEFORE_MONTH):
            months.add(int(_MONTHS[token]))


def _read(tokens: list[str]) -> tuple[set[float], set[float]]:
    values: set[float] = set()
    shares: set[float] = set()
    at = 0
    while at < len(tokens):
        value, at = _one(tokens, at)
        if value is None:
            continue
        value, at = _multiplied(value, tokens, at)
        values.add(value)
        if at < len(tokens) and _percent(tokens, at):
            shares.add(value)
    return values, shares


def _percent(tokens: list[str], at: int) -> bool:
    token = tokens[at]
    return (
        token in ("%", "percent", "pct")
        or token.startswith(("хув", "percentage"))
        or tokens[at : at + 2] == ["per", "cent"]
    )


def _one(tokens: list[str], at: int) -> tuple[float | None, int]:
    """The number that begins here, if one does, and where to read on."""
    token = tokens[at]
    if token[0].isdigit():
        return _digits(token), at + 1
    head, _, tail = token.partition("-")
    if head not in _WORDS:
        return None, at + 1
    value = _WORDS[head]
    if tail in _UNITS and head in _TENS:
        return value + _UNITS[tail], at + 1
    if tail in _TIMES:
        return value * _TIMES[tail], at + 1
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not tail and head in _TENS and (after in _UNITS or after == "нэгэн"):
        return value + _UNITS.get(after, 1.0), at + 2
    return value, at + 1


def _digits(token: str) -> float | None:
    if not token.isascii():
        return None
    plain = re.sub("[ ,']", "", token) if _THOUSANDS.fullmatch(token) else token.replace(",", ".")
    return float(plain) if len(plain) < _LONGEST else None


_LONGEST = 25  # characters; a longer run of digits is no quantity


def _multiplied(value: float, tokens: list[str], at: int) -> tuple[float, int]:
    while at < len(tokens):
        word = _TIMES_ENDINGS.sub(r"\1", tokens[at])
        if word in _TIMES:
            value, at = value * _TIMES[word], at + 1
        elif word == "их" and at + 1 < len(tokens) and tokens[at + 1].startswith("наяд"):
            value, at = value * 1e12, at + 2
        else:
            break
    return value, at
