"""Stories: headlines of the same event, from every outlet, in both languages.

A story has a number for ever. Where two stories become one, the number that is given up leads to the other. A headline
is in one story at most, and in none while nobody else tells its event.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.model.outlet import OutletName
from app.model.timeline import HeadlineRow, Telling

LANGUAGES = ("en", "mn")
"""The languages whose headlines are linked."""


class Level(StrEnum):
    """How sure it is that a headline belongs to its story. Only SAME counts: for marks, outlets, coverage, filters."""

    SAME = "same"
    POSSIBLE = "possible"


class DecidedBy(StrEnum):
    """Who put a headline into its story. What a person decides no machine changes."""

    MACHINE = "machine"
    PERSON = "person"


class Covered(StrEnum):
    """In which languages an event is told: in both, or in one only (also by a single headline)."""

    BOTH = "both"
    MN = "mn"
    EN = "en"


class Verdict(StrEnum):
    """What a person says of two headlines."""

    SAME = "same"
    APART = "apart"


class Judge(StrEnum):
    """Who says it. A reader's word is counted and shown to editors; an editor's is carried out and kept for ever."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a headline was put into its story: what it has in common with `other`, the headline of the story that is
    nearest to it.

    `similarity`: cosine of their vectors, None where words alone decided; `numbers` as values (31000.0), `months` 1 to
    12; `names` and `words`: (as the headline says it, as the other one says it), in one language often the same.
    """

    other: int
    similarity: float | None = None
    numbers: tuple[float, ...] = ()
    months: tuple[int, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A headline of a story. `score`: log-odds over what a link takes, None for the headline that a story began with
    and for what a person decided; `evidence` likewise. `linked_at` is aware UTC."""

    row: HeadlineRow
    level: Level
    decided_by: DecidedBy
    linked_at: datetime
    score: float | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Where a story stands among the most told ones: by outlets, then headlines, then its latest, then its number, all
    descending. `last_at` is aware UTC."""

    outlets: int
    headlines: int
    last_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Story:
    """`members`: all headlines, oldest first, the merely possible ones too. Everything else is of the sure ones:
    `leads` the earliest in each language, English first; `outlets` by domain; `first_at` and `last_at` (aware UTC) when
    the first and the last of them appeared (of one without a time of day: when its day began)."""

    id: int
    members: tuple[Member, ...]
    leads: tuple[HeadlineRow, ...]
    outlets: tuple[OutletName, ...]
    first_at: datetime
    last_at: datetime

    @property
    def sure(self) -> tuple[Member, ...]:
        """The members that are told as the same story."""
        return tuple(member for member in self.members if member.level is Level.SAME)

    @property
    def possible(self) -> tuple[Member, ...]:
        """The members that possibly tell the same story."""
        return tuple(member for member in self.members if member.level is Level.POSSIBLE)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the sure members, `en` before `mn`."""
        return tuple(lead.language for lead in self.leads)

    @property
    def place(self) -> StoryPlace:
        """Where it stands among the most told ones."""
        return StoryPlace(len(self.outlets), len(self.sure), self.last_at, self.id)

    @property
    def covered(self) -> Covered:
        """In which languages the event is told."""
        return Covered.BOTH if len(self.leads) > 1 else Covered(self.languages[0])


@dataclass(frozen=True, slots=True)
class StoryMark:
    """What stands beside a headline that others tell too: the story's number, how many headlines and outlets tell it
    (this one included), in which languages, and the lead headline in the other language, if there is one."""

    story: int
    headlines: int
    outlets: int
    languages: tuple[str, ...]
    other: HeadlineRow | None = None

    @property
    def told(self) -> Telling:
        """The same as a list shows it."""
        other = self.other
        if other is None:
            return Telling(self.story, self.headlines, self.outlets)
        return Telling(self.story, self.headlines, self.outlets, other.language, other.id)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the headlines listed in the two columns under a day: those whose event is told in both languages, only in
    Mongolian, only in English."""

    both: int = 0
    mn: int = 0
    en: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of two headlines; `first` is the lower number. `by`: the editor's name, or what stands for a
    reader. `at` is aware UTC. The later of two judgements of one person on one pair counts; of two editors' the later.
    """

    first: int
    second: int
    verdict: Verdict
    judge: Judge
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A judgement with what was judged, as training data."""

    judgement: Judgement
    first: HeadlineRow
    second: HeadlineRow
