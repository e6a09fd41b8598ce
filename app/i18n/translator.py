"""The translator: an edition's words, dates, numbers and order. Frozen, and passed to every render."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from app.i18n.catalogue import Catalogue
from app.i18n.collation import sort_key
from app.model.day import ULAANBAATAR
from app.model.language import UNDETERMINED

T = TypeVar("T")

_WEEK = tuple(range(7))
"""Babel counts weekdays from Monday = 0; a week starts on Monday in both editions."""


@lru_cache(maxsize=8192)
def _date(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale)


@dataclass(frozen=True, slots=True)
class Translator:
    """Everything that depends on the interface language `ui`. An unknown key is a KeyError: the program is wrong."""

    catalogue: Catalogue

    @property
    def ui(self) -> str:
        return self.catalogue.ui

    def text(self, key: str, /, **values: object) -> str:
        """The message `key` with its placeholders filled; whole numbers in the edition's form."""
        return self.catalogue.texts[key].format_map({k: self._shown(v) for k, v in values.items()})

    def pattern(self, key: str) -> str:
        """The message `key` as it stands, placeholders unfilled."""
        return self.catalogue.texts[key]

    def count(self, key: str, n: int, /, **values: object) -> str:
        """The plural form of `key` for `n`, which the message shows as {n}."""
        form = self.catalogue.plurals[key][self.catalogue.plural_index(n)]
        return form.format_map({"n": self.number(n), **{k: self._shown(v) for k, v in values.items()}})

    def number(self, n: int) -> str:
        """12345 -> 12,345."""
        return str(n) if -1000 < n < 1000 else format_decimal(n, locale=self.catalogue.locale)

    def decimal(self, x: float) -> str:
        """A mean: with one decimal place where it is below ten, 3.4."""
        tenths = round(x, 1)
        return format_decimal(tenths, "#,##0.0" if 0 < tenths < 10 else "#,##0", locale=self.catalogue.locale)

    def exactly(self, x: float) -> str:
        """A number as it is, to three decimal places: 31,000 or 2.5."""
        return format_decimal(x, "#,##0.###", locale=self.catalogue.locale)

    def unit(self, x: float, unit: str) -> str:
        """A measure by its CLDR name, rounded as `decimal` does: 3.4 sec, 12 kB."""
        return format_unit(self.decimal(x), unit, length="short", locale=self.catalogue.locale)

    def dated(self, day: date, form: str = "full") -> str:
        """A day in one of the forms of the catalogue's `date.*` patterns (CLDR letters): full, long, day, short …"""
        return _date(day, self.catalogue.texts[f"date.{form}"], self.catalogue.locale)

    def heading(self, day: date, today: date) -> str:
        """A day as a heading of a list: with its year only when that is not today's."""
        return self.dated(day, "day" if day.year == today.year else "day-year")

    def short(self, day: date, beside: date) -> str:
        """A day beside another one: with its year only when the years differ."""
        return self.dated(day, "short" if day.year == beside.year else "short-year")

    def time(self, instant: datetime) -> str:
        """The Ulaanbaatar clock time of an aware instant: 17:45."""
        return instant.astimezone(ULAANBAATAR).strftime("%H:%M")

    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """(short, whole) names of the weekdays, Monday first."""
        locale = self.catalogue.locale
        short = get_day_names("short", "stand-alone", locale)
        wide = get_day_names("wide", "stand-alone", locale)
        return tuple((short[i], wide[i]) for i in _WEEK)

    def language(self, code: str) -> str:
        """The name of a content language, as it stands inside a sentence: Kazakh, казах."""
        if code == UNDETERMINED:
            return self.text("language.unknown")
        return str(self.catalogue.locale.languages.get(code, code))

    def language_title(self, code: str) -> str:
        """The same at the head of something: Kazakh, Казах."""
        name = self.language(code)
        return name[:1].upper() + name[1:]

    def join(self, parts: Sequence[str]) -> str:
        """A list in words: "a, b and c"."""
        return format_list(parts, locale=self.catalogue.locale)

    def in_order(self, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
        """`items` in the alphabetical order of their names."""
        return sorted(items, key=lambda item: sort_key(name(item)))

    def _shown(self, value: object) -> object:
        return self.number(value) if type(value) is int else value
