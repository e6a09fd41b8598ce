"""Pieces of pages that were rendered lately, kept by everything that they are made of.

A headline stands on its day's page, on the timeline, on its outlet's page, in files of these as parts: mostly the same
line. Calendars, menus, the head and the foot of pages come again in the same way. Two thirds of what a page costs to
render is such pieces, escaped bit by bit; a kept one costs a look into a dictionary. A piece is found again only by
equal values, so there is nothing to forget when something changes, but for room's sake.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Protocol

from markupsafe import Markup

from app.i18n import Translator
from app.model.timeline import HeadlineRow
from app.store.memory import Recent
from app.timeline.links import Links

MOST_LINES = 4_000
"""Lines kept at most; some 1.5 kB each with what they are kept by."""

MOST_PARTS = 1_000
"""Other pieces kept at most; some 3 kB each."""


class Macro(Protocol):
    """A macro of a template."""

    name: str

    def __call__(self, row: HeadlineRow, t: Translator, links: Links, day: date, *, outlet: bool) -> Markup:
        """The line."""
        ...


class Fragments:
    """The pieces that one environment has rendered. Safe to share between threads: at worst one is made twice."""

    def __init__(self) -> None:
        self._lines: Recent[Hashable, Markup] = Recent(MOST_LINES)
        self._parts: Recent[Hashable, Markup] = Recent(MOST_PARTS)

    def lines(
        self, macro: Macro, rows: Iterable[HeadlineRow], t: Translator, links: Links, day: date, outlet: bool = True
    ) -> Markup:
        """What `macro` makes of headlines on a list of `day`, one under the other; links are those of the edition that
        `t` speaks. `outlet`: whether the lines name outlets."""
        about = (macro.name, t.ui, day, outlet)
        made = []
        for row in rows:
            key = (row, about)
            line = self._lines.get(key)
            if line is None:
                line = macro(row, t, links, day, outlet=outlet)
                self._lines.put(key, line)
            made.append(line)
        return Markup("\n".join(made))  # each is markup  # noqa: S704 # nosec B704

    def kept(self, name: str, *about: Hashable, caller: Callable[[], Markup]) -> Markup:
        """A piece of a template (`{% call kept('name', …) %}`): it is called `name` there and nowhere else, and depends
        on `about` alone. A test renders every page with and without what was kept before."""
        key = (name, *about)
        part = self._parts.get(key)
        if part is None:
            part = caller()
            self._parts.put(key, part)
        return part

    def __len__(self) -> int:
        return len(self._lines)
