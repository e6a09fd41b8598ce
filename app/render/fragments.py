"""Lines of lists that were rendered lately, kept by everything that they are made of.

A headline stands on its day's page, on the timeline, on its outlet's page, in files of these as parts: mostly the same
line. Two thirds of what a page costs to render is such lines, escaped piece by piece; a kept one costs a look into a
dictionary (measured: 1.5 of 60 µs). A line is found again only by an equal headline, so there is nothing to forget when
something changes, but for room's sake.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from markupsafe import Markup

from app.i18n import Translator
from app.model.timeline import HeadlineRow
from app.timeline.links import Links

MOST = 4_000
"""Lines kept at most; some 1.5 kB each with what they are kept by."""


class Macro(Protocol):
    """A macro of a template."""

    name: str

    def __call__(self, row: HeadlineRow, t: Translator, links: Links, day: date, *, outlet: bool) -> Markup:
        """The line."""
        ...


class Fragments:
    """The lines that one environment has rendered. Safe to share between threads: at worst a line is made twice."""

    def __init__(self) -> None:
        self._new: dict[object, Markup] = {}
        self._old: dict[object, Markup] = {}

    def lines(
        self, macro: Macro, rows: Iterable[HeadlineRow], t: Translator, links: Links, day: date, outlet: bool = True
    ) -> Markup:
        """What `macro` makes of headlines on a list of `day`, one under the other; links are those of the edition that
        `t` speaks. `outlet`: whether the lines name outlets."""
        about = (macro.name, t.ui, day, outlet)
        made = []
        for row in rows:
            key = (row, about)
            line = self._new.get(key)
            if line is None:
                line = self._kept(key) or self._keep(key, macro(row, t, links, day, outlet=outlet))
            made.append(line)
        return Markup("\n".join(made))  # each is markup  # noqa: S704 # nosec B704

    def _kept(self, key: object) -> Markup | None:
        line = self._old.get(key)
        return line if line is None else self._keep(key, line)

    def _keep(self, key: object, line: Markup) -> Markup:
        """What was not asked for since half of the room was filled is forgotten."""
        self._new[key] = line
        if len(self._new) >= MOST // 2:
            self._old, self._new = self._new, {}
        return line

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
