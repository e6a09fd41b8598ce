"""`/api/v1/export`: everything at once, as a file of any length."""

from itertools import chain

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import __version__
from app.errors import BadFilter
from app.render.formats import parquet
from app.render.formats.bulk import BULK, BY_NAME
from app.render.streaming import packed
from app.store import Wanted
from app.web.answer import OPEN
from app.web.api.answers import VARY, visit_of
from app.web.api.operations import ROOT, Operation, Parameter, serve
from app.web.api.parameters import DAY, FROM, LANG, OUTLET, TO, asked, filter_of
from app.web.caching import PAGE, matches
from app.web.negotiate import accepts_gzip
from app.web.problems import visible

router = APIRouter()

DEFAULT = "ndjson"

FORMAT = Parameter(
    "format",
    {"type": "string", "enum": list(BY_NAME), "default": DEFAULT},
    "`ndjson`: a JSON object a line, which `ortoo ingest` reads back; `csv`: a table for spreadsheets; `parquet`: "
    "typed columns, where the server has what it needs for it.",
    DEFAULT,
)
LANGUAGE = Parameter(LANG.name, LANG.schema, "Only this language (ISO 639). May be repeated.", "mn", repeated=True)

EXPORT = Operation(
    id="export",
    path=f"{ROOT}/export",
    tag="Headlines",
    summary="Every headline and article, as a file",
    about="The whole archive in every language, or a range of days, by day, the oldest first. It is written as it is "
    "read: what comes in meanwhile may or may not be in it.",
    parameters=(FORMAT, LANGUAGE, OUTLET, FROM, TO, DAY),
    query="day=2026-01-15",
    problems=(400,),
    more={
        "responses": {
            "200": {
                "description": "The file.",
                "content": {row.media_type.partition(";")[0]: {"schema": {"type": "string"}} for row in BULK},
            }
        }
    },
)
OPERATIONS = (EXPORT,)


@serve(router, EXPORT)
def export(request: Request) -> Response:
    """The file. The validator is the store's revision."""
    visit = visit_of(request)
    given = asked(visit.query(), EXPORT.parameters)
    f = filter_of(given)
    row = BY_NAME[_format(given.get("format", [DEFAULT])[0])]
    store = visit.site.store
    zipped = row.packs and accepts_gzip(request.headers.get("accept-encoding", ""))
    headers = {
        "cache-control": PAGE,
        "vary": VARY,
        "etag": f'W/"{__version__}-{store.revision()}"',
        "content-disposition": f'attachment; filename="{_name(f.since, f.until)}{row.suffix}"',
        **({"content-encoding": "gzip"} if zipped else {}),
        **OPEN,
    }
    if matches(request.headers.get("if-none-match"), headers["etag"]):
        kept = {name: value for name, value in headers.items() if not name.startswith("content-")}
        return Response(status_code=304, headers=kept)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=row.media_type)
    parts = row.write(store.export(Wanted(f.since, f.until, f.languages, f.outlets)))
    begun = chain([next(parts)], parts)  # what fails at once is still a document that says so
    return StreamingResponse(packed(begun) if zipped else begun, headers=headers, media_type=row.media_type)


def _format(name: str) -> str:
    """A format that can be had here. BadFilter."""
    known = [known for known in BY_NAME if known != "parquet" or parquet.available()]
    if name not in known:
        why = "it is not installed on this server" if name in BY_NAME else "there is no such format"
        expected = f"one of {', '.join(known)}"
        shown = visible(name[:80])
        raise BadFilter(f"format={shown}: {why}; expected {expected}.", name="format", value=shown, expected=expected)
    return name


def _name(since: object, until: object) -> str:
    """What the file is called where it is kept."""
    days = [str(day) for day in dict.fromkeys((since, until)) if day]
    return "-".join(["ortoo", *days]) if days else "ortoo"
