"""What holds for every date: each form reads back, nothing raises, and what is ambiguous is never guessed."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from app.model.day import FIRST_DAY, ULAANBAATAR, day_of
from app.model.headline import Honesty
from app.normalise.when import AHEAD, LONGEST, When, parse

NOW = datetime(2026, 4, 20, 4, 0, tzinfo=UTC)  # Monday noon in Ulaanbaatar


def read(text: str) -> When | None:
    return parse(text, now=NOW, zone=ULAANBAATAR)


FIRST, LAST = datetime.fromisoformat("1990-01-02"), datetime.fromisoformat("2026-04-20")
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
DAYS = st.dates(FIRST_DAY, date(2026, 4, 20))
OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda quarter: timezone(timedelta(minutes=15 * quarter)))
DATE_WORDS = st.sampled_from(
    ("2026", "оны", "он", "1-р", "сарын", "сар", "15", "15-ны", "өдөр", "дүгээр", "дугаар", "IV", "/", "-", ".", ":",
     ",", "14:30", "T", "Z", "+08:00", "GMT", "PM", "Feb", "11", "пүрэв", "цагийн", "өмнө", "өчигдөр", "өнөөдөр", "ago",
     "hours", "年", "月", "日", "(", ")", "20260211", "1770800700", "mar")
)  # fmt: skip

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ORDINAL = (
    "нэгдүгээр", "хоёрдугаар", "гуравдугаар", "дөрөвдүгээр", "тавдугаар", "зургаадугаар", "долоодугаар", "наймдугаар",
    "есдүгээр", "аравдугаар", "арван нэгдүгээр", "арван хоёрдугаар",
)  # fmt: skip
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
RUSSIAN = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря")  # fmt: skip


def day_forms(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    return [
        f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{d:02}.{m:02}.{y}", f"{y}{m:02}{d:02}",
        f"{y} оны {m}-р сарын {d}", f"{y} оны {m} дугаар сарын {d}-ны өдөр", f"{y} оны {ORDINAL[m - 1]} сарын {d}",
        f"{y} ОНЫ {ORDINAL[m - 1].upper()} САРЫН {d}", f"{y} оны {ROMAN[m - 1]} сарын {d}",
        f"{y} оны {ROMAN[m - 1]}/{d}",
        f"{d}.{ROMAN[m - 1]}.{y}", f"{y}年{m}月{d}日", f"{y}년 {m}월 {d}일", f"{d} {ENGLISH[m - 1]} {y}",
        f"{ENGLISH[m - 1][:3]} {d}, {y}", f"{d}-{ENGLISH[m - 1][:3].upper()}-{y}", f"{d} {RUSSIAN[m - 1]} {y} г.",
        f"Огноо: {y}.{m}.{d}", "{}-W{:02}-{}".format(*day.isocalendar()),
    ]  # fmt: skip


@given(
    st.text(max_size=2 * LONGEST + 5)
    | st.lists(DATE_WORDS, max_size=12).map(" ".join)
    | st.lists(DATE_WORDS).map("".join)
)
def test_every_text_is_answered(text: str) -> None:
    found = read(text)
    assert found is None or FIRST_DAY <= found.day <= day_of(NOW + AHEAD)
    if found is not None and found.instant is not None:
        assert found.instant.utcoffset() == timedelta(0)
        assert found.day == day_of(found.instant)
    assert (found is not None and found.instant is None) == (found is not None and found.honesty is Honesty.DATE_ONLY)


@given(DAYS)
def test_every_form_of_a_day_reads_back(day: date) -> None:
    assert {form: read(form) for form in day_forms(day)} == {
        form: When(None, day, Honesty.DATE_ONLY) for form in day_forms(day)
    }


@given(INSTANTS, OFFSETS)
def test_every_form_of_an_instant_reads_back(instant: datetime, offset: timezone) -> None:
    there = instant.astimezone(offset)
    forms = [
        there.isoformat(), there.isoformat(" "), there.strftime("%Y-%m-%dT%H:%M:%S %z"),
        there.strftime("%Y%m%dT%H%M%S%z"), there.strftime("%a, %d %b %Y %H:%M:%S %z"),
        there.strftime("%d %b %Y, %I:%M:%S %p %z"),
        there.strftime("%a %b %d %H:%M:%S %z %Y"), there.strftime("%A, %B %d, %Y - %I:%M:%S%p GMT%z"),
        instant.strftime("%a, %d %b %Y %H:%M:%S GMT"), instant.strftime("%Y-%m-%dT%H:%M:%SZ"),
        instant.strftime("%A, %d-%b-%y %H:%M:%S UTC"),
    ]  # fmt: skip
    if instant.timestamp() >= 10**9:
        forms += [str(int(instant.timestamp())), str(int(instant.timestamp()) * 1000)]
    expected = When(instant, day_of(instant), Honesty.DECLARED)
    assert {form: read(form) for form in forms} == dict.fromkeys(forms, expected)


@given(INSTANTS)
def test_a_clock_time_is_ulaanbaatars_in_summer_time_years_too(instant: datetime) -> None:
    there = instant.astimezone(ULAANBAATAR).replace(second=0, microsecond=0)
    expected = there.replace(fold=0).astimezone(UTC)  # the hour that comes twice is told as its first
    for form in ("%Y.%m.%d %H:%M", "%H:%M %d.%m.%Y", "%Y оны %m-р сарын %d, %H:%M", "%B %d, %Y %I:%M %p"):
        found = read(there.strftime(form))
        assert found is not None
        assert (found.instant, found.honesty) == (expected, Honesty.ZONE_ASSUMED), form


@given(DAYS, st.times().map(lambda clock: clock.replace(microsecond=0)))
def test_the_common_forms_and_the_general_reading_agree(day: date, clock: object) -> None:
    for form in (f"{day}", f"{day} {clock}", f"{day}T{clock}Z", f"{day}T{clock}+0800"):
        assert read(form) == read(f"date: {form}")


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1990, 2025))
def test_day_first_or_month_first_is_never_guessed(a: int, b: int, year: int) -> None:
    found = read(f"{a:02}/{b:02}/{year}")
    assert (found is None) == (a != b)
