"""`/metrics`: figures for Prometheus: what the web processes have counted (`app.web.figures`), what the store keeps.

They say no more of the sources than `/{ui}/sources` tells everybody. Who wants them to himself sets a token.
"""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.errors import StoreError
from app.model.day import FIRST_DAY, LAST_DAY
from app.model.fetch import FetchState
from app.model.source import FetchRecord, SourceHealth, SourceState, Status
from app.model.timeline import Document
from app.render.prometheus import MEDIA_TYPE, Gauge, Sample, exposition
from app.store import Reader
from app.web.answer import READ, deliver
from app.web.caching import NEVER
from app.web.figures import of_process, of_requests
from app.web.visit import Site
from app.worker.health import first_day, health
from app.worker.schedule import Pace

router = APIRouter()

LATELY = timedelta(hours=1)


@router.api_route("/metrics", methods=READ)
def metrics(request: Request) -> Response:
    """All figures. 401 without the token, where one is set."""
    site: Site = request.app.state.site
    if not _may(request, site.settings.metrics_token):
        headers = {"www-authenticate": 'Bearer realm="metrics"', "cache-control": NEVER}
        return Response("The token of ORTOO_METRICS_TOKEN is needed.\n", 401, headers=headers, media_type="text/plain")
    now, pace = site.clock(), Pace.of(site.settings)
    state = request.app.state
    own = (*of_requests(state.shared.everybody()), *of_process(site.store, state.cache))
    try:
        with site.store.reading() as reader:
            healths = [health(facts, now, pace) for facts in reader.sources.facts(first_day(now))]
            kept = (_up(True), *_paper(reader, site), *of_sources(healths, now), *_lately(reader, now))
    except StoreError:  # what the processes have counted is wanted now more than ever
        kept = (_up(False),)
    document = Document(exposition((*own, *kept)).encode(), MEDIA_TYPE, 0)
    return deliver(request, document, cache=NEVER, vary="Accept-Encoding")


