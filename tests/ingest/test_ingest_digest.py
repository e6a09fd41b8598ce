"""The digest: what real ones look like, and what editors and their mail programs do to them."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import app
from app.ingest.formats.digest import parse_text
from app.model.headline import RawArticle, RawItem, Reason, Rejection

CASES = Path(__file__).parents[1] / "cases" / "digests"
SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
TEXTS = {path.name.removesuffix(".expected.json"): path for path in sorted(CASES.glob("*.expected.json"))}


def text_of(name: str) -> str:
    path = SAMPLE if name == SAMPLE.stem else CASES / f"{name}.txt"
    return path.read_text("utf-8")


def told(items: list[Any]) -> list[dict[str, Any]]:
    """The entries in the form of the expected files."""
    return [
        {
            "language": item.marker,
            "rank": item.rank,
            "title": item.title,
            "outlet": (item.outlet or "").lower().removeprefix("www."),
            "published": (item.published or "").replace("/", "-"),
        }
        for item in items
        if isinstance(item, RawItem)
    ]


def parsed(text: str, **known: Any) -> list[Any]:
    return list(parse_text(text, **known))


def items(text: str, **known: Any) -> list[RawItem]:
    found = parsed(text, **known)
    assert all(isinstance(one, RawItem) for one in found), found
    return found


def titles(text: str) -> list[tuple[int | None, str]]:
    return [(item.rank, item.title) for item in items(text)]


@pytest.mark.parametrize("name", TEXTS)
def test_digests_give_what_they_say(name: str) -> None:
    expected = json.loads(TEXTS[name].read_text("utf-8"))
    assert told(parsed(text_of(name))) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_in_a_good_digest_is_rejected(name: str) -> None:
    assert not [item for item in parsed(text_of(name)) if isinstance(item, Rejection)]


@pytest.mark.parametrize(
    ("name", "day"),
    [("2024-12-19-shape", "2024-12-20"), ("2025-09-16-shape", "2025-09-17"), ("2026-01-15", "2026-01-15")],
)
def test_the_day_of_a_digest_is_its_newest_date(name: str, day: str) -> None:
    assert {item.digest_day for item in parsed(text_of(name))} == {day}


def test_a_day_that_is_given_beats_the_dates() -> None:
    found = parsed(text_of("2026-01-15"), day=date(2026, 1, 16))
    assert {item.digest_day for item in found} == {"2026-01-16"}


def test_places_count_from_one_in_each_column() -> None:
    found = items(text_of("2024-12-19-shape"))
    assert [i.position for i in found if i.marker == "en"] == list(range(1, 11))
    assert [i.position for i in found if i.marker == "mn"] == list(range(1, 6))


def test_the_article_of_the_sample() -> None:
    (article,) = (item for item in parsed(text_of("2026-01-15")) if isinstance(item, RawArticle))
    assert article.title == "Yongusil 100: Mongolia and the Korean Security Crisis"
    assert (article.outlet, article.published, article.position) == ("www.sinonk.com", "2020-06-30", 1)
    assert [p[:22] for p in article.paragraphs] == [
        "For Mongolia, the Kore",
        "A degree of diplomatic",
        "To be sure, the simple",
        "Therefore, the Korean ",
        "The deciding factor in",
    ]
    assert article.paragraphs[-1].endswith("Ulaanbaatar is to maintain its relevance.")


# What a mail program, an editor or a web page may do to the text without changing what it says.
HARMLESS: dict[str, Callable[[str], str]] = {
    "windows line ends": lambda t: t.replace("\n", "\r\n"),
    "old mac line ends": lambda t: t.replace("\n", "\r"),
    "one entry a line": lambda t: re.sub(r"(\d{4}/\d\d/\d\d)[ \xa0]+", r"\1\n", t),
    "a blank line between entries": lambda t: re.sub(r"(\d{4}/\d\d/\d\d)[ \xa0]+", r"\1\n\n", t),
    "one blank between entries": lambda t: re.sub(r"(\d{4}/\d\d/\d\d)[ \xa0]+", r"\1 ", t),
    "nothing between entries": lambda t: re.sub(r"(НИЙТЭЛСЭН:\d{4}/\d\d/\d\d)[ \xa0]+", r"\1", t),
    "no-break spaces between entries": lambda t: re.sub(r"(\d{4}/\d\d/\d\d) +", "\\1\xa0\xa0 \xa0", t),
    "every blank a line break": lambda t: re.sub(r"(?<=[A-ZА-ЯӨҮ]) (?=\S)", "\n", t),
    "tabs for blanks": lambda t: re.sub(r"(?<=[A-ZА-ЯӨҮ]) (?=\S)", "\t", t),
    "small markers": lambda t: t.replace("PUBLISHED:", "published:").replace("НИЙТЭЛСЭН:", "Нийтэлсэн:"),
    "small hosts": lambda t: re.sub(r"WWW\.[A-Z.\-]+(?=\s+(?:PUBL|НИЙТ))", lambda m: m[0].lower(), t),
    "blanks around the colon": lambda t: re.sub(r"(PUBLISHED|НИЙТЭЛСЭН):", r"\1 : ", t),
    "no blank before the marker": lambda t: re.sub(r"\s+(PUBLISHED|НИЙТЭЛСЭН):", r"\1:", t),
    "a line break before the marker": lambda t: re.sub(r"[ \xa0]+(PUBLISHED|НИЙТЭЛСЭН):", r"\n\1:", t),
    "a scheme before the host": lambda t: re.sub(r"(WWW\.[A-Z.\-]+/?)(?=\s+(?:PUBL|НИЙТ))", r"http://\1", t),
    "a slash after the host": lambda t: re.sub(r"(WWW\.[A-Z.\-]+)(?=\s+(?:PUBL|НИЙТ))", r"\1/", t),
    "dots in dates": lambda t: re.sub(r":(\d{4})/(\d\d)/(\d\d)", r":\1.\2.\3", t),
    "й in two code points": lambda t: t.replace("НИЙТЭЛСЭН", "НИИ\u0306ТЭЛСЭН"),
    "a dot after the rank": lambda t: re.sub(r"(^|(?<=\d)[ \xa0]+)(\d\d?) (?=[A-Z0-9“B])", r"\1\2. ", t, count=1),
    "blank lines around": lambda t: f"\n\n  {t}  \n\n",
}


@pytest.mark.parametrize("change", HARMLESS)
@pytest.mark.parametrize("name", ["2024-12-19-shape", "2025-09-16-shape"])
def test_harmless_changes_change_nothing(name: str, change: str) -> None:
    before = text_of(name)
    after = HARMLESS[change](before)
    assert after != before
    expected = [{**e, "published": e["published"].replace(".", "-")} for e in told(items(before))]
    found = [{**e, "published": e["published"].replace(".", "-").lstrip()} for e in told(items(after))]
    assert [{**e, "outlet": e["outlet"].removeprefix("http://www.")} for e in found] == expected


def test_the_two_languages_may_be_mixed() -> None:
    text = text_of("2024-12-19-shape")
    entries = [m[0].strip() for m in re.finditer(r".+?\d{4}/\d\d/\d\d", text)]
    english, mongolian = entries[:10], entries[10:]
    mixed = [*mongolian[:2], *english[:4], mongolian[2], *english[4:], *mongolian[3:]]
    found = told(items("\n".join(mixed)))
    expected = json.loads(TEXTS["2024-12-19-shape"].read_text("utf-8"))
    assert [e for e in found if e["language"] == "en"] == expected[:10]
    assert [e for e in found if e["language"] == "mn"] == expected[10:]


def test_mongolian_first() -> None:
    text = text_of("2024-12-19-shape")
    english, mongolian = text.split("PUBLISHED:2024/12/17")
    found = told(items(f"{mongolian}\n{english}PUBLISHED:2024/12/17"))
    assert found[5:] + found[:5] == json.loads(TEXTS["2024-12-19-shape"].read_text("utf-8"))


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        ("WWW.MONTSAME.MN", "WWW.MONTSAME.MN"),
        ("WWW.MONTSAME.MN/", "WWW.MONTSAME.MN"),
        ("https://montsame.mn/", "montsame.mn"),
        ("MONTSAME.MN", "MONTSAME.MN"),
        ("WWW.MN.USEMBASSY.GOV", "WWW.MN.USEMBASSY.GOV"),
        ("WWW.МОНГОЛ.МОН", "WWW.МОНГОЛ.МОН"),
        ("WWW.MONTSAME.MN,", "WWW.MONTSAME.MN"),
        ("WWW.MONTSAME.MN –", "WWW.MONTSAME.MN"),
        ("WWW. MONTSAME.MN", "MONTSAME.MN"),
    ],
)
def test_hosts_as_they_are_printed(printed: str, outlet: str) -> None:
    (item,) = items(f"1 RAIL LINK OPENS {printed} PUBLISHED:2026/01/15")
    assert (item.title, item.outlet) == ("RAIL LINK OPENS", outlet)


def test_a_host_stuck_to_the_title() -> None:
    (item,) = items("“УУЛ УУРХАЙ”WWW.ITOIM.MN НИЙТЭЛСЭН:2026/01/15")
    assert (item.title, item.outlet) == ("“УУЛ УУРХАЙ”", "WWW.ITOIM.MN")


def test_an_address_with_a_path_is_the_link() -> None:
    (item,) = items("1 RAIL LINK OPENS https://www.montsame.mn/en/read/1 PUBLISHED:2026/01/15")
    assert (item.link, item.outlet) == ("https://www.montsame.mn/en/read/1", "www.montsame.mn")


def test_the_last_host_is_the_outlet() -> None:
    (item,) = items("БҮРТГЭЛ WWW.D-GOV.MN САЙТАД ЭХЭЛЛЭЭ WWW.MONTSAME.MN НИЙТЭЛСЭН:2026/01/15")
    assert item.title == "БҮРТГЭЛ WWW.D-GOV.MN САЙТАД ЭХЭЛЛЭЭ"
    assert item.outlet == "WWW.MONTSAME.MN"


def test_the_marker_decides_the_column() -> None:
    (item,) = items("MONGOLIA ECONOMIC FORUM 2026 WWW.MEF.MN НИЙТЭЛСЭН:2026/01/15")
    assert (item.marker, item.rank, item.title) == ("mn", None, "MONGOLIA ECONOMIC FORUM 2026")


def test_titles_are_kept_as_given() -> None:
    given = "“ DOING  BUSINESS ” \xa0 'X\" «Ү» №5,  ₮3,014 – ..."
    (item,) = items(f"1 {given} WWW.X.MN PUBLISHED:2026/01/15")
    assert item.title == given


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("2 NO HOST AT ALL PUBLISHED:2026/01/15", Reason.NO_OUTLET),
        ("2 AN EMPTY HOST WWW. PUBLISHED:2026/01/15", Reason.NO_OUTLET),
        ("2 A DAY THAT CANNOT BE WWW.X.MN PUBLISHED:2026/02/30", Reason.BAD_DATE),
        ("2 A MONTH THAT CANNOT BE WWW.X.MN PUBLISHED:2026/13/01", Reason.BAD_DATE),
        ("2 YEAR 9999 WWW.X.MN PUBLISHED:9999", Reason.BAD_DATE),
        ("2 YEAR 9999 WWW.X.MN PUBLISHED:9999/12/31", Reason.BAD_DATE),
        ("2 YEAR 0 WWW.X.MN PUBLISHED:0000/00/00", Reason.BAD_DATE),
        ("2 TOO EARLY WWW.X.MN PUBLISHED:1899/01/01", Reason.BAD_DATE),
        ("2 NO DATE WWW.X.MN PUBLISHED:", Reason.BAD_DATE),
        ("WWW.X.MN PUBLISHED:2026/01/15", Reason.NO_TITLE),
        ("2 A NUL \0 INSIDE WWW.X.MN PUBLISHED:2026/01/15", Reason.BINARY),
        ("2 A BAD \udce9 BYTE WWW.X.MN PUBLISHED:2026/01/15", Reason.ENCODING),
    ],
)
def test_a_bad_entry_is_rejected_alone(entry: str, reason: Reason) -> None:
    text = f"1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n{entry}\n3 THIRD WWW.X.MN PUBLISHED:2026/01/14"
    first, bad, third = parsed(text, latest=date(2026, 1, 17))
    assert (first.title, third.title) == ("FIRST", "THIRD")
    assert (first.position, third.position) == (1, 3)
    assert isinstance(bad, Rejection)
    assert bad.reason is reason
    assert bad.raw.decode("utf-8", "surrogateescape") == entry
    assert bad.detail
    assert bad.format == "digest"


def test_a_rejected_mongolian_entry_leaves_no_gap() -> None:
    text = "А WWW.X.MN НИЙТЭЛСЭН:2026/01/15\nБ WWW.X.MN НИЙТЭЛСЭН:2026/02/30\nВ WWW.X.MN НИЙТЭЛСЭН:2026/01/15"
    assert [i.position for i in parsed(text) if isinstance(i, RawItem)] == [1, 2]


@pytest.mark.parametrize("text", ["МЭДЭЭНИЙ ТОЙМ", "Good morning!\n\nHere is the news."])
def test_text_around_the_entries_is_kept_as_unplaced(text: str) -> None:
    before, first, after = parsed(f"{text}\n\n1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n\n{text}")
    assert first.title == "FIRST"
    for stray in (before, after):
        assert stray.reason is Reason.UNPLACED
        assert stray.raw.decode() == text


def test_a_heading_right_above_the_first_rank_is_unplaced() -> None:
    heading, first, second = parsed(
        "MONGOLIA TODAY\n1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n2 SECOND WWW.X.MN PUBLISHED:2026/01/15"
    )
    assert heading.raw == b"MONGOLIA TODAY"
    assert [(i.rank, i.title) for i in (first, second)] == [(1, "FIRST"), (2, "SECOND")]


def test_rules_and_bullets_are_nothing() -> None:
    assert titles("-----\n\n1 FIRST WWW.X.MN PUBLISHED:2026/01/15\n\n* * *") == [(1, "FIRST")]


def test_the_word_in_running_text_is_no_marker() -> None:
    (stray,) = parsed("The book, first published: 2020/01/01, sells well.")
    assert stray.reason is Reason.UNPLACED
