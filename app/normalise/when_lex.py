"""A folded date text -> its parts, each with a one-letter code, so that a whole date is matched by its code string.

| code | part | value |
|---|---|---|
| `y` | four digits | text |
| `n` | one or two digits | text |
| `k` | three digits that begin with 0 (a month with a zero too many) | text |
| `j` | any other three digits (the day of the year) | text |
| `e`, `f` | 8 digits, 12 or 14 (`20260115`, `202601151430`, `20260115143000`) | text |
| `m` | month name | 1..12 |
| `w` | weekday name | 0..6 |
| `x` | week number (`W03`) | text |
| `r` | roman numeral I..XII | 1..12 |
| `t` | clock time | (hour, minute, second, microsecond) |
| `a` | forenoon or afternoon | "a" or "p" |
| `z` | zone name | tzinfo, or None for a military letter, which RFC 2822 tells to ignore |
| `o` | zone number | tzinfo |
| `u` | a zone nobody knows | None |
| `-` `/` `.` | themselves | None |

Blanks, commas and noise words have no code. Anything else makes the text not a date.
"""

import re
from datetime import tzinfo
from typing import NamedTuple

from app.normalise import when_zones
from app.normalise.when_words import MONTH_WORD, MONTHS, NOISE, TUESDAY_OR_MARCH, WEEKDAYS, fold

Time = tuple[int, int, int, int]
Value = str | int | Time | tzinfo | None


class Part(NamedTuple):
    """One part of a date text; the table above says which code has which value."""

    code: str
    value: Value


MOST_PARTS = 30

ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_LATIN_ROMAN = str.maketrans("ІіХхУу", "iixxvv")

_COUNT = ("нэг", "хоёр", "гурав", "дөрөв", "тав", "зургаа", "долоо", "найм", "ес", "арав")
_STEMS = {fold(stem): number for number, stem in enumerate(_COUNT, start=1)} | {
    fold(stem): number
    for stem, number in (("зурга", 6), ("долоо", 7), ("дол", 7), ("арван нэг", 11), ("арван хоёр", 12),
                         ("арваннэг", 11), ("арванхоёр", 12))
}  # fmt: skip
_STEM = "|".join(sorted(_STEMS, key=len, reverse=True))
_ORDINAL = fold("дугаар|дүгээр|дугар|дүгэр|дахь|дэх")
_MONTH = fold("сарын|сарийн|сард|сар")
_NOT_IN_WORD = r"(?<![^\W\d_])"
_WORD_ENDS = r"(?![^\W\d_])"


def _month(match: re.Match[str]) -> str:
    number = int(match.group(1))
    return f" {MONTH_WORD[number - 1]} " if 1 <= number <= 12 else " ? "


def _spelled_month(match: re.Match[str]) -> str:
    return f" {MONTH_WORD[_STEMS[match.group(1)] - 1]} "


def _roman_month(match: re.Match[str]) -> str:
    number = ROMAN.get(match.group(1).translate(_LATIN_ROMAN))
    return f" {MONTH_WORD[number - 1]} " if number else " ? "