def _may(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    right = scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
    return not token or right


def _up(answers: bool) -> Gauge:
    return Gauge(
        "ortoo_database_up", "1 when the primary answers, and all that it is asked for is below.", (({}, answers),)
    )


def _lately(reader: Reader, now: datetime) -> tuple[Gauge, ...]:
    """What the workers did in the last hour, whoever and wherever they are: it is read of what they wrote down."""
    states, items = reader.sources.lately(now - LATELY)
    since = reader.stories.waits_since()
    waits = max(0.0, (now - since).total_seconds()) if since else 0.0
    return (
        Gauge(
            "ortoo_fetches_last_hour",
            "Fetches of the last hour by how they ended.",
            tuple(({"state": state.value}, states.get(state.value, 0)) for state in FetchState),
        ),
        Gauge(
            "ortoo_fetched_items_last_hour",
            "Items of these fetches by what became of them.",
            tuple(({"outcome": outcome}, n) for outcome, n in items.items()),
        ),
        Gauge("ortoo_story_queue_headlines", "Headlines that wait to be linked.", (({}, reader.stories.waiting()),)),
        Gauge("ortoo_story_queue_seconds", "How long ago the first of them came in.", (({}, waits),)),
    )


def _paper(reader: Reader, site: Site) -> tuple[Gauge, ...]:
    listed: Counter[str] = Counter()
    for (_, language), n in reader.volumes(FIRST_DAY, LAST_DAY).items():
        listed[language] += n
    build = {"version": __version__, "pages": site.version, "database": site.store.dialect}
    return (
        Gauge("ortoo_build_info", "The program that answers, and its database.", ((build, 1),)),
        Gauge("ortoo_store_revision", "Raised by everything that changes a page.", (({}, reader.revision()),)),
        Gauge(
            "ortoo_listed_headlines",
            "Headlines as they are listed by day; one in the digest of a second day counts twice.",
            tuple(({"language": language}, n) for language, n in sorted(listed.items())),
        ),
    )


def of_sources(healths: Iterable[SourceHealth], now: datetime) -> tuple[Gauge, ...]:
    """The figures of the sources, and of those that wait to be fetched."""
    known = tuple(healths)
    return (*_queue(known, now), _states(known), *_instants(known), *_habits(known), *_last(known))


def _queue(known: tuple[SourceHealth, ...], now: datetime) -> tuple[Gauge, ...]:
    on = [one.state for one in known if one.source.enabled]
    leased = [state for state in on if _is_leased(state, now)]
    due = [state for state in on if state.next_at <= now and not _is_leased(state, now)]
    lag = max(((now - state.next_at).total_seconds() for state in due), default=0.0)
    return (
        Gauge("ortoo_fetch_due_sources", "Sources that are due and that no worker has claimed.", (({}, len(due)),)),
        Gauge("ortoo_fetch_claimed_sources", "Sources that a worker has claimed.", (({}, len(leased)),)),
        Gauge("ortoo_fetch_lag_seconds", "How long the first of those that are due has waited.", (({}, lag),)),
    )


def _is_leased(state: SourceState, now: datetime) -> bool:
    return state.lease_until is not None and state.lease_until > now


def _states(known: tuple[SourceHealth, ...]) -> Gauge:
    samples = tuple(
        ({**_named(one), "status": status.value}, float(one.status is status)) for one in known for status in Status
    )
    return Gauge("ortoo_source_status", "1 for the status that a source has, 0 for the others.", samples)


Figure = Callable[[SourceHealth], float | None]
"""A figure of a source; None where it is not known."""


def _instants(known: tuple[SourceHealth, ...]) -> tuple[Gauge, ...]:
    rows: tuple[tuple[str, str, Figure], ...] = (
        ("last_success", "When a source last answered as it should.", lambda one: _seconds(one.state.good_at)),
        ("last_fetch", "When a source was last tried.", lambda one: _seconds(one.state.fetched_at)),
        ("last_item", "When a source last brought something new.", lambda one: _seconds(one.state.habit.brought_at)),
        ("next_due", "When a source is tried next; absent when it is switched off.", lambda one: _seconds(one.next_at)),
    )
    return tuple(
        Gauge(f"ortoo_source_{name}_timestamp_seconds", about, _each(known, value)) for name, about, value in rows
    )


def _habits(known: tuple[SourceHealth, ...]) -> tuple[Gauge, ...]:
    rows: tuple[tuple[str, str, Figure], ...] = (
        ("failures", "Failures in a row.", lambda one: one.state.failures),
        ("held_batches", "Fetches that wait for a person.", lambda one: one.held),
        ("usual_items_per_day", "New items a day, as is the habit of a source.", lambda one: one.state.habit.per_day),
        ("items_today", "New items today, as days are in Ulaanbaatar.", lambda one: one.days[-1][1]),
    )
    return tuple(Gauge(f"ortoo_source_{name}", about, _each(known, value)) for name, about, value in rows)


def _last(known: tuple[SourceHealth, ...]) -> tuple[Gauge, ...]:
    rows: tuple[tuple[str, str, Callable[[FetchRecord], float]], ...] = (
        ("duration_seconds", "How long the last fetch took.", lambda last: last.seconds),
        ("bytes", "The size of what the last fetch brought, unpacked.", lambda last: last.bytes),
        ("items_added", "New items of the last fetch.", lambda last: last.added),
        ("items_duplicate", "Items of the last fetch that were known.", lambda last: last.duplicate),
        ("items_rejected", "Items of the last fetch that could not be read.", lambda last: last.rejected),
        ("items_filtered", "Items of the last fetch that the keyword filter left out.", lambda last: last.filtered),
    )
    return tuple(
        Gauge(f"ortoo_source_fetch_{name}", about, _each(known, _of_last(value))) for name, about, value in rows
    )


def _of_last(value: Callable[[FetchRecord], float]) -> Figure:
    return lambda one: value(one.last) if one.last else None


def _each(known: Iterable[SourceHealth], value: Figure) -> tuple[Sample, ...]:
    found = ((one, value(one)) for one in known)
    return tuple((_named(one), x) for one, x in found if x is not None)


def _named(one: SourceHealth) -> dict[str, str]:
    return {"source": str(one.source.id), "outlet": one.source.outlet or ""}


def _seconds(instant: datetime | None) -> float | None:
    return instant.timestamp() if instant else None
