"""When are two headlines the same one, and what does the second change? Pure: no SQL here.

**The same.** An incoming headline is a known one when
1. both have the same canonical URL (`url_key`); or else
2. both have the same outlet and folded title (`title_key`), at least one of the two has no URL, and nothing speaks
   against it: their days are equal or one of them is undated (Honesty.FIRST_SEEN), and no digest's markers put them
   into different languages. A known headline also answers to the titles and days that it had before, or that a copy of
   it without URL had (`former_names`).
So two addresses are two headlines, whatever their titles; a title that recurs day after day without an address (an
exchange rate) is a headline a day; and an undated copy meets its dated original, whichever comes first. Where several
known ones qualify, the nearest is taken: same title and day, same language, one that already stood for a copy without
URL (so that a repetition goes where it went before), then the latest day and the lowest URL key.

**What changes** does not depend on which of the two came first, so that any order of arrival leaves the same store:
- URL: the one that has none takes the other's, and with it the other's title.
- Date: an undated one takes any declared date and never gives its own; a more honest date (an instant, then a clock
  time with a zone assumed, then a day) beats a less honest one, and among equals the earlier: sources raise the date of
  an article when they touch it, but its first publication is its day. A date over 24 hours after the headline was first
  seen is not believed, now or later: it is kept as `stated`, the earliest of several, while there is no better one.
- Language: EDITOR beats MARKER beats DETECTED; of two detections the more confident one, and another title is detected
  anew. A first marker stays.
- Title: only a copy with a URL can edit it, since only the URL says that a different text is the same article. A title
  that the headline had before is a stale copy, not an edit. This alone depends on order, as news does.
- What an editor has said stays said: the title that is shown (`published` keeps what the outlet says, and follows it),
  the day (`day_fixed`), the language, that it is hidden.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from app.model.day import AHEAD, day_of, day_start
from app.model.headline import Draft, Headline, Honesty, LanguageMethod

_HONESTY: dict[str, int] = {
    Honesty.FIRST_SEEN: 0,
    Honesty.DATE_ONLY: 1,
    Honesty.ZONE_ASSUMED: 2,
    Honesty.DECLARED: 3,
}
_METHOD: dict[str, int] = {LanguageMethod.DETECTED: 0, LanguageMethod.MARKER: 1, LanguageMethod.EDITOR: 2}

_start_of = lru_cache(maxsize=4096)(day_start)


def order_instant(published_at: datetime | None, day: date) -> datetime:
    """Where a headline stands in the order of its day: its instant, whole seconds, else the day's start."""
    if published_at is None:
        return _start_of(day)
    return published_at.replace(microsecond=0) if published_at.microsecond else published_at


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed title: what stood there, and what stands there now."""

    before: str
    after: str


Name = tuple[bytes, date]
"""A title_key and a declared day: what tells headlines without URL apart."""


@dataclass(slots=True)
class Known:
    """A headline that the store has, or is about to have. The fields up to `day_fixed` are those that identity reads,
    in the order in which `app.store.lookup` reads them from the table.

    `id` is 0 until a new one is numbered; `source` is where a new one comes from; `was` is the day and language with
    which an old one is counted. `changes` are columns to be written, `edits` the changes of its title; `former` are its
    earlier titles, `names` its earlier names, `given_up` those of them that are not written yet; `pairs` the
    keys of pairs of words that later titles brought.
    """

    id: int
    url_key: bytes | None
    title_key: bytes
    outlet_id: int
    language: str
    method: str
    confidence: float
    title: str
    day: date
    honesty: str
    sort_at: datetime
    bare: bool
    first_seen_at: datetime | None = None
    stated: str | None = None
    hidden: bool = False
    published: str | None = None
    day_fixed: bool = False
    source: Headline | None = None
    was: tuple[date, str] | None = None
    changes: dict[str, Any] | None = None
    edits: tuple[Edit, ...] = ()
    former: frozenset[str] = frozenset()
    names: frozenset[Name] = frozenset()
    given_up: tuple[Name, ...] = ()
    pairs: tuple[int, ...] = ()

    @classmethod
    def new(cls, headline: Headline, outlet_id: int) -> "Known":
        """A headline that nobody knew."""
        draft = headline.draft
        return cls(
            0,
            headline.url_key,
            headline.title_key,
            outlet_id,
            headline.language,
            headline.language_method.value,
            headline.confidence,
            draft.title,
            draft.day,
            draft.honesty.value,
            order_instant(draft.published_at, draft.day),
            headline.url_key is None,
            None,
            draft.stated,
            source=headline,
        )

    @property
    def as_published(self) -> str:
        """The title that the outlet says, whatever an editor shows."""
        return self.title if self.published is None else self.published

    def change(self, **columns: Any) -> None:
        """Columns to be written. (Hardly any headline changes, so hardly any needs a dictionary.)"""
        self.changes = {**(self.changes or {}), **columns}

    def remember(self, name: Name) -> None:
        """Keep answering to a name that is not, or will not be, its title and day: a copy without URL may come with it
        (again)."""
        if name not in self.names:
            self.names |= {name}
            self.given_up += (name,)


class Register:
    """The known headlines that a batch may meet, found by their keys; a new one is added as soon as it is seen, so that
    its copies in the same batch meet it."""

    def __init__(self) -> None:
        self._by_url: dict[bytes, Known] = {}
        self._by_title: dict[bytes, list[Known]] = {}

    def add(self, known: Known) -> None:
        """Known from now on by its present keys."""
        if known.url_key is not None:
            self._by_url[known.url_key] = known
        self.add_title(known.title_key, known)

    def add_title(self, title_key: bytes, known: Known) -> None:
        """Known from now on by this title too."""
        named = self._by_title.get(title_key)
        if named is None:
            self._by_title[title_key] = [known]
        elif not any(other is known for other in named):
            named.append(known)

    def find(self, headline: Headline) -> Known | None:
        """The known headline that this one is."""
        if headline.url_key is not None:
            known = self._by_url.get(headline.url_key)
            if known is not None:
                return known
        named = self._by_title.get(headline.title_key)
        if not named:
            return None
        same = [known for known in named if _may_be(known, headline)]
        return min(same, key=lambda known: _distance(known, headline), default=None)


def _may_be(known: Known, headline: Headline) -> bool:
    if known.url_key is not None and headline.url_key is not None:
        return False
    draft, marker = headline.draft, LanguageMethod.MARKER
    dated = draft.honesty is not Honesty.FIRST_SEEN and known.honesty != Honesty.FIRST_SEEN
    if dated and known.day != draft.day and (headline.title_key, draft.day) not in known.names:
        return False
    marked = known.method == marker and headline.language_method is marker
    return not marked or known.language == headline.language


def _distance(known: Known, headline: Headline) -> tuple[bool, bool, bool, int, bytes, int]:
    name = (headline.title_key, headline.draft.day)
    return (
        name != (known.title_key, known.day) and name not in known.names,
        known.language != headline.language,
        headline.url_key is None and not known.bare,
        -known.day.toordinal(),
        known.url_key or b"",
        known.id,
    )


def absorb(known: Known, headline: Headline) -> bool:
    """Let a known headline learn from another copy of itself. Whether a reader could see what changed."""
    draft, title_key = headline.draft, known.title_key
    adopted = known.url_key is None and headline.url_key is not None
    if adopted:
        known.url_key = headline.url_key
        known.change(url_key=headline.url_key, url=draft.url, canonical_url=draft.canonical_url)
    if headline.url_key is None and not known.bare:
        known.bare = True
        known.change(bare=True)
    edited = headline.url_key is not None and draft.title != known.as_published and _edit(known, headline)
    redated = _redate(known, draft)
    relabelled = _relabel(known, headline, anew=known.title_key != title_key)
    if headline.url_key is None and draft.honesty is not Honesty.FIRST_SEEN:
        name = (headline.title_key, draft.day)
        if name != (known.title_key, known.day):
            known.remember(name)
    return adopted or edited or redated or relabelled


def _edit(known: Known, headline: Headline) -> bool:
    draft = headline.draft
    if draft.title in known.former:
        return False
    known.edits += (Edit(known.as_published, draft.title),)
    known.former |= {known.as_published}
    if known.title_key != headline.title_key:
        known.remember((known.title_key, known.day))
    known.title_key = headline.title_key
    if known.published is not None:  # an editor shows another one
        known.published = draft.title
        known.change(title_published=draft.title, title_key=headline.title_key)
        return True
    known.title = draft.title
    known.pairs += headline.near_keys[1:]
    known.change(
        title=draft.title,
        title_given=draft.title_given,
        title_key=headline.title_key,
        folded=headline.folded,
        near_key=headline.near_keys[0] if headline.near_keys else None,
    )
    return True


def _redate(known: Known, draft: Draft) -> bool:
    if known.day_fixed:
        return False
    if draft.honesty is Honesty.FIRST_SEEN:
        return draft.stated is not None and _state(known, draft.stated)
    if _lies_ahead(known, draft):
        return _state(known, (draft.published_at or draft.day).isoformat())
    sort_at = order_instant(draft.published_at, draft.day)
    if (-_HONESTY[draft.honesty], sort_at, draft.day) >= (-_HONESTY[known.honesty], known.sort_at, known.day):
        return False
    if known.day != draft.day and known.honesty != Honesty.FIRST_SEEN:
        known.remember((known.title_key, known.day))
    known.day, known.honesty, known.sort_at = draft.day, draft.honesty.value, sort_at
    known.change(day=known.day, honesty=known.honesty, published_at=draft.published_at, sort_at=sort_at)
    if known.stated is not None:
        known.stated = None
        known.change(stated=None)
    return True


def _lies_ahead(known: Known, draft: Draft) -> bool:
    """Nothing is published after it has been seen; AHEAD allows for clocks and zones."""
    if known.first_seen_at is None:
        return False
    if draft.published_at is not None:
        return draft.published_at > known.first_seen_at + AHEAD
    return draft.day > day_of(known.first_seen_at + AHEAD)


def _state(known: Known, stated: str) -> bool:
    """Keep a date that is not believed, the earliest of several, as long as there is no better one."""
    if known.honesty != Honesty.FIRST_SEEN or (known.stated is not None and known.stated <= stated):
        return False
    known.stated = stated
    known.change(stated=stated)
    return True


def _relabel(known: Known, headline: Headline, *, anew: bool) -> bool:
    method, language, confidence = headline.language_method.value, headline.language, headline.confidence
    ours, theirs = _METHOD[known.method], _METHOD[method]
    if theirs < ours or (theirs == ours and method == LanguageMethod.MARKER):
        return False
    stale = headline.title_key != known.title_key  # a detection in a title that is not shown any more
    weaker = not anew and (confidence, language) <= (known.confidence, known.language)
    if theirs == ours and (stale or weaker):
        return False
    changed = language != known.language
    known.language, known.method, known.confidence = language, method, confidence
    known.change(language=language, language_method=method, confidence=confidence)
    return changed
