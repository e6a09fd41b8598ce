"""Doubt: what a fetch brought is kept for a person when it does not look like the source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.language import doubtful
from app.model.headline import Headline
from app.model.language import UNDETERMINED
from app.model.source import Doubt, Reservation, SourceState
from app.settings import Settings
from app.worker.habit import LEARNED

_FEW = 30
"""So many new items are never too many: a day's work of a small newsroom, published at once."""

_AGAIN = 3
"""A title that stands under so many addresses is the page's, not an article's."""

_SOME = 3
"""So many headlines in a new language are the least that says something; one may be a quotation."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`times`: how many times the usual number of new items is too many; `repeats`, `languages`: the share of
    headlines, in per cent, whose title is repeated or whose language is new, from which on a fetch is doubted. 0
    switches a rule off."""

    times: int
    repeats: int
    languages: int

    @classmethod
    def of(cls, settings: Settings) -> "Thresholds":
        """ORTOO_DOUBT_TIMES, ORTOO_DOUBT_REPEATS, ORTOO_DOUBT_LANGUAGES."""
        return cls(settings.doubt_times, settings.doubt_repeats, settings.doubt_languages)


def doubts(
    state: SourceState, headlines: Sequence[Headline], fresh: int, now: datetime, thresholds: Thresholds
) -> tuple[Reservation, ...]:
    """Why these headlines should wait for a person; nothing when they may be published. `fresh` of them are not in the
    store yet. A source that has not been read often enough has no habit to compare with: its first back-log is large
    by nature, and only repeated titles speak against it."""
    found = (
        too_many(state, fresh, now, thresholds),
        _furniture(headlines, thresholds.repeats),
        _new_language(state, headlines, thresholds.languages),
    )
    return tuple(reservation for reservation in found if reservation is not None)


def too_many(state: SourceState, fresh: int, now: datetime, thresholds: Thresholds) -> Reservation | None:
    """Whether so many new headlines are too many. The usual number is what a fetch brings, or what the days since the
    last good one would have brought."""
    habit, times = state.habit, thresholds.times
    if not times or habit.fetches < LEARNED:
        return None
    days = (now - state.good_at) / timedelta(days=1) if state.good_at else 0.0
    usual = max(habit.per_fetch, habit.per_day * days, 1.0)
    if fresh <= max(times * usual, _FEW):
        return None
    return Reservation(Doubt.TOO_MANY, f"{fresh:,} new items at once, where about {usual:,.0f} would be usual.")


def _furniture(headlines: Sequence[Headline], percent: int) -> Reservation | None:
    under: Counter[str] = Counter(title for title, _ in {(h.folded, h.url_key) for h in headlines})
    repeated = {title: n for title, n in under.items() if n >= _AGAIN}
    n = sum(repeated.values())
    if not percent or not n or 100 * n < percent * under.total():
        return None
    worst = max(repeated, key=lambda title: repeated[title])
    shown = next(h.title for h in headlines if h.folded == worst)
    return Reservation(
        Doubt.FURNITURE, f"{n:,} of {under.total():,} titles stand there again and again, such as “{shown[:80]}”."
    )


def _new_language(state: SourceState, headlines: Sequence[Headline], percent: int) -> Reservation | None:
    had = state.habit.languages
    if not percent or not had or state.habit.fetches < LEARNED:
        return None
    new = Counter(h.language for h in headlines if h.language not in had and is_certain(h))
    if new.total() < _SOME or 100 * new.total() < percent * len(headlines):
        return None
    told = ", ".join(f"{n:,} in {code}" for code, n in new.most_common())
    return Reservation(Doubt.LANGUAGE, f"{told}; so far the source was in {', '.join(sorted(had))}.")


def is_certain(headline: Headline) -> bool:
    """Whether a headline's language is sure enough to say something about its source."""
    return headline.language != UNDETERMINED and not doubtful(headline.confidence)
