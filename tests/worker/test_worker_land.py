"""A fetch lands whole or not at all, on both databases."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.errors import LeaseLost, NotFound
from app.model.fetch import Fetched, FetchState
from app.model.source import Claimed, Doubt, Source, SourceState
from app.settings import Settings
from app.store import Store
from app.worker.land import Rules, land, land_quiet, publish
from tests.builders import NOW, rows

RULES = Rules.of(Settings())
URL = "https://a.mn/rss"
TITLES = ["Нүүрсний экспорт нэмэгдлээ", "Улаанбаатарт хүйтэн байна", "Төсвийн тодотголыг баталлаа"]
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{}</channel></rss>'


def body(titles: Iterable[str], start: int = 0) -> bytes:
    items = (
        f"<item><title>{title}</title><link>https://a.mn/{n}</link></item>" for n, title in enumerate(titles, start)
    )
    return FEED.format("".join(items)).encode()


def answer(content: bytes = b"", state: FetchState = FetchState.OK, at: datetime = NOW) -> Fetched:
    return Fetched(state, URL, URL, at, 200, content, "application/rss+xml", len(content), body_hash="ab" * 32)


def claim(store: Store, at: datetime = NOW) -> Claimed:
    (claimed,) = store.claim(at, "w", 60, 1, ids=[1])
    return claimed


@pytest.fixture
def source(store: Store) -> Source:
    with store.writing() as writer:
        return writer.sources.add(Source(URL, kind="rss"), NOW)


def state(store: Store) -> SourceState:
    with store.reading() as reader:
        return reader.sources.get(1)[1]


def practise(store: Store) -> datetime:
    """Read often enough to have a habit: Mongolian headlines, one an hour."""
    at = NOW
    for n in range(4):
        at = NOW + timedelta(hours=n)
        land(store, claim(store, at), answer(body(TITLES[:1], n), at=at), RULES, at, 0.5)
    return at + timedelta(hours=1)


@pytest.mark.usefixtures("source")
def test_headlines_record_and_state_land_together(store: Store) -> None:
    settled = land(store, claim(store), answer(body(TITLES)), RULES, NOW, 0.5)
    assert (settled.record.added, settled.record.rejected, settled.record.state) == (3, 0, FetchState.OK)
    assert sorted(r["title"] for r in rows(store, "headlines")) == sorted(TITLES)
    assert state(store) == replace(settled.state, lease_owner=None, lease_until=None)
    assert settled.state.habit.languages == {"mn"}
    again = land(store, claim(store), answer(body(TITLES)), RULES, NOW, 0.5)
    assert (again.record.added, again.record.duplicate) == (0, 3)


@pytest.mark.usefixtures("source")
def test_without_the_lease_nothing_has_happened(store: Store) -> None:
    mine = claim(store)
    later = NOW + timedelta(minutes=2)
    store.claim(later, "other", 60, 1)
    with pytest.raises(LeaseLost):
        land(store, mine, answer(body(TITLES)), RULES, later, 0.5)
    assert (rows(store, "headlines"), rows(store, "fetches"), rows(store, "origins")) == ([], [], [])


@pytest.mark.usefixtures("source")
def test_a_failure_is_written_down(store: Store) -> None:
    failed = replace(answer(state=FetchState.TIMEOUT), status=None, body=None, error="No answer within 15 s.")
    settled = land(store, claim(store), failed, RULES, NOW, 0.5)
    assert (settled.state.failures, settled.record.error) == (1, "No answer within 15 s.")
    assert [r["state"] for r in rows(store, "fetches")] == ["timeout"]


def test_quiet_fetches_land_together_but_for_the_lost(store: Store) -> None:
    with store.writing() as writer:
        for n in range(4):
            writer.sources.add(Source(f"https://a.mn/{n}"), NOW)
    claimed = store.claim(NOW, "w", 60, 9)
    with store.writing() as writer:
        writer.sources.change(replace(claimed[2].source, url="https://b.mn/"), NOW)
    states = (FetchState.NOT_MODIFIED, FetchState.TIMEOUT, FetchState.UNCHANGED, FetchState.GONE)
    told = [(one, answer(state=state)) for one, state in zip(claimed, states, strict=True)]
    before = store.revision()
    assert land_quiet(store, told, RULES, NOW, lambda: 0.5) == {3}
    assert [(r["source_id"], r["state"]) for r in rows(store, "fetches")] == [
        (1, "not-modified"),
        (2, "timeout"),
        (4, "gone"),
    ]
    with store.reading() as reader:
        assert [source.enabled for source in reader.sources.all()] == [True, True, True, False]
        assert reader.sources.get(2)[1].failures == 1
    assert store.revision() == before + 1
    assert land_quiet(store, [], RULES, NOW, lambda: 0.5) == frozenset()


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"<!doctype html><html><body>Home</body></html>", FetchState.NOT_A_FEED),
        (b"\0\1\2" * 99, FetchState.UNREADABLE),
    ],
)
def test_a_body_that_gives_nothing_is_a_failure_and_is_kept(store: Store, content: bytes, wanted: FetchState) -> None:
    with store.writing() as writer:
        writer.sources.change(Source(URL, id=1), NOW)
    settled = land(store, claim(store), answer(content), RULES, NOW, 0.5)
    assert (settled.state.state, settled.state.failures, settled.record.rejected) == (wanted, 1, 1)
    assert settled.record.error
    assert settled.state.validators.body_hash is None
    assert len(rows(store, "rejections")) == 1


@pytest.mark.usefixtures("source")
def test_doubt_holds_the_body_for_a_person_who_publishes_it(store: Store) -> None:
    at = practise(store)
    flood = body((f"Сонин мэдээ {n}" for n in range(200)), 1000)
    settled = land(store, claim(store, at), answer(flood, at=at), RULES, at, 0.5)
    assert (settled.record.held, settled.record.added) == (True, 0)
    assert len(rows(store, "headlines")) == 4
    with store.reading() as reader:
        (held,) = reader.sources.held()
    assert (held.items, held.format, [one.doubt for one in held.reasons]) == (200, "rss", [Doubt.TOO_MANY])
    report = publish(store, held.id, RULES, at)
    assert (report.added, report.rejected, report.format) == (200, 0, "rss")
    assert rows(store, "held_batches") == []
    with pytest.raises(NotFound):
        publish(store, held.id, RULES, at)


@pytest.mark.usefixtures("source")
def test_a_language_that_a_person_let_in_is_the_sources_from_then_on(store: Store) -> None:
    at = practise(store)
    russian = ["Президент России прибыл с визитом", "Правительство утвердило новый бюджет", "Что происходит сегодня?"]
    land(store, claim(store, at), answer(body(russian, 50), at=at), RULES, at, 0.5)
    assert [r["items"] for r in rows(store, "held_batches")] == [3]
    publish(store, 1, RULES, at)
    assert state(store).habit.languages == {"mn", "ru"}
    settled = land(store, claim(store, at), answer(body(russian[::-1], 70), at=at), RULES, at, 0.5)
    assert (settled.record.held, settled.record.added) == (False, 3)


@pytest.mark.usefixtures("source")
def test_known_headlines_are_not_counted_as_fresh(store: Store) -> None:
    at = practise(store)
    first = [f"Сонин мэдээ {n}" for n in range(20)]
    assert not land(store, claim(store, at), answer(body(first, 500), at=at), RULES, at, 0.5).record.held
    second = first + [f"Шинэ сонин {n}" for n in range(20)]
    assert not land(store, claim(store, at), answer(body(second, 500), at=at), RULES, at, 0.5).record.held