# Mongolian, Chinese, Japanese and Korean dates, rewritten to the plain form that the rest of this module reads:
# `2026 оны 1-р сарын 15-ны өдрийн 14 цаг 30 минут` -> `2026 jan 15 14:30`.
_REWRITES = (
    (re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日号號일]"), r" \1-\2-\3 "),
    (re.compile(r"([0-9]{1,2})\s*[時时시点點]\s*([0-9]{1,2})\s*[分분](?:\s*([0-9]{1,2})\s*[秒초])?"), r" \1:\2 "),
    (re.compile(fold("үдээс өмнө|오전|上午|午前")), " am "),
    (re.compile(fold("үдээс хойш|오후|下午|午後")), " pm "),
    (re.compile(rf"{_NOT_IN_WORD}{fold('өглөө(?:ний)?')}{_WORD_ENDS}"), " am "),
    (re.compile(rf"{_NOT_IN_WORD}{fold('орой(?:н)?')}{_WORD_ENDS}"), " pm "),
    (re.compile(fold("улаанбаатарын (?:орон нутгийн )?цагаар")), " ulat "),
    (re.compile(fold("([0-9]{1,2})\\s*цаг(?:ийн|т)?\\s*([0-9]{1,2})\\s*мин(?:ут)?(?:анд|ад|ын)?")), r" \1:\2 "),
    (re.compile(r"(?<!\S)([0-9]{1,2})\s*" + fold("цаг(?:т|аас)?") + _WORD_ENDS), r" \1:00 "),
    (re.compile(fold("([0-9]{4})\\s*(?:оны|онд|он)") + _WORD_ENDS), r" \1 "),
    (re.compile(rf"{_NOT_IN_WORD}([0-9]{{1,2}})\s*-?\s*(?:р|p|{_ORDINAL})?\s*(?:{_MONTH}){_WORD_ENDS}"), _month),
    (re.compile(rf"{_NOT_IN_WORD}({_STEM})\s?-?(?:{_ORDINAL})\s+(?:{_MONTH}){_WORD_ENDS}"), _spelled_month),
    (
        re.compile(rf"{_NOT_IN_WORD}([ivxіху]{{1,4}})\s*-?\s*(?:р|p|{_ORDINAL})?\s*(?:{_MONTH}){_WORD_ENDS}"),
        _roman_month,
    ),
    (
        re.compile(
            rf"([0-9]{{1,2}})\s*-?\s*(?:{fold('ны|ний|нд|ноос|нээс')})(?:\s+{fold('өд(?:өр|рийн|өрт)')})?{_WORD_ENDS}"
        ),
        r"\1 ",
    ),
    (re.compile(rf"([0-9]{{1,2}})\s+{fold('өд(?:өр|рийн|өрт)')}{_WORD_ENDS}"), r"\1 "),
)

_BLANK = re.compile(r"[\s,|·•●_\[\]]+")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]{1,12}))?)?(?:(?![:0-9])|:(?=[+-]))")
_FRENCH_TIME = re.compile(r"([0-9]{1,2})h([0-9]{2})()()(?![0-9a-z:])")
_HOUR_ONLY = re.compile(r"([0-9]{1,2})()()()(?=\s?[ap]\.?\s?m(?![a-z]))")
_STAMP = re.compile(r"(?<=[0-9])t([0-9]{2})([0-9]{2})([0-9]{2})?(?:[.,]([0-9]{1,12}))?(?![0-9])")
_ISO_HOUR = re.compile(r"(?<=[0-9])t([0-9]{2})()()()(?=z|[+-][0-9]{2}|$)")
_LOG = re.compile(r"([0-9]{4}):([0-9]{2}:[0-9]{2}:[0-9]{2})")
_EXIF = re.compile(r"^([0-9]{4}):([0-9]{2}):([0-9]{2}) ")
_HALF = re.compile(r"([ap])\.?\s?m\.?(?![a-z])|у\.?\s?([ох])\.?(?![а-я])")
_NUMBER = re.compile(r"([0-9]+)(?:(?:st|nd|rd|th|er)(?![a-z]))?")
_WORD = re.compile(r"([^\W\d_]+)\.?")
_NUMBER_CODES = {1: "n", 2: "n", 3: "j", 4: "y", 8: "e", 12: "f", 14: "f"}
_WEEK = re.compile(r"w([0-9]{2})(?=-?[1-7](?![0-9]))")
_DOTTED_TIME = re.compile(r"(?<= )([01][0-9]|2[0-3])\.([0-5][0-9])()()$")
_TIMES = (_TIME, _STAMP, _ISO_HOUR, _FRENCH_TIME, _HOUR_ONLY, _DOTTED_TIME)  # the last one only after a year
_COMMENT = re.compile(r"\(([^()0-9]{0,60})\)$")


def lex(text: str, given: str) -> list[Part] | None:
    """The parts of a folded text, or None when something in it is no part of a date. `given` is the text before folding
    (a zone that nobody knows is told from any other word by its capitals)."""
    text = _tidy(text)
    parts: list[Part] = []
    place = 0
    while place < len(text):
        if found := _BLANK.match(text, place):
            place = found.end()
            continue
        step = _next(text, place, parts, given)
        if step is None or len(parts) >= MOST_PARTS:
            return None
        part, place = step
        if part is not None:
            parts.append(part)
    return _tuesdays(parts)


