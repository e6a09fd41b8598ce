"""Sources in every state, with what their fetches left behind."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.model.fetch import FetchState
from app.model.source import Doubt, FetchRecord, Habit, HeldBatch, Reservation, Settled, Source, SourceState
from app.store import Store
from tests.builders import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SECRET = "hunter2hunter2hunter2"

WELL = SourceState(
    next_at=NOW + HOUR,
    fetched_at=NOW - HOUR,
    good_at=NOW - HOUR,
    state=FetchState.OK,
    habit=Habit(
        fetches=40, per_day=3.4, per_fetch=2.0, gap_days=0.5, brought_at=NOW - HOUR, languages=frozenset({"mn"})
    ),
)
SILENT = replace(WELL, habit=replace(WELL.habit, brought_at=NOW - 9 * DAY, gap_days=3.0))


def failing(state: FetchState, error: str = f"GET https://a.mn/rss?key={SECRET}: no") -> SourceState:
    """A state after the third failure in a row."""
    return replace(WELL, state=state, error=error, failures=3, failing_since=NOW - 2 * DAY, good_at=NOW - 3 * DAY)


SOURCES: tuple[tuple[Source, SourceState, dict[str, Any]], ...] = (
    (Source(f"https://montsame.mn/rss?key={SECRET}", outlet="montsame.mn"), WELL, {"added": 5}),
    (Source("https://gogo.mn/feed", title="Улс төр", outlet="gogo.mn"), failing(FetchState.SERVER_ERROR), {}),
    (Source(f"https://akipress.com/{SECRET}/news", outlet="akipress.com"), failing(FetchState.BLOCKED), {}),
    (Source("https://quiet.mn/rss", outlet="quiet.mn"), SILENT, {}),
    (Source("https://unuudur.mn/feed", outlet="unuudur.mn"), replace(WELL, next_at=NOW - DAY), {}),
    (Source("https://news.mn/feed", outlet="news.mn"), WELL, {"added": 1}),
    (Source("http://rsshub:1200/everything", title=f"http://rsshub:1200/?key={SECRET}"), WELL, {}),
    (Source("https://closed.mn/rss", note=f"paid for, key {SECRET}"), failing(FetchState.GONE), {}),
    (Source("https://held.mn/rss", outlet="held.mn"), WELL, {"held": True}),
    (Source("https://fresh.mn/rss", outlet="fresh.mn"), WELL, {}),
)
"""Each source, its state, and what its last fetch did. The last one was never fetched, the eighth is switched off."""

NEVER_FETCHED, SWITCHED_OFF, HELD = 10, 8, 9


def add_sources(store: Store) -> None:
    """Put them into a store, under the numbers from 1 on."""
    with store.writing() as writer:
        for source, _, _ in SOURCES:
            writer.sources.add(source, NOW - 2 * HOUR)
    store.claim(NOW - HOUR, "w", 600, len(SOURCES))
    with store.writing() as writer:
        for number, (_, state, record) in enumerate(SOURCES, 1):
            if number != NEVER_FETCHED:
                assert state.state is not None
                told = FetchRecord(NOW - HOUR, state.state, 200, 0.42, 12_300, error=state.error, **record)
                writer.sources.finish(number, "w", NOW - HOUR, Settled(state, told))
        writer.sources.disable(SWITCHED_OFF, f"410 Gone, key {SECRET}")
        reasons = (Reservation(Doubt.TOO_MANY, f"99 new, key {SECRET}"),)
        writer.sources.hold(HeldBatch(HELD, NOW - HOUR, "https://held.mn/rss", None, b"<rss/>", "rss", 99, reasons))
