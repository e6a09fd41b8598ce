"""What a feed says of each headline and article: real dates, an id that never changes, a plain word on the date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain

from app.i18n import Translator
from app.model.day import ULAANBAATAR, day_start
from app.model.filters import TimelineFilter
from app.model.headline import Article, Honesty
from app.model.listing import ListedDay
from app.model.outlet import OutletName
from app.model.timeline import Day, HeadlineRow, LanguageColumn, Telling
from app.timeline.links import Links
from app.timeline.telling import computed

TAG_YEAR = 2026
"""The year in every id (RFC 4151 wants a day on which the authority's name was its owner's); it never changes."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A chain of day files (RFC 5005, section 4), as absolute addresses without their format: `current` is the list
    that one subscribes to, `previous` and `next` are the finished days before and after. `closed`: this document is a
    link of the chain, a day that is over; neither its head nor a day that is still being written."""

    current: str
    previous: str | None
    next: str | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Output:
    """A list as a file. `page` is the path and query of the page that shows it, `own` that of the file; `origin` the
    scheme and host before both. `authority` is the name in the ids of entries, `hub` the WebSub hub, empty without one.
    `day` is set where the list is of one day. `narrowed`: not everything of these days is in it. `fallback` (aware) is
    when a list without entries was last changed."""

    t: Translator
    links: Links
    origin: str
    title: str
    page: str
    own: str
    days: Iterable[ListedDay]
    fallback: datetime
    authority: str
    hub: str = ""
    archive: Archive | None = None
    day: date | None = None
    narrowed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `url` is where it leads: the outlet's own page where its address is known, else ours; `page` is always
    ours. `published` and `updated` are aware; a date-only headline is dated at its day's start in Ulaanbaatar, and
    `note` says so. `told` is who else tells its event, `story` then that story's page. `language` is a BCP 47 tag, of
    the title. The microseconds of `updated` are the entry's own: what
    came in together was changed at the same instant, and readers that go by it (RFC 4287, section 4.2.15) want to tell
    entries apart."""

    id: str
    title: str
    language: str
    url: str
    page: str
    outlet: OutletName
    published: datetime
    updated: datetime
    note: str
    honesty: Honesty
    listed: date
    rank: int | None = None
    paragraphs: tuple[str, ...] = ()
    told: Telling | None = None
    story: str = ""


def entries(output: Output) -> Iterator[Entry]:
    """Every entry in the order of the page: days, newest first; in a day the columns; then its articles. A headline
    that two days list stands where it comes first: in a feed an id is there once."""
    seen: set[str] = set()
    for entry in _all(output):
        if entry.id not in seen:
            seen.add(entry.id)
            yield entry


def rows(output: Output, day: Day) -> Iterator[tuple[str, int | None, HeadlineRow]]:
    """A day's headlines in the order of the page: in a list column by column, on the page of a day the digests of all
    columns before the rest. Each with its column's language and its place in the digest, None outside it."""
    if output.day is None:
        for column in day.columns:
            yield from chain(_printed(column), _others(column))
        return
    shown = computed(day).columns
    for printed, column in zip(day.columns, shown, strict=True):
        yield from _printed(printed) if printed.digest else ((column.language, None, row) for row in _unranked(column))
    yield from chain.from_iterable(map(_others, shown))


Placed = tuple[str, int | None, HeadlineRow]


def _printed(column: LanguageColumn) -> Iterator[Placed]:
    return ((column.language, position, row) for position, row in enumerate(column.digest, 1))


def _others(column: LanguageColumn) -> Iterator[Placed]:
    return ((column.language, None, row) for row in column.others)


def _unranked(column: LanguageColumn) -> Iterator[HeadlineRow]:
    """The beginning of a day without a printed digest, as its page orders it: the numbers there are nobody's."""
    return (replace(row, rank=None) for row in column.digest)


def _all(output: Output) -> Iterator[Entry]:
    for listed in output.days:
        for _, _, row in rows(output, listed.day):
            yield _headline(output, row, listed.day.day)
        for article, outlet in listed.articles:
            yield _article(output, article, outlet, listed.day.day)


def _headline(output: Output, row: HeadlineRow, listed: date) -> Entry:
    page = output.origin + output.links.headline(row.id)
    published = row.published_at or day_start(row.day).astimezone(ULAANBAATAR)
    return Entry(
        id=tag(output.authority, f"headline/{row.id}"),
        title=row.title,
        language=row.language,
        url=row.url or page,
        page=page,
        outlet=row.outlet,
        published=published,
        updated=_apart(row.updated_at or published, row.id),
        note=note(output.t, row.honesty, row.outlet),
        honesty=row.honesty,
        listed=listed,
        rank=row.rank,
        told=row.told,
        story=output.origin + output.links.story(row.told.story) if row.told else "",
    )


def _article(output: Output, article: Article, outlet: OutletName, listed: date) -> Entry:
    page = output.origin + output.links.article(article.slug)
    published = day_start(article.published_on).astimezone(ULAANBAATAR)
    return Entry(
        id=tag(output.authority, f"analysis/{article.key.hex()}"),
        title=article.title,
        language=article.language,
        url=page,
        page=page,
        outlet=outlet,
        published=published,
        updated=_apart(published, int.from_bytes(article.key[:4])),
        note=note(output.t, Honesty.DATE_ONLY, outlet),
        honesty=Honesty.DATE_ONLY,
        listed=listed,
        paragraphs=article.paragraphs,
    )


def _apart(instant: datetime, number: int) -> datetime:
    return instant.replace(microsecond=number % 1_000_000)


_NOTES = {
    Honesty.DECLARED: "feed.declared",
    Honesty.ZONE_ASSUMED: "feed.zone-assumed",
    Honesty.DATE_ONLY: "feed.date-only",
    Honesty.FIRST_SEEN: "feed.first-seen",
}


def tag(authority: str, what: str) -> str:
    """An id (RFC 4151): `tag:ortoo.mn,2026:headline/17`."""
    return f"tag:{authority},{TAG_YEAR}:{what}"


def note(t: Translator, honesty: Honesty, outlet: OutletName) -> str:
    """The outlet, and how far its date can be trusted, in words of the edition."""
    return t.text(_NOTES[honesty], outlet=outlet.name(t.ui))


COVERAGES = {"both": "coverage.both", "mn": "coverage.mn", "en": "coverage.en"}
"""What a coverage is called."""


def described(f: TimelineFilter, t: Translator) -> list[str]:
    """What a filter narrows a list to, in words for its title."""
    told = [t.language_title(code) for code in f.languages] + list(f.outlets)
    if f.text:
        told.append(t.text("feed.words", words=f.text))
    if f.coverage:
        told.append(t.text(COVERAGES[f.coverage]))
    if f.since or f.until:
        told.append("/".join(day.isoformat() if day else ".." for day in (f.since, f.until)))
    return told


def latest(found: Iterable[Entry], fallback: datetime) -> datetime:
    """When anything in a feed last changed."""
    return max((entry.updated for entry in found), default=fallback)


def rfc3339(instant: datetime, timespec: str = "seconds") -> str:
    """`2026-01-15T05:53:00Z`; an instant of another zone keeps its offset."""
    text = instant.isoformat(timespec=timespec)
    return text.replace("+00:00", "Z") if instant.tzinfo is UTC else text
