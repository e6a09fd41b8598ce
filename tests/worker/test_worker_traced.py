"""A span for every fetch and every landing of a worker, and for every batch that is taken in."""

from app.errors import FetchFailed
from app.ingest.payload import Payload
from app.model.fetch import FetchState
from app.model.source import Source
from app.pipeline import ingest
from app.settings import Settings
from app.store import Store
from app.worker.crew import Crew
from app.worker.land import Rules
from app.worker.run import Worker
from app.worker.traced import TracedFetching
from tests.builders import NOW
from tests.spans import Recorded, facts
from tests.worker.test_worker_run import Network


def work(store: Store, network: Network, spans: Recorded) -> None:
    worker = Worker(
        store,
        TracedFetching(network, spans.tracing.span),
        Rules.of(Settings(), spans=spans.tracing.span),
        Crew(threads=1, waiting=4, lease_seconds=60),
        owner="w",
        clock=lambda: NOW,
        chance=lambda: 0.5,
    )
    worker.once()


def add(store: Store, *names: str) -> None:
    with store.writing() as writer:
        for name in names:
            writer.sources.add(Source(f"https://montsame.mn/{name}?key=hunter2", outlet="montsame.mn"), NOW)


def test_fetches_and_landings_are_spans(store: Store) -> None:
    spans = Recorded.begin()
    add(store, "feed")
    work(store, Network(), spans)
    fetch, landing = spans.all()
    assert (fetch.name, landing.name) == ("fetch", "land")
    assert facts(fetch) == {
        "server.address": "montsame.mn",
        "url.path": "/feed",
        "ortoo.state": "ok",
        "ortoo.bytes": facts(fetch)["ortoo.bytes"],
        "http.response.status_code": 200,
    }
    assert facts(fetch)["ortoo.bytes"] > 100
    assert facts(landing) == {"ortoo.fetches": 1, "ortoo.added": 1, "ortoo.rejected": 0}
    assert fetch.status.is_unset
    assert "hunter2" not in "".join(str(span.to_json()) for span in spans.all())


def test_a_failed_fetch_is_a_failed_span_and_lands_all_the_same(sqlite_store: Store) -> None:
    spans = Recorded.begin()
    add(sqlite_store, "down")
    work(sqlite_store, Network(**{"down?key=hunter2": FetchState.SERVER_ERROR}), spans)
    fetch, landing = spans.all()
    assert facts(fetch)["error.type"] == "server-error"
    assert facts(fetch)["http.response.status_code"] == 500
    assert not fetch.status.is_ok
    assert (landing.name, facts(landing)) == ("land", {"ortoo.fetches": 1})


def test_a_fetch_that_was_hung_up_is_recorded(sqlite_store: Store) -> None:
    spans = Recorded.begin()
    add(sqlite_store, "feed")
    network = Network(**{"feed?key=hunter2": FetchFailed("https://montsame.mn/feed: stopping")})
    network_fetch = TracedFetching(network, spans.tracing.span)
    try:
        network_fetch.fetch("https://montsame.mn/feed?key=hunter2")
    except FetchFailed:
        pass
    else:
        raise AssertionError
    assert facts(spans.last())["error.type"] == "FetchFailed"
    assert len(spans.last().events) == 1


def test_every_batch_of_a_file_is_a_span(store: Store) -> None:
    spans = Recorded.begin()
    lines = "\n".join(f'{{"title": "Нүүрсний экспорт {n}", "url": "https://gogo.mn/{n}"}}' for n in range(4_001))
    report = ingest(Payload.of(lines.encode(), name="a.ndjson"), store, now=NOW, spans=spans.tracing.span)
    assert report.added == 4_001
    assert [(span.name, facts(span)) for span in spans.all()] == [
        ("ingest", {"ortoo.items": 4_000}),
        ("ingest", {"ortoo.items": 1}),
    ]
