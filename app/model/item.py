"""A headline as one item of a plain list, in which each headline is there once."""

from dataclasses import dataclass
from datetime import date, datetime

from app.model.headline import DigestPlace
from app.model.timeline import HeadlineRow


@dataclass(frozen=True, slots=True)
class Position:
    """Where an item stands in such a list: its day, its instant (aware UTC; a date-only headline has the start of its
    own day in Ulaanbaatar), its number. Lists are in descending order of these, which is total."""

    day: date
    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Item:
    """One headline under one day. `day` is, of the days that list it and that the question is about, the earliest whose
    digest carries it, else its own; `language` is its column there, `position` its place in that digest, None outside
    it. `row.rank` is the number shown beside it there."""

    day: date
    language: str
    position: int | None
    row: HeadlineRow
    at: datetime

    @property
    def place(self) -> Position:
        """Where it stands in the list."""
        return Position(self.day, self.at, self.row.id)


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item with all its places in digests, earliest first."""

    item: Item
    digests: tuple[DigestPlace, ...]
