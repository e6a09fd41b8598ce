"""CSV and TSV, with the columns of `app.ingest.columns`, as a stream of any size. The first row names the columns;
the separator is the one of comma, semicolon, tab and bar that finds the most of them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.errors import MalformedPayload
from app.ingest.columns import COLUMNS, column, item_of
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.payload import Payload
from app.ingest.source import read_all
from app.model.headline import RawItem, Reason, Rejection

_NAME = "table"

MAX_COLUMNS = 1_000
ROW_CHARS = 100_000
"""The longest row; one with a whole article has some 30,000."""

ROW_LINES = 200
"""Lines of one row, which has line breaks inside quotation marks."""

KEPT_CHARS = 16_000

Header = tuple[str, list[str | None]]
"""The separator and what each column is."""


def read(
    chunks: Iterable[str], url: str = "", columns: Mapping[str, str] | None = None
) -> Iterator[RawItem | Rejection]:
    """The rows in their order. MalformedPayload when the first row does not name a title."""
    del url  # links stand as they are: a table has no address of its own
    lines = _lines(chunks)
    header = next(((line, found) for line in lines if (found := _header(line, columns or {})) or line.strip()), None)
    if header is None or header[1] is None:
        known = "; ".join(f"{name} ({', '.join(names[1:])})" for name, names in COLUMNS.items())
        raise MalformedPayload(
            f"The first row has to name the columns, the title among them: {known}. Map others: --map title=Heading.",
            reason=Reason.MALFORMED,
        )
    separator, names = header[1]
    head = separator.join(name or "" for name in names) + "\n"
    for row in _rows(lines, separator):
        yield _headed(row, head) if isinstance(row, Rejection) else _item(row, names, separator, head)


def _headed(refused: Rejection, head: str) -> Rejection:
    """A rejected row under a header, so that it can be read again alone."""
    return replace(refused, raw=head.encode() + refused.raw)


def _header(line: str, mapping: Mapping[str, str]) -> Header | None:
    """What a first row names; None when there is no title among it."""
    best: Header | None = None
    for separator in ",;\t|":
        cells = next(csv.reader([line[:ROW_CHARS]], delimiter=separator), [])
        names = [column(cell, mapping) for cell in cells[:MAX_COLUMNS]]
        if "title" in names and (best is None or _known(names) > _known(best[1])):
            best = separator, names
    return best


def _known(names: list[str | None]) -> int:
    return len(set(names) - {None})


def _item(cells: list[str], names: list[str | None], separator: str, head: str) -> RawItem | Rejection:
    raw = (head + _joined(cells, separator)).encode("utf-8", "replace")
    if len(cells) > MAX_COLUMNS:
        return Rejection(
            raw[:KEPT_CHARS], Reason.TOO_LARGE, f"The row has {len(cells):,} columns; {MAX_COLUMNS:,} are read."
        )
    row: dict[str, str | None] = {}
    for name, cell in zip(names, cells, strict=False):
        if name is not None:
            row[name] = row.get(name) or cell.strip() or None
    return item_of(row, raw)


def _joined(cells: list[str], separator: str) -> str:
    """A row of cells as it is written."""
    plain = separator.join(cells)
    if '"' not in plain and "\n" not in plain and "\r" not in plain and plain.count(separator) == len(cells) - 1:
        return plain
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="").writerow(cells)
    return written.getvalue()


def _rows(lines: Iterator[str], separator: str) -> Iterator[list[str] | Rejection]:
    """Rows of cells. A quotation mark that is never closed costs its own line, not the rest of the table."""
    waiting: list[str] = []
    while (line := waiting.pop(0) if waiting else next(lines, None)) is not None:
        if len(line) > ROW_CHARS:
            yield _refused(line, Reason.TOO_LARGE, f"The row has more than {ROW_CHARS:,} characters.")
            continue
        if not line.strip():
            continue
        taken = [line]
        while not _closed(taken, separator):
            more = waiting.pop(0) if waiting else next(lines, None)
            if more is None or len(taken) == ROW_LINES or sum(map(len, taken)) + len(more) > ROW_CHARS:
                yield _refused(line, Reason.MALFORMED, "The row has a quotation mark that is not closed.")
                waiting = [*taken[1:], *([more] if more is not None else []), *waiting]
                taken = []
                break
            taken.append(more)
        yield from csv.reader(taken, delimiter=separator)


def _closed(lines: list[str], separator: str) -> bool:
    """Whether the lines make whole rows. Only an odd number of quotation marks can leave one open."""
    if sum(line.count('"') for line in lines) % 2 == 0:
        return True
    try:
        for _ in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" not in str(error)
    return True


def _lines(chunks: Iterable[str]) -> Iterator[str]:
    """Lines with their ends, without zero characters. One longer than ROW_CHARS comes cut just above that length."""
    rest = ""
    for chunk in chunks:
        *whole, rest = (rest + chunk.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        for line in whole:
            yield line + "\n"
        if len(rest) > 2 * ROW_CHARS:
            rest = rest[: ROW_CHARS + 1]
    if rest:
        yield rest


def _refused(line: str, reason: Reason, detail: str) -> Rejection:
    kept = line[:KEPT_CHARS] if reason is Reason.TOO_LARGE else line
    return Rejection(kept.encode("utf-8", "replace"), reason, detail)


def sniff(head: Head) -> bool:
    """Whether the first line names a title and another known column."""
    line = next((line for line in head.text[:ROW_CHARS].lstrip("\ufeff").splitlines() if line.strip()), "")
    if line[:1] in "<{[":
        return False
    header = _header(line, {})
    return header is not None and _known(header[1]) > 1


def parse(payload: Payload, reading: Reading) -> Iterator[Item]:
    """The rows. MalformedPayload when the first does not name a title."""

    def read_mapped(chunks: Iterable[str], url: str) -> Iterator[Item]:
        return read(chunks, url, reading.columns)

    return read_all(payload, reading, read_mapped, _NAME, endless=True)


FORMAT = Format(_NAME, ("text/csv", "text/tab-separated-values"), sniff, parse, endless=True)