def _tidy(text: str) -> str:
    if not text.isascii():
        for pattern, replacement in _REWRITES:
            text = pattern.sub(replacement, text)
    if ":" in text:  # of a server's log, of a photograph
        text = _LOG.sub(r"\1 \2", _EXIF.sub(r"\1-\2-\3 ", text))
    if "(" in text:
        text = _COMMENT.sub(_comment, text).replace("(", " ").replace(")", " ")
    return text


def _comment(found: re.Match[str]) -> str:
    """RFC 822 comments (`GMT+0000 (Coordinated Universal Time)`) go where a time is before them, unless they say
    something that is read here: a zone, a weekday."""
    inner = found.group(1).strip()
    told = when_zones.named(inner) or inner in WEEKDAYS or inner in NOISE or ":" not in found.string[: found.start()]
    return f" {inner} " if told else " "


def _next(text: str, place: int, parts: list[Part], given: str) -> tuple[Part | None, int] | None:
    last = parts[-1].code if parts else ""
    if text[place] in "+-" and (found := when_zones.OFFSET.match(text, place)) and _may_be_offset(text, place, last):
        zone = when_zones.offset(found)
        return Part("o" if zone else "u", zone), found.end()
    if text[place] in "-/.":
        return Part(text[place], None), place + 1
    if text[place].isdigit() or text[place] == "t":
        for pattern in _TIMES[: None if any(part.code == "y" for part in parts) else -1]:
            if found := pattern.match(text, place):
                return _time(found)
    if found := _NUMBER.match(text, place):
        return _number(found)
    if found := _WEEK.match(text, place):
        return Part("x", found.group(1)), found.end()
    if found := _HALF.match(text, place):
        return Part("a", "a" if (found.group(1) or found.group(2)) in "aо" else "p"), found.end()
    if (found := when_zones.PLACE.match(text, place)) and (zone := when_zones.placed(found.group())):
        return Part("z", zone), found.end()
    found = _WORD.match(text, place)
    return _word(found, last, given) if found else None


def _may_be_offset(text: str, place: int, last: str) -> bool:
    """A number with a sign is a zone after a time or a zone name (`GMT+8`), and at the very end after a blank or as
    `+08:00` (a day with a zone). Anywhere else `-01` is a month."""
    if last in ("t", "a", "z", "o"):
        return True
    ends = re.fullmatch(r"[+-][0-9]{2}:?[0-9]{2}", text[place:])
    return bool(ends) and (text[place] == "+" or text[place - 1] == " " or text[place + 3] == ":")


def _time(found: re.Match[str]) -> tuple[Part, int] | None:
    hour, minute, second = (int(found.group(i) or 0) for i in (1, 2, 3))
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    micro = int((found.group(4) or "0").ljust(6, "0")[:6])
    return Part("t", (hour, minute, min(second, 59), micro)), found.end()  # a leap second is told as the 59th


def _number(found: re.Match[str]) -> tuple[Part, int] | None:
    digits = found.group(1)
    code = "k" if len(digits) == 3 and digits[0] == "0" else _NUMBER_CODES.get(len(digits))
    return (Part(code, digits), found.end()) if code else None


def _word(found: re.Match[str], last: str, given: str) -> tuple[Part | None, int] | None:
    word = found.group(1)
    after_time = last in ("t", "a", "z", "o")
    if after_time and (zone := when_zones.named(word)):
        return Part("z", zone), found.end(1)
    for code, names in (("m", MONTHS), ("w", WEEKDAYS), ("r", ROMAN)):
        if word in names and not (after_time and code == "r"):
            return Part(code, names[word]), found.end()
    if word in NOISE and not (word == "t" and last == "t"):
        return None, found.end()
    if zone := when_zones.named(word):
        return Part("z", zone), found.end(1)
    if after_time and word.isascii() and re.search(rf"(?<![A-Za-z]){word.upper()}(?![A-Za-z])", given):
        military = len(word) == 1 and word not in "apj"
        return (Part("z" if military else "u", None), found.end(1)) if len(word) <= 5 else None
    return None


def _tuesdays(parts: list[Part]) -> list[Part]:
    """French `mar., 01 déc.` is a Tuesday: `mar` is one where another month follows."""
    if sum(part.code == "m" for part in parts) == 2 and parts[0] == Part("m", MONTHS[TUESDAY_OR_MARCH]):
        return [Part("w", WEEKDAYS["mardi"]), *parts[1:]]
    return parts
