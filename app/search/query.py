"""The language of the search box: text -> Query. Any text is a question; what cannot be meant is a note, never an
error.

    үнэ өсөх            both words            "монгол улс"     one behind the other
    нүүрс OR зэс        one of them           -спорт           not this one
    outlet:gogo.mn      lang:en               on:2026-01       after:2026-01-10  before:2026-01-15

`OR` (also `|`, `ЭСВЭЛ`) joins the terms beside it and binds closer than the blank. `before:` leaves its day out,
`after:` takes its day in, so that the two together cut time without a gap; a month or a year stands for all its days.
The operators have Mongolian names too. Nothing of the text ever reaches a database as syntax: only the words do.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.model.day import parse_day
from app.model.filters import MAX_TEXT_CHARS
from app.model.language import is_language_code
from app.model.search import Note, Query, Term, Why
from app.search.compounds import widened
from app.search.folding import MAX_WORDS
from app.search.keys import words as words_of

Outlet = Callable[[str], str | None]
"""What stands behind `outlet:` (folded) -> the outlet's domain, None where there is none."""

OPERATORS = {
    "outlet": "outlet",
    "source": "outlet",
    "site": "outlet",
    "сурвалж": "outlet",
    "сайт": "outlet",
    "lang": "lang",
    "language": "lang",
    "хэл": "lang",
    "before": "before",
    "өмнө": "before",
    "after": "after",
    "since": "after",
    "хойш": "after",
    "on": "on",
    "өдөр": "on",
    "огноо": "on",
}
"""What may stand before a colon -> what it means."""

LANGUAGES = {
    "english": "en",
    "англи": "en",
    "mongolian": "mn",
    "монгол": "mn",
    "russian": "ru",
    "орос": "ru",
    "chinese": "zh",
    "хятад": "zh",
    "kazakh": "kk",
    "казах": "kk",
    "korean": "ko",
    "солонгос": "ko",
    "japanese": "ja",
    "япон": "ja",
}
"""Languages by name."""

_OR = frozenset(("OR", "|", "||", "ЭСВЭЛ"))
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    r"(?P<minus>[-−]?)(?:(?P<name>[^\W\d_]+):(?=[^\s:/]))?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>\d{1,3}(?: \d{3})+(?!\S)|[^\s"]+))'
)
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?\.?", re.ASCII)


def domain(text: str) -> str | None:
    """An outlet that is named by its domain."""
    return text if len(text) <= 253 and _DOMAIN.fullmatch(text) else None


def parse(text: str, outlet: Outlet = domain) -> Query:
    """What a reader asks for. `outlet` says which outlets there are."""
    reading = _Reading(outlet)
    if len(text) >= MAX_TEXT_CHARS:
        reading.note(Why.LONG, str(MAX_TEXT_CHARS))
    joined = False
    for part in _parts(text[:MAX_TEXT_CHARS]):
        if part[0] in _OR and not part["minus"]:
            joined = bool(reading.required)
        elif not reading.operator(part):
            reading.words(part, joined=joined)
            joined = False
    return reading.query()


def plain(text: str) -> str:
    """Text without what cannot be typed on purpose: control characters and halves of characters become blanks."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def _parts(text: str) -> Iterator[re.Match[str]]:
    return _PART.finditer(plain(text).translate(_QUOTES))


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    outlet: Outlet
    required: list[list[Term]] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    outlets: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    since: date | None = None
    until: date | None = None
    notes: dict[Note, None] = field(default_factory=dict)
    left: int = MAX_WORDS

    def note(self, why: Why, what: str = "") -> None:
        self.notes[Note(why, what)] = None

    def operator(self, part: re.Match[str]) -> bool:
        """Take a part as an operator; whether it is one. One that excludes is none, and is noted."""
        meaning = OPERATORS.get((part["name"] or "").casefold())
        value = (part["quoted"] if part["quoted"] is not None else part["bare"]).casefold().strip()
        if meaning is None:
            return False
        if not part["minus"] and getattr(self, f"_{meaning}")(value):
            return True
        self.note(Why.VALUE, part[0])
        return False

    def _outlet(self, value: str) -> bool:
        named = [self.outlet(one) for one in value.split(",") if one]
        self.outlets |= {one for one in named if one}
        return bool(named) and all(named)

    def _lang(self, value: str) -> bool:
        codes = [LANGUAGES.get(one, one) for one in value.split(",") if one]
        if not codes or not all(map(is_language_code, codes)):
            return False
        self.languages |= set(codes)
        return True

    def _before(self, value: str) -> bool:
        days = _days(value)
        return days is not None and self._within(None, days[0] - timedelta(days=1))

    def _after(self, value: str) -> bool:
        days = _days(value)
        return days is not None and self._within(days[0], None)

    def _on(self, value: str) -> bool:
        days = _days(value)
        return days is not None and self._within(*days)

    def _within(self, since: date | None, until: date | None) -> bool:
        self.since = max(filter(None, (self.since, since)), default=None)
        self.until = min(filter(None, (self.until, until)), default=None)
        return True

    def words(self, part: re.Match[str], *, joined: bool) -> None:
        """Take a part as words: with an unknown operator's name, which is a word too."""
        quoted = part["quoted"] is not None
        words = words_of(part["quoted"] if quoted and not part["name"] else part[0])
        if not words:
            return
        if len(words) > self.left:
            self.note(Why.MANY, str(MAX_WORDS))
            words = words[: self.left]
        self.left -= len(words)
        if not words:
            return
        term = Term(words, phrase=quoted and len(words) > 1)
        if part["minus"]:
            self.excluded.append(term)
        elif joined:
            self.required[-1].append(term)
        else:
            self.required.append([term])

    def query(self) -> Query:
        """All of it, each term once."""
        required = widened(tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in self.required)))
        if self.excluded and not required:
            self.note(Why.ONLY_WITHOUT)
        if self.since and self.until and self.since > self.until:
            self.note(Why.CONFLICT)
        return Query(
            required,
            _once(self.excluded),
            tuple(sorted(self.outlets)),
            tuple(sorted(self.languages)),
            self.since,
            self.until,
            tuple(self.notes),
        )


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _days(text: str) -> tuple[date, date] | None:
    """The first and the last day of what a date says: a day, a month or a year."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = found[1], int(found[2] or 1), int(found[3] or 1)
    first = parse_day(f"{year}-{month:02d}-{day:02d}")
    if first is None or found[3]:
        return (first, first) if first else None
    if found[2]:
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, date(first.year, 12, 31)
