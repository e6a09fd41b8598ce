"""Cutting a stream of results into batches. A batch says the whole of each digest column that it touches, so the
entries of a column are held together, however they are strewn over the stream."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.model.headline import Article, DigestPlace, Headline, RawArticle, RawItem, Reason, Rejection

Item = RawItem | RawArticle | Rejection
Result = Headline | Article | Rejection

SIZE = 4_000
"""Items of a batch: enough that a transaction's own cost does not count (keys fall all over their indexes, so that each
one writes most of their pages anew), few enough that another writer waits a third of a second."""

OPEN_DAYS = 31
"""Digest days whose entries are held back at once. Later entries of a day that has been handed on are rejected."""

MAX_COLUMN = 1_000
"""Entries of one day's digest; real ones have some twenty."""


@dataclass(slots=True)
class Part:
    """What goes to the store in one transaction."""

    headlines: list[Headline] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def add(self, result: Result) -> None:
        """Put a result where it belongs."""
        if isinstance(result, Headline):
            self.headlines.append(result)
        elif isinstance(result, Article):
            self.articles.append(result)
        else:
            self.rejections.append(result)

    def __len__(self) -> int:
        return len(self.headlines) + len(self.articles) + len(self.rejections)


def parts(results: Iterable[tuple[Item, Result]], *, whole: bool, size: int = SIZE) -> Iterator[Part]:
    """The results in parts of about `size`, or (`whole`) in one."""
    now, n = Part(), 0
    held: OrderedDict[date, Part] = OrderedDict()
    done: set[date] = set()
    for item, result in results:
        day = _digest_day(result)
        if day is None or day in done or (not whole and len(held.get(day, ())) >= MAX_COLUMN):
            now.add(result if day is None else _late(item, day))
            n += 1
        else:
            held.setdefault(day, Part()).add(result)
            held.move_to_end(day)
        if not whole and len(held) > OPEN_DAYS:
            first, part = held.popitem(last=False)
            done.add(first)
            _join(now, part)
            n = len(now)
        if n >= size and not whole:
            yield now
            now, n = Part(), 0
    for part in held.values():
        _join(now, part)
        if not whole and len(now) >= size:
            yield now
            now = Part()
    if len(now):
        yield now


def _digest_day(result: Result) -> date | None:
    if isinstance(result, Headline):
        return result.draft.place.day if result.draft.place else None
    return result.digest_day if isinstance(result, Article) else None


def _join(part: Part, digest: Part) -> None:
    """Add a day's digest."""
    for headline in counted(digest.headlines):
        part.add(headline)
    for article in digest.articles:
        part.add(article)


def counted(headlines: Sequence[Headline]) -> list[Headline]:
    """The headlines in the same order; unnumbered columns of digests counted 1, 2, 3 … in their order: an entry that
    was rejected leaves no gap in what is shown as a count."""
    columns: dict[tuple[date, str], list[DigestPlace]] = {}
    for headline in headlines:
        if (place := headline.draft.place) is not None:
            columns.setdefault((place.day, place.language), []).append(place)
    numbered = {
        place: replace(place, position=n)
        for places in columns.values()
        if all(place.rank is None for place in places)
        for n, place in enumerate(sorted(places, key=lambda p: p.position), 1)
    }
    return [_at(headline, numbered) for headline in headlines]


def _at(headline: Headline, numbered: Mapping[DigestPlace, DigestPlace]) -> Headline:
    place = headline.draft.place
    new = numbered.get(place, place) if place else None
    return headline if new == place else replace(headline, draft=replace(headline.draft, place=new))


def _late(item: Item, day: date) -> Rejection:
    return Rejection(
        item.raw,
        Reason.UNPLACED,
        f"The digest of {day} is not together in this file, or has over {MAX_COLUMN:,} entries: sort it by day.",
    )
