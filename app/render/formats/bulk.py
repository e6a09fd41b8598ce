"""The formats of the bulk export: one row each. They write records as they come, in constant memory."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.model.export import ExportRecord
from app.render.formats import ndjson, parquet, table
from app.render.streaming import blocks


@dataclass(frozen=True, slots=True)
class BulkFormat:
    """`write` gives the file in parts; `packs` says whether compressing it pays."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[ExportRecord]], Iterator[bytes]]
    packs: bool = True


COLUMNS = (*table.COLUMNS[:-1], "stated", "digests", "paragraphs", "first_seen_at", "edits")
"""Of the table: those of a list's, and what else a line of NDJSON says, lists as JSON."""

_LISTS = ("digests", "paragraphs", "edits")


def _table(records: Iterable[ExportRecord]) -> Iterator[bytes]:
    return blocks(_rows(records))


def _rows(records: Iterable[ExportRecord]) -> Iterator[str]:
    yield table.BYTE_ORDER_MARK + table.line(COLUMNS)
    for record in records:
        told = ndjson.told(record)
        told["article"] = "true" if record.article else "false"
        for name in _LISTS:
            told[name] = json.dumps(told[name], ensure_ascii=False) if told.get(name) else None
        yield table.line([told.get(name) for name in COLUMNS])


def _lines(records: Iterable[ExportRecord]) -> Iterator[bytes]:
    return blocks(map(ndjson.line, records))


BULK: tuple[BulkFormat, ...] = (
    BulkFormat("ndjson", ndjson.SUFFIX, ndjson.MEDIA_TYPE, _lines),
    BulkFormat("csv", table.SUFFIX, table.MEDIA_TYPE, _table),
    BulkFormat("parquet", parquet.SUFFIX, parquet.MEDIA_TYPE, parquet.write, packs=False),
)

BY_NAME = {row.name: row for row in BULK}
