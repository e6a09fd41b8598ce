"""Dates that count back from now: `2 цагийн өмнө`, `3 хоногийн өмнө`, `Өчигдөр 18:44`, `2 hours ago`, `вчера`.

Seconds, minutes and hours give an instant; days and weeks give a day. Months and years ago are refused: the day that
they would name is one nobody wrote.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from app.normalise.when_shapes import Written
from app.normalise.when_words import fold

_SECOND, _MINUTE, _HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

_UNITS = (
    (_SECOND, r"секунд\w*|сек|seconds?|secs?|s"),
    (_MINUTE, r"минут\w*|мин|minutes?|mins?|minutiin|minutyn|m"),
    (_HOUR, r"цаг\w*|час|часа|часов|hours?|hrs?|tsagiin|tsagyn|h"),
    (_DAY * 7, r"долоо хоног\w*|недел[юиь]|weeks?|wks?|w"),
    (_DAY, r"хоног\w*|өдөр|өдр\w+|день|дня|дней|days?|k?honogiin|udriin|odriin|d"),
)
_UNIT = {unit: re.compile(fold(names)) for unit, names in _UNITS}

_COUNTS = {
    fold(word): number
    for number, words in enumerate(
        ("нэг an a one", "хоёр two", "гурав гурван three", "дөрөв дөрвөн four", "тав таван five", "зургаа зургаан six",
         "долоо долоон seven", "найм найман eight", "ес есөн nine", "арав арван ten"), start=1)
    for word in words.split()
}  # fmt: skip

_BEFORE = f"(?:{fold('өмнө|өмне|емне|назад|ago')}|omno|umnu|umno)"
_AGO = re.compile(
    r"(?:about |almost |over )?(?:(?P<count>[0-9]{1,3}|[a-zа-я]+?) ?)??(?P<unit>" + "|".join(fold(n) for _, n in _UNITS)
    + r") ?" + _BEFORE
)  # fmt: skip
_HALF_AGO = re.compile(fold("(?:хагас цагийн|хагас цагын)") + f" ?{_BEFORE}|half an hour ago|полчаса назад")
_HOUR_AND_MINUTES_AGO = re.compile(
    r"(?P<hours>[0-9]{1,2}) ?(?:" + fold("цаг|час|часа|часов") + r"|hours?|hrs?|h),? ?(?:and )?"
    r"(?P<minutes>[0-9]{1,2}) ?(?:" + fold(r"минут\w*|мин") + r"|minutes?|mins?|m) ?" + _BEFORE
)  # fmt: skip
_HOUR_AND_A_HALF = re.compile(rf"(?:(?P<hours>[0-9]{{1,2}}) )?{fold('цаг хагасын')} ?{_BEFORE}")

_JUST_NOW = frozenset(
    fold(words)
    for words in ("дөнгөж сая", "дөнгөж саяхан", "сая", "саяхан", "хэдхэн секундын өмнө", "хэдхэн минутын өмнө",
                  "хэдэн секундын өмнө", "хэдэн минутын өмнө", "одоо",
                  "яг одоо", "just now", "now", "moments ago", "a moment ago", "a few seconds ago", "только что")
)  # fmt: skip

_DAYS_BACK = {
    fold(word): number
    for number, words in enumerate(
        (
            "өнөөдөр өнөдөр өнеедер енеедер унеедер унуудур today сегодня onoodor unuudur",
            "өчигдөр ечигдер ончигдөр yesterday вчера ochigdor ouchigdor uchigdur uchigdor ochigdur",
            "уржигдар урьжигдар унжигдар позавчера urjigdar",
        )
    )
    for word in words.split()
}
_THIS_MORNING = re.compile(fold("өнөө(?= ?өглөө| ?орой)"))
_NAMED_DAY = re.compile(rf"({'|'.join(_DAYS_BACK)})(?![^\W\d_])[\s,.-]*(?:at |в )?")

_LAST = re.compile(fold("өнгөрсөн") + r" ([а-я]+)(?: гараг(?:т|ийн)?| гариг(?:т|ийн)?)?(?![^\W\d_])[\s,-]*")
_MONGOLIAN_WEEK = tuple(fold(name) for name in ("даваа", "мягмар", "лхагва", "пүрэв", "баасан", "бямба", "ням"))

_CLOCK = re.compile(
    r"(?:(?P<part>" + fold("өглөө|өглөөний|орой|оройн") + r") ?)?(?P<hour>[01]?[0-9]|2[0-3])"
    r"(?:[:.](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?: ?(?P<half>[ap])\.?m\.?)?(?: ?цаг(?:т)?)?"
    r"| ?цаг(?:т|ийн)?(?: ?(?P<spelled>[0-5]?[0-9]) ?мин(?:ут)?(?:анд|ад|ын)?)?)"
)
_PARTS_OF_DAY = {fold(word): half for word, half in (("өглөө", "a"), ("өглөөний", "a"), ("орой", "p"), ("оройн", "p"))}


def relative(text: str, *, now: datetime, zone: tzinfo) -> datetime | Written | None:
    """What a folded text says relative to `now`: an aware UTC instant; or a day in `zone`, with the clock time if one
    was written beside it; or None when the text is no such expression."""
    if text in _JUST_NOW:
        return now.astimezone(UTC)
    if (hours := _hours_back(text)) is not None:
        return now.astimezone(UTC) - hours
    if found := _AGO.fullmatch(text):
        return _ago(found, now, zone)
    today = now.astimezone(zone).date()
    if found := _THIS_MORNING.match(text):
        return _with_clock(today, text[found.end() :].strip(" ,-"))
    if found := _NAMED_DAY.match(text):
        return _with_clock(today - _DAY * _DAYS_BACK[found.group(1)], text[found.end() :])
    if (found := _LAST.match(text)) and found.group(1) in _MONGOLIAN_WEEK:
        back = (today.weekday() - _MONGOLIAN_WEEK.index(found.group(1))) % 7 or 7
        return _with_clock(today - _DAY * back, text[found.end() :])
    return None


def _hours_back(text: str) -> timedelta | None:
    """`хагас цагийн өмнө`, `1 цаг 20 минутын өмнө`, `цаг хагасын өмнө`."""
    if _HALF_AGO.fullmatch(text):
        return _MINUTE * 30
    if found := _HOUR_AND_MINUTES_AGO.fullmatch(text):
        return _HOUR * int(found.group("hours")) + _MINUTE * int(found.group("minutes"))
    if found := _HOUR_AND_A_HALF.fullmatch(text):
        return _HOUR * int(found.group("hours") or 1) + _MINUTE * 30
    return None


def _ago(found: re.Match[str], now: datetime, zone: tzinfo) -> datetime | Written | None:
    count = _count(found.group("count"))
    if count is None:
        return None
    unit = next(unit for unit, names in _UNIT.items() if names.fullmatch(found.group("unit")))
    before = now.astimezone(UTC) - unit * count
    return before if unit < _DAY else Written(before.astimezone(zone).date())


def _count(word: str | None) -> int | None:
    if word is None:
        return 1  # `час назад`, `цагийн өмнө`: one
    return int(word) if word.isdigit() else _COUNTS.get(word)


def _with_clock(day: date, rest: str) -> Written | None:
    if not rest or rest in _PARTS_OF_DAY:
        return Written(day)
    found = _CLOCK.fullmatch(rest)
    if found is None:
        return None
    hour, second = int(found["hour"]), int(found["second"] or 0)
    minute = int(found["minute"] or found["spelled"] or 0)
    half = found["half"] or (_PARTS_OF_DAY.get(found["part"] or "") if hour <= 12 else None)
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Written(day, (hour, minute, second, 0))
