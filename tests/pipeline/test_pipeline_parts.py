"""Cutting a stream into batches without cutting a digest."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.model.headline import DigestPlace, Headline, RawItem, Reason
from app.pipeline import parts as module
from app.pipeline.parts import Item, Part, Result, parts
from tests.builders import DAY, article, headline

RAW = RawItem("raw", raw=b"raw")


def placed(position: int, day: date = DAY, language: str = "mn", rank: int | None = None) -> Headline:
    return headline(f"{language} {position} of {day}", place=DigestPlace(day, language, position, rank))


def cut(*results: Result, whole: bool = False, size: int = 3) -> list[Part]:
    stream: Iterator[tuple[Item, Result]] = ((RAW, result) for result in results)
    return list(parts(stream, whole=whole, size=size))


def positions(part: Part) -> list[int]:
    return [h.draft.place.position for h in part.headlines if h.draft.place]


def test_parts_have_their_size() -> None:
    assert [len(part) for part in cut(*(headline(str(n)) for n in range(7)))] == [3, 3, 1]


def test_nothing_gives_no_part() -> None:
    assert cut() == []


def test_a_whole_is_never_cut() -> None:
    found = cut(*(headline(str(n)) for n in range(7)), *(placed(n) for n in range(1, 9)), whole=True)
    assert [len(part) for part in found] == [15]


def test_a_digest_strewn_over_the_stream_stays_together() -> None:
    stream: list[Result] = []
    for n in range(1, 6):
        stream += [placed(n), *(headline(f"{n} {m}") for m in range(4)), article(f"Article {n}")]
    found = cut(*stream)
    assert sum(len(part) for part in found) == len(stream)
    with_places = [part for part in found if positions(part)]
    assert [positions(part) for part in with_places] == [[1, 2, 3, 4, 5]]
    assert len(with_places[0].articles) == 5


def test_unnumbered_columns_are_counted_without_gaps() -> None:
    (part,) = cut(placed(7), placed(2), placed(5), placed(9, language="en", rank=9), whole=True)
    assert positions(part) == [3, 1, 2, 9]


def test_only_so_many_days_are_held_back() -> None:
    days = [DAY + timedelta(days=n) for n in range(module.OPEN_DAYS + 1)]
    found = cut(*(placed(1, day) for day in days), placed(2, days[0]), placed(2, days[-1]), size=1000)
    results = [*found[0].headlines, *found[0].rejections]
    assert len(results) == len(days) + 2
    (late,) = found[0].rejections
    assert (late.reason, late.raw) == (Reason.UNPLACED, b"raw")
    assert str(days[0]) in late.detail


def test_a_column_has_an_end() -> None:
    found = cut(*(placed(n) for n in range(1, module.MAX_COLUMN + 3)), size=10_000)
    assert (len(found[0].headlines), len(found[0].rejections)) == (module.MAX_COLUMN, 2)
