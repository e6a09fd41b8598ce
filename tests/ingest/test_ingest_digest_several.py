"""Texts with several digests in them, or with parts that name their day."""

from app.ingest.formats.digest import parse_text
from app.model.headline import RawItem


def items(text: str) -> list[RawItem]:
    found = list(parse_text(text))
    assert all(isinstance(one, RawItem) for one in found), found
    return [one for one in found if isinstance(one, RawItem)]


def test_several_digests_in_one_text_each_have_their_day() -> None:
    def digest(day: int) -> str:
        english = "\n".join(f"{n} STORY {n} OF {day} WWW.X.MN PUBLISHED:2026/01/{day}" for n in (1, 2, 3))
        return f"{english}\nМЭДЭЭ {day} WWW.X.MN НИЙТЭЛСЭН:2026/01/{day}\n"

    found = items(digest(14) + digest(15))
    assert [(i.digest_day, i.marker, i.rank, i.position) for i in found] == [
        (f"2026-01-{day}", language, rank, position)
        for day in (14, 15)
        for language, rank, position in [("en", 1, 1), ("en", 2, 2), ("en", 3, 3), ("mn", None, 1)]
    ]


def test_several_digests_that_begin_in_mongolian() -> None:
    def digest(day: int) -> str:
        mongolian = f"МЭДЭЭ {day} WWW.X.MN НИЙТЭЛСЭН:2026/01/{day}\nБАС {day} WWW.X.MN НИЙТЭЛСЭН:2026/01/{day}\n"
        return mongolian + "\n".join(f"{n} STORY OF {day} WWW.X.MN PUBLISHED:2026/01/{day}" for n in (1, 2)) + "\n"

    found = items(digest(14) + digest(15))
    assert [(i.digest_day, i.marker, i.position) for i in found] == [
        (f"2026-01-{day}", language, position)
        for day in (14, 15)
        for language, position in [("mn", 1), ("mn", 2), ("en", 1), ("en", 2)]
    ]


def test_several_lists_of_one_day_follow_each_other() -> None:
    text = "\n".join(f"{n} STORY {s}{n} WWW.X.MN PUBLISHED:2026/01/15" for s in "AB" for n in (1, 2))
    assert [(i.rank, i.position) for i in items(text)] == [(1, 1), (2, 2), (1, 3), (2, 4)]


def test_parts_that_name_their_day() -> None:
    text = (
        "== DIGEST 2026-01-16 ==\n\n3 LATE WWW.X.MN PUBLISHED:2026/01/15\n9 UNDATED WWW.X.MN PUBLISHED:\n\n"
        "== HEADLINES 2026-01-15 ==\n\n75 COUNTRIES WWW.X.MN PUBLISHED:2026/01/15\nМЭДЭЭ WWW.X.MN НИЙТЭЛСЭН:\n"
    )
    late, undated, other, mongolian = items(text)
    assert [(i.rank, i.digest_day) for i in (late, undated)] == [(3, "2026-01-16"), (9, "2026-01-16")]
    assert (undated.title, undated.published) == ("UNDATED", None)
    assert (other.title, other.language, other.marker, other.digest_day) == ("75 COUNTRIES", "en", None, None)
    assert (mongolian.language, mongolian.published, mongolian.position) == ("mn", None, None)
