"""Reading: frozen model types out of one consistent view."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.model.export import ExportRecord
from app.model.filters import TimelineFilter
from app.model.headline import Article, Rejection
from app.model.outlet import Outlet, OutletName
from app.model.timeline import HeadlineRow, ListedRow, OutletCount

Words = Sequence[str]
"""Folded query words (`app.search.folding.query_words`); each must begin a word of the title."""


class Reader:
    """One read transaction (made by `Store.reading`). Everywhere: a headline is listed under its own day and under each
    day whose digest carries it, once where these are the same; without a language filter only the two columns
    (`app.model.language.COLUMNS`) count."""

    def revision(self) -> int:
        """The revision of what this view shows."""
        raise NotImplementedError

    def days(self, f: TimelineFilter, words: Words, limit: int) -> tuple[tuple[date, int], ...]:
        """The newest `limit` days with a matching headline, newest first, with how many are listed there."""
        raise NotImplementedError

    def listed(self, f: TimelineFilter, words: Words, days: Sequence[date], per_column: int) -> tuple[ListedRow, ...]:
        """Every matching headline listed under `days` (the filter's own since/until/before left aside): newest day
        first, then by language; in a column the digest by position, then the others newest first, at most
        `per_column`."""
        raise NotImplementedError

    def column_totals(self, f: TimelineFilter, words: Words, days: Sequence[date]) -> dict[tuple[date, str], int]:
        """(day, language) -> how many matching headlines are listed there; absent means none."""
        raise NotImplementedError

    def outlet_counts(self, f: TimelineFilter, words: Words, since: date, until: date) -> tuple[OutletCount, ...]:
        """Matching headlines per outlet listed from `since` to `until` (inclusive), most first, the filter's outlets
        left aside; those it chooses are always there."""
        raise NotImplementedError

    def month_counts(self, first: date, last: date) -> dict[date, int]:
        """Day -> headlines listed in the two columns, for days from `first` to `last` that have any."""
        raise NotImplementedError

    def neighbours(self, day: date) -> tuple[date | None, date | None]:
        """The nearest earlier and later days with a headline in the two columns."""
        raise NotImplementedError

    def articles_of(self, day: date) -> tuple[Article, ...]:
        """The articles that `day`'s digest carries, in their order."""
        raise NotImplementedError

    def article(self, slug: str) -> Article:
        """One article. NotFound."""
        raise NotImplementedError

    def articles(self, limit: int) -> tuple[Article, ...]:
        """The newest articles by their own date."""
        raise NotImplementedError

    def outlets(self) -> tuple[Outlet, ...]:
        """Every outlet, by domain."""
        raise NotImplementedError

    def names(self, domains: Iterable[str]) -> dict[str, OutletName]:
        """Domain -> name, for those that the store knows."""
        raise NotImplementedError

    def headline(self, headline_id: int) -> HeadlineRow:
        """One headline. NotFound."""
        raise NotImplementedError

    def rejections(self, limit: int) -> tuple[Rejection, ...]:
        """What could not be taken in, newest first."""
        raise NotImplementedError

    def export(self, since: date | None = None, until: date | None = None, chunk: int = 1000) -> Iterator[ExportRecord]:
        """Every headline and article of the days `since` to `until` (inclusive; of ExportRecord.day), by day: the
        digest by language and position, the other headlines in order of time, the articles. Memory is bounded by
        `chunk`."""
        raise NotImplementedError
