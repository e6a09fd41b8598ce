"""The formats of the bulk export."""

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date

import pyarrow.parquet as pq
import pytest

from app.errors import MissingExtra
from app.model.export import ExportRecord
from app.model.headline import DigestPlace, Honesty
from app.model.history import TitleEdit
from app.render.formats import parquet
from app.render.formats.bulk import BY_NAME
from app.render.streaming import blocks, packed
from tests.builders import DAY, NOW

PLAIN = ExportRecord(1, DAY, "en", None, "=1+1", "https://a.mn/1", "a.mn", "www2.a.mn", NOW, Honesty.DECLARED)
DIGEST = ExportRecord(
    id=2,
    day=DAY,
    language="mn",
    rank=None,
    title="“ҮГ”, үг",
    url=None,
    outlet="gogo.mn",
    host="gogo.mn",
    published=date(2026, 1, 14),
    honesty=Honesty.FIRST_SEEN,
    digests=(DigestPlace(DAY, "mn", 3, None),),
    stated="2027-01-01",
    first_seen_at=NOW,
    edits=(TitleEdit(NOW, "ҮГ", "“ҮГ”, үг", ""),),
)
ARTICLE = replace(PLAIN, id=3, title="Why", article=True, paragraphs=("One.", "Хоёр."), published=DAY)
RECORDS = (PLAIN, DIGEST, ARTICLE)


def written(name: str) -> bytes:
    return b"".join(BY_NAME[name].write(iter(RECORDS)))


def test_a_table_says_what_a_line_says() -> None:
    body = written("csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    lines = [json.loads(line) for line in written("ndjson").splitlines()]
    assert rows[0]["title"] == "'=1+1"
    assert [row["title"] for row in rows[1:]] == [line["title"] for line in lines[1:]]
    for row, line in zip(rows, lines, strict=True):
        for name in ("id", "day", "language", "outlet", "published", "host", "honesty"):
            assert row[name] == str(line[name])
        assert json.loads(row["digests"] or "[]") == line["digests"]
        assert json.loads(row["paragraphs"] or "[]") == line.get("paragraphs", [])
    assert (rows[1]["stated"], rows[1]["first_seen_at"]) == ("2027-01-01", "2026-01-15T09:00:00Z")
    assert json.loads(rows[1]["edits"])[0]["before"] == "ҮГ"


def test_parquet_is_typed_and_says_the_same() -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    rows = table.to_pylist()
    assert [row["title"] for row in rows] == [record.title for record in RECORDS]
    assert rows[0]["published_at"] == NOW.replace(tzinfo=UTC)
    assert (rows[0]["published_on"], rows[1]["published_on"]) == (None, date(2026, 1, 14))
    assert rows[1]["digests"] == [{"day": DAY, "language": "mn", "position": 3, "rank": None}]
    assert rows[1]["first_seen_at"] == NOW
    assert rows[2]["paragraphs"] == ["One.", "Хоёр."]
    assert [row["article"] for row in rows] == [False, False, True]


def test_nothing_is_still_a_parquet_file() -> None:
    table = pq.read_table(io.BytesIO(b"".join(parquet.write(iter(())))))
    assert (table.num_rows, table.schema.names[:2]) == (0, ["id", "day"])


def test_parquet_is_written_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 10)
    taken = 0

    def counted() -> Iterator[ExportRecord]:
        nonlocal taken
        for taken in range(1, 36):
            yield replace(PLAIN, id=taken)

    parts = parquet.write(counted())
    first = next(parts)
    assert (first[:4], taken) == (b"PAR1", 10)
    whole = pq.ParquetFile(io.BytesIO(first + b"".join(parts)))
    assert (whole.num_row_groups, whole.metadata.num_rows) == (4, 35)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not parquet.available()
    with pytest.raises(MissingExtra, match=r"ortoo\[parquet\]"):
        parquet.write(iter(()))


def test_blocks_and_packed_blocks_hold_the_same() -> None:
    parts = [f"{n:,} үг\n" for n in range(20_000)]
    joined = list(blocks(parts))
    assert len(joined) > 3
    assert b"".join(joined).decode() == "".join(parts)
    squeezed = b"".join(packed(iter(joined)))
    assert gzip.decompress(squeezed) == b"".join(joined)
    assert len(squeezed) < len(b"".join(joined)) / 4
    assert squeezed[4:8] == b"\0\0\0\0"  # no time in it


def test_no_part_is_one_empty_block() -> None:
    assert list(blocks([])) == [b""]
