"""The export as Parquet: typed columns, for DuckDB, pandas and their like. Needs the extra `parquet` (pyarrow)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from itertools import islice
from typing import Any

from app.errors import MissingExtra
from app.model.export import ExportRecord

SUFFIX = ".parquet"
MEDIA_TYPE = "application/vnd.apache.parquet"

GROUP = 20_000
"""Records in a row group: what is held at once."""


def available() -> bool:
    """Whether the extra is installed."""
    try:
        _library()
    except MissingExtra:
        return False
    return True


def write(records: Iterable[ExportRecord]) -> Iterator[bytes]:
    """The file, a row group at a time. MissingExtra, at once."""
    return _written(*_library(), iter(records))


def _library() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'ortoo[parquet]'.", extra="parquet") from error


def _written(arrow: Any, parquet: Any, records: Iterator[ExportRecord]) -> Iterator[bytes]:
    sink, schema = _Sink(), _schema(arrow)
    with parquet.ParquetWriter(arrow.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        while group := [_row(record) for record in islice(records, GROUP)]:
            writer.write_table(arrow.Table.from_pylist(group, schema=schema), row_group_size=GROUP)
            yield sink.taken()
    yield sink.taken()


def _schema(arrow: Any) -> Any:
    """Names as in the other formats of the export; `published_at` is an instant, `published_on` a day."""
    text, day, number = arrow.string(), arrow.date32(), arrow.int32()
    short = arrow.dictionary(arrow.int32(), text)
    instant = arrow.timestamp("us", tz="UTC")
    place = arrow.struct([("day", day), ("language", text), ("position", number), ("rank", number)])
    edit = arrow.struct([("at", instant), ("before", text), ("after", text)])
    return arrow.schema(
        [
            *(("id", arrow.int64()), ("day", day), ("language", short), ("rank", number), ("title", text)),
            *(("url", text), ("outlet", short), ("published_at", instant), ("published_on", day)),
            *(("article", arrow.bool_()), ("host", short), ("honesty", short), ("stated", text)),
            *(("digests", arrow.list_(place)), ("paragraphs", arrow.list_(text))),
            *(("first_seen_at", instant), ("edits", arrow.list_(edit))),
        ]
    )


def _row(record: ExportRecord) -> dict[str, Any]:
    timed = isinstance(record.published, datetime)
    return {
        "id": record.id,
        "day": record.day,
        "language": record.language,
        "rank": record.rank,
        "title": record.title,
        "url": record.url,
        "outlet": record.outlet,
        "published_at": record.published if timed else None,
        "published_on": None if timed else record.published,
        "article": record.article,
        "host": record.host,
        "honesty": record.honesty.value,
        "stated": record.stated,
        "digests": [
            {"day": place.day, "language": place.language, "position": place.position, "rank": place.rank}
            for place in record.digests
        ],
        "paragraphs": list(record.paragraphs),
        "first_seen_at": record.first_seen_at,
        "edits": [{"at": edit.at, "before": edit.before, "after": edit.after} for edit in record.edits],
    }


class _Sink:
    """A file that gives away what was written to it."""

    closed = False

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._written = 0

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._waiting.append(piece)
        self._written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing behind it to be closed."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        data, self._waiting = b"".join(self._waiting), []
        return data
