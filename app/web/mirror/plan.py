"""Which addresses of the live site a mirror has, and in which file each of them is. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.model.language import UI_LANGUAGES
from app.render.formats import FORMATS
from app.timeline.calendar import month_bounds
from app.timeline.links import Links, in_format, permalink, share_image

INDEX = "index.html"

CITED = (".bib", ".ris")
"""The endings of a day's citations."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`pages` and `files` map addresses of the live site (paths) to files of the mirror (relative, with `/`); a page's
    file is the `index.html` of a folder. `doors` are pages that lead each reader to their edition: file -> edition ->
    address. `fronts` are pages that show another page's content: file -> its address."""

    pages: Mapping[str, str]
    files: Mapping[str, str]
    doors: Mapping[str, Mapping[str, str]]
    fronts: Mapping[str, str]

    def place(self, address: str) -> str | None:
        """Where an address (path) of the live site is in the mirror, as a path below its root: a folder with a slash
        at its end, or a file. None for what is not in it."""
        if address in self.pages:
            return self.pages[address].removesuffix(INDEX)
        return self.files.get(address)


def plan(
    days: Sequence[date], whole: Iterable[date], articles: Iterable[str], assets: Iterable[str], *, images: bool
) -> Plan:
    """A mirror of `days` (any order), with the months of which every day that was printed is among them (`whole`, by
    their first days), the articles of these slugs and the static files at these addresses."""
    ordered, months = sorted(days), sorted(whole)
    lists = [Links(ui).day(day) for ui in UI_LANGUAGES for day in ordered]
    lists += [Links(ui).month(month) for ui in UI_LANGUAGES for month in months]
    pages = lists + [Links(ui).article(slug) for ui in UI_LANGUAGES for slug in articles]
    files = [in_format(address, row.suffix) for address in lists for row in FORMATS] + list(assets)
    files += [in_format(Links(ui).day(day), suffix) for ui in UI_LANGUAGES for day in ordered for suffix in CITED]
    if images:
        files += [share_image(day, ui) for day in ordered for ui in UI_LANGUAGES]
    doors = {f"{permalink(day)[1:]}/{INDEX}": {ui: Links(ui).day(day) for ui in UI_LANGUAGES} for day in ordered}
    of_page = {address: f"{address[1:]}/{INDEX}" for address in pages}
    of_page |= {permalink(day): f"{permalink(day)[1:]}/{INDEX}" for day in ordered}
    fronts: dict[str, str] = {}
    if ordered:
        fronts = {Links(ui).timeline()[1:] + INDEX: Links(ui).day(ordered[-1]) for ui in UI_LANGUAGES}
        of_page |= {Links(ui).timeline(): Links(ui).timeline()[1:] + INDEX for ui in UI_LANGUAGES}
        doors[INDEX] = {ui: Links(ui).timeline() for ui in UI_LANGUAGES}
    return Plan(of_page, {address: address[1:] for address in files}, doors, fronts)


def whole_months(days: Iterable[date], printed: Mapping[date, int], today: date) -> Iterator[date]:
    """The months that are over and of which every printed day is among `days`, by their first days."""
    wanted = set(days)
    for first in sorted({day.replace(day=1) for day in wanted}):
        _, last = month_bounds(first)
        if last < today and all(day in wanted for day in printed if first <= day <= last):
            yield first
