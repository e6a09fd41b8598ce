"""What a page shows: days of two language columns of rows. Grouped and ordered in `app.timeline`; templates loop."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.model.filters import TimelineFilter
from app.model.headline import Article, Honesty
from app.model.outlet import OutletName


@dataclass(frozen=True, slots=True)
class Telling:
    """Who else tells the event of a headline: the story's number, how many headlines and outlets tell it (this one
    included). `language` is the other language if it is told there, else empty; `partner` then the number of the first
    headline there, and `partner_rank` its number in the same day's digest, None where that list does not show it so."""

    story: int
    headlines: int
    outlets: int
    language: str = ""
    partner: int | None = None
    partner_rank: int | None = None


@dataclass(frozen=True, slots=True)
class HeadlineRow:
    """One headline as a list shows it. `day` is its own day; `rank` the number beside it in the digest of the day under
    which it is listed: the one printed there, else its position (1…); None outside a digest. `host` is the outlet's
    host as printed (lower case, without `www.`). `updated_at` (aware UTC) is when its title, address, day or place last
    changed, None where nobody asked the store; `told` likewise, and None where nobody else tells its event."""

    id: int
    title: str
    url: str | None
    language: str
    day: date
    published_at: datetime | None
    honesty: Honesty
    outlet: OutletName
    rank: int | None = None
    host: str = ""
    updated_at: datetime | None = None
    told: Telling | None = None

    def __hash__(self) -> int:
        """Rows are looked up by the hundred for each page; those of one number are told apart by comparing them."""
        return self.id


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A headline under one of the days that list it: its own, and each day whose digest carries it (see
    `app.store.counts`). `language` is the column; `position` the place in that day's digest from 1, None outside it."""

    day: date
    language: str
    position: int | None
    row: HeadlineRow


@dataclass(frozen=True, slots=True)
class LanguageColumn:
    """One language's headlines of a day: the digest in its order, then the other headlines, newest first.
    `total` counts all that match, also those cut off by a page's limit."""

    language: str
    digest: tuple[HeadlineRow, ...]
    others: tuple[HeadlineRow, ...]
    total: int

    @property
    def hidden(self) -> int:
        """How many match but are not in this column."""
        return self.total - len(self.digest) - len(self.others)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with something to show."""

    day: date
    columns: tuple[LanguageColumn, ...]

    @property
    def total(self) -> int:
        return sum(column.total for column in self.columns)


@dataclass(frozen=True, slots=True)
class OutletCount:
    """How many headlines of an outlet match the filter, its outlets left aside."""

    outlet: OutletName
    n: int
    chosen: bool = False

    def __hash__(self) -> int:
        """Rendered lists of outlets are kept by these; like ones are told apart by comparing them."""
        return hash((self.outlet.domain, self.n))


@dataclass(frozen=True, slots=True)
class LanguageShare:
    """What an outlet printed in one language: `n` headlines, listed under days from `first` to `last`."""

    language: str
    n: int
    first: date
    last: date


class Found(NamedTuple):
    """How many headlines with the words of a search are listed under a day, in a column, from an outlet (a domain). A
    search page adds up a thousand of them, so they are plain tuples."""

    day: date
    language: str
    outlet: str
    n: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A list of days, newest first. `older` is the newest day that follows below this page, None at the end."""

    filter: TimelineFilter
    days: tuple[Day, ...]
    older: date | None
    outlets: tuple[OutletCount, ...]
    revision: int

    @property
    def total(self) -> int:
        return sum(day.total for day in self.days)


@dataclass(frozen=True, slots=True)
class DayView:
    """Everything on a day's page. `month` maps the days of its calendar month to their number of headlines;
    `previous` and `next` are the nearest days that have any."""

    day: Day
    filter: TimelineFilter
    articles: tuple[Article, ...]
    outlets: tuple[OutletCount, ...]
    month: Mapping[date, int]
    previous: date | None
    next: date | None
    revision: int


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered page or file. `revision` is the store's revision that it shows."""

    body: bytes
    media_type: str
    revision: int
