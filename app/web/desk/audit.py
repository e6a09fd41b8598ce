"""`/desk/{ui}/audit`, and the same as `.csv` and `.ndjson`: who did what to what, when, before and after."""

import csv
import io
import json
from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from app.model.audit import AuditFilter, Entry
from app.model.day import parse_day
from app.model.editor import Right
from app.render.desk_pages import DeskAuditPage
from app.render.desk_words import KINDS
from app.web.caching import NEVER
from app.web.desk.gate import Desk, Sitting

desk = Desk()
router = desk.router

SHOWN = 100
NAMES = ("who", "action", "kind", "key", "from", "to")
COLUMNS = ("id", "at", "who", "action", "kind", "key", "before", "after", "note")


@desk.page("/audit", Right.LOOK)
def audit(sitting: Sitting) -> Response:
    """The newest first."""
    wanted, query = _wanted(sitting)
    with sitting.store.reading() as reader:
        entries = reader.audit.entries(wanted, SHOWN + 1)
        actions, people = reader.audit.actions(), tuple(e.name for e in reader.editors.all())
    older = ""
    if len(entries) > SHOWN:
        older = sitting.links.audit({**query, "before": str(entries[SHOWN - 1].id)})
    page = DeskAuditPage(sitting.frame, entries[:SHOWN], wanted, query, older, actions, people, tuple(KINDS))
    return sitting.show(page, sitting.links.audit(query).removeprefix(sitting.links.at()))


@desk.page("/audit.csv", Right.LOOK)
def as_csv(sitting: Sitting) -> Response:
    """All that match, oldest first, as a table."""
    return _file(sitting, "text/csv; charset=utf-8", _csv)


@desk.page("/audit.ndjson", Right.LOOK)
def as_ndjson(sitting: Sitting) -> Response:
    """The same, a JSON document a line."""
    return _file(sitting, "application/x-ndjson", _ndjson)


def _file(sitting: Sitting, media_type: str, tell: object) -> Response:
    wanted, _ = _wanted(sitting)

    def pieces() -> Iterator[str]:
        with sitting.store.reading() as reader:
            yield from tell(reader.audit.walk(wanted))  # type: ignore[operator]

    return StreamingResponse(pieces(), media_type=media_type, headers={"cache-control": NEVER})


def _wanted(sitting: Sitting) -> tuple[AuditFilter, dict[str, str]]:
    """The filter of the address; values that cannot be are left out."""
    given = sitting.visit.request.query_params
    query = {name: value[:200] for name in NAMES if (value := given.get(name, "").strip())}
    before = given.get("before", "")
    wanted = AuditFilter(
        who=query.get("who", ""),
        action=query.get("action", ""),
        kind=query.get("kind", ""),
        key=query.get("key", ""),
        since=parse_day(query.get("from", "")),
        until=parse_day(query.get("to", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    return wanted, query


def _told(entry: Entry) -> dict[str, object]:
    facts = {name: getattr(entry, name) for name in COLUMNS}
    return facts | {"at": f"{entry.at:%Y-%m-%dT%H:%M:%SZ}"}


def _ndjson(entries: Iterator[Entry]) -> Iterator[str]:
    for entry in entries:
        yield json.dumps(_told(entry), ensure_ascii=False) + "\n"


def _csv(entries: Iterator[Entry]) -> Iterator[str]:
    """States as JSON. What a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
    injection)."""
    yield _line(COLUMNS)
    for entry in entries:
        told = _told(entry)
        for name in ("before", "after"):
            told[name] = "" if told[name] is None else json.dumps(told[name], ensure_ascii=False)
        yield _line([_inert(str(told[name])) for name in COLUMNS])


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(values: object) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)  # type: ignore[arg-type]
    return written.getvalue()
