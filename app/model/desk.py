"""What editors see and say: headlines with what readers do not see, a day's digest in their hands, its versions."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.model.headline import LanguageMethod, Outcome
from app.model.timeline import HeadlineRow


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A headline for editors. `title_published` is what the outlet says, None where that is what is shown; `note` is
    for readers, `hidden_reason` for editors; `method` says who says which language it is in; `day_fixed`, that an
    editor has dated it."""

    row: HeadlineRow
    hidden: bool = False
    title_published: str | None = None
    day_fixed: bool = False
    method: LanguageMethod = LanguageMethod.DETECTED
    note: str = ""
    hidden_reason: str = ""

    @property
    def corrected(self) -> bool:
        """Whether an editor has changed what the outlet says."""
        return self.title_published is not None or self.day_fixed or self.method is LanguageMethod.EDITOR


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a digest's column: a headline's number, and whether it stays on top whatever comes."""

    id: int
    pinned: bool = False


Columns = Mapping[str, tuple[Slot, ...]]
"""Language -> its entries in order, pinned ones first."""


@dataclass(frozen=True, slots=True)
class DeskDigest:
    """A day's digest as editors have it. `version` is 0 while nobody has touched it: then it is what was ingested.
    An unpublished one is seen by editors only; `publish_at` (aware UTC) is when it will be published. `arrived` is the
    order of a digest text that came after an editor took the day in hand."""

    day: date
    version: int
    published: bool
    columns: Columns
    publish_at: datetime | None = None
    arrived: Mapping[str, tuple[int, ...]] | None = None
    who: str = ""
    at: datetime | None = None

    @property
    def token(self) -> str:
        """Names exactly this state: what was seen when a change was asked for."""
        slots = [(lang, [(s.id, s.pinned) for s in self.columns[lang]]) for lang in sorted(self.columns)]
        told = repr((slots, self.published, self.publish_at)).encode()
        return f"{self.version}-{zlib.crc32(told):08x}"

    @property
    def ids(self) -> frozenset[int]:
        """The numbers of all headlines in it."""
        return frozenset(slot.id for column in self.columns.values() for slot in column)


@dataclass(frozen=True, slots=True)
class DigestVersion:
    """An earlier or the present state of a day's digest, with what was done and by whom to make it."""

    version: int
    published: bool
    columns: Columns
    action: str
    who: str
    at: datetime


def ordered(column: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Each headline once, pinned ones first, else in the order given."""
    once = {slot.id: slot for slot in reversed(column)}
    firsts = [once.pop(slot.id) for slot in column if slot.id in once]
    return tuple(sorted(firsts, key=lambda slot: not slot.pinned))


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form: as typed, nothing checked."""

    url: str = ""
    title: str = ""
    outlet: str = ""
    language: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields, as typed. An empty address takes it away."""

    title: str
    language: str
    outlet: str
    day: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of the text and what it was understood as. `outcome` says whether the archive has it already; a
    rejected piece has a `reason` instead, in words. `position` is its place in its column, None for an article."""

    raw: str
    title: str = ""
    outlet: str = ""
    language: str = ""
    day: date | None = None
    position: int | None = None
    outcome: Outcome = Outcome.REJECTED
    reason: str = ""
    article: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the difference: a headline's number, its place before and after (None: not there)."""

    headline: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text is and does. `token` names the state that it was compared with; `steps` are by language, in the order
    after, then what goes; `titles` name their headlines."""

    token: str
    lines: tuple[Line, ...]
    steps: Mapping[str, tuple[Step, ...]]
    titles: Mapping[int, str]
