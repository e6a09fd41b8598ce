"""What passes between the store and the linker of stories, and back."""

from dataclasses import dataclass
from datetime import datetime

from app.model.story import Evidence, Level


@dataclass(frozen=True, slots=True)
class Linkable:
    """A headline as the linker takes it. `at`: its instant, or the start of its day (aware UTC); `outlet` a domain.
    `story` is None while it is in none; `vector` as packed (`app.stories.packing`), None where there is none."""

    id: int
    title: str
    language: str
    outlet: str
    at: datetime
    story: int | None = None
    vector: bytes | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A headline that has been looked at: the key of the text that was embedded, and its packed vector, None where the
    model cannot take it or there is no model."""

    headline: int
    text_key: bytes
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class Link:
    """A headline joins the story of `to`; where that one is in none, the two begin one. `by_person`: a judgement of an
    editor decided, then there is neither score nor evidence."""

    headline: int
    to: int
    level: Level = Level.SAME
    score: float | None = None
    evidence: Evidence | None = None
    by_person: bool = False
