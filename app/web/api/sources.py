"""`/api/v1/sources`: how the places are doing that headlines are read from. Nothing that is only for operators (notes,
errors, whole addresses, which may hold a key) is told."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.model.source import FetchRecord, Source, SourceHealth
from app.render.health import public_address, standing_of
from app.store import Reader
from app.web.api import examples, told
from app.web.api.answers import given, momentary, visit_of
from app.web.api.cursors import number_read, written
from app.web.api.operations import ROOT, Operation, serve
from app.web.api.parameters import PAGING, limit_of
from app.web.api.schema_sources import SourceList
from app.worker.health import first_day, health
from app.worker.schedule import Pace

router = APIRouter()

LIST = Operation(
    id="listSources",
    path=f"{ROOT}/sources",
    tag="Sources",
    summary="Sources and how each is doing",
    about="An answer may be a minute old.",
    parameters=PAGING,
    answer=SourceList,
    example=examples.SOURCES,
    problems=(400,),
)
OPERATIONS = (LIST,)


@serve(router, LIST)
def sources(request: Request) -> Response:
    """The sources by number."""
    visit = visit_of(request)
    asked = given(visit, LIST)
    limit, origin = limit_of(asked), visit.origin()
    after = number_read("s", asked["cursor"][0]) if "cursor" in asked else 0
    now, pace = visit.site.clock(), Pace.of(visit.site.settings)

    def made(reader: Reader) -> told.Told:
        facts = [one for one in reader.sources.facts(first_day(now)) if one.source.id > after]
        shown = facts[:limit]
        following = written("s", str(shown[-1].source.id)) if len(facts) > limit else None
        return told.listed([_source(health(one, now, pace), origin) for one in shown], following)

    return momentary(visit, made)


def _source(one: SourceHealth, origin: str) -> told.Told:
    source, state = one.source, one.state
    return {
        "id": source.id,
        "title": _title(source),
        "address": public_address(source.url) or None,
        "category": source.category or None,
        "kind": source.kind,
        "outlet": source.outlet,
        "language": source.language,
        "status": standing_of(one).value,
        "since": told.moment(one.since),
        "silent_days": one.silent_days,
        "usual_days": round(one.usual_days, 2) if one.usual_days is not None else None,
        "per_day": round(state.habit.per_day, 2),
        "next_at": told.moment(one.next_at),
        "good_at": told.moment(state.good_at),
        "last": _fetch(one.last) if one.last else None,
        "days": [{"day": day.isoformat(), "added": n} for day, n in one.days],
        "permalinks": told.pages(origin, lambda links: links.source(source.id)),
    }


def _title(source: Source) -> str | None:
    """What an operator calls it; an address used as a name may hold a key."""
    return source.title if source.title and "://" not in source.title else None


def _fetch(record: FetchRecord) -> told.Told:
    return {
        "at": told.moment(record.at),
        "state": record.state.value,
        "added": record.added,
        "updated": record.updated,
        "duplicate": record.duplicate,
        "rejected": record.rejected,
    }
