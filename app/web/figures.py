"""What the web processes themselves have to tell in `/metrics`: requests, the page cache, connections, replicas."""

from collections.abc import Iterable, Iterator

from app.render.prometheus import Gauge, Histogram, Sample, total
from app.store import Store
from app.web.caching import PageCache
from app.web.tally import BOUNDS, Tally

INGEST, CACHE = "ingest", "cache"
"""Families of `Tally.events`."""


def of_requests(tally: Tally) -> Iterator[Gauge | Histogram]:
    """What all processes of this server have answered, from their start on."""
    answers = sorted(tally.answers.items())
    routes: dict[str, list[float]] = {}
    for (route, _), cell in answers:
        routes[route] = [a + b for a, b in zip(routes.get(route, [0] * len(cell)), cell, strict=True)]
    yield total(
        "ortoo_http_requests_total",
        "Requests by class of route and status.",
        (({"route": route, "status": str(status)}, sum(cell[:-1])) for (route, status), cell in answers),
    )
    yield Histogram(
        "ortoo_http_request_seconds",
        "How long answers took, from the head of the request to the end of the answer.",
        BOUNDS,
        tuple(({"route": route}, [int(n) for n in cell[:-1]], cell[-1]) for route, cell in sorted(routes.items())),
    )
    yield total(
        "ortoo_page_cache_requests_total",
        "Requests that the page cache knew the answer to (hit), or had made (miss).",
        _events(tally, CACHE, "result", ("hit", "miss")),
    )
    yield total(
        "ortoo_ingest_items_total",
        "Items that came by the API, by what became of them.",
        _events(tally, INGEST, "outcome"),
    )


def _events(tally: Tally, family: str, label: str, always: Iterable[str] = ()) -> Iterator[Sample]:
    found = {name: n for (kind, name), n in tally.events.items() if kind == family}
    return (({label: name}, found.get(name, 0)) for name in sorted({*found, *always}))


def of_process(store: Store, cache: PageCache | None) -> Iterator[Gauge]:
    """The state of the one process that was asked."""
    used, idle = store.connections()
    yield Gauge(
        "ortoo_database_connections",
        "Connections to the primary of the process that answers.",
        (({"state": "in-use"}, used), ({"state": "idle"}, idle)),
    )
    if cache is not None:
        yield Gauge("ortoo_page_cache_bytes", "What the page cache holds.", (({}, cache.shelf.size),))
        yield Gauge("ortoo_page_cache_answers", "How many answers it holds.", (({}, len(cache.shelf)),))
    states = list(enumerate(store.replicas()))
    yield Gauge(
        "ortoo_replica_fresh",
        "1 for a read replica that answers and is not too far behind, in the order of ORTOO_READ_DATABASE_URLS.",
        tuple(({"replica": str(n)}, float(one.fresh)) for n, one in states),
    )
    yield Gauge(
        "ortoo_replica_lag_seconds",
        "A bound of how far a read replica is behind; absent where that is not known.",
        tuple(({"replica": str(n)}, one.lag) for n, one in states if one.lag is not None),
    )
