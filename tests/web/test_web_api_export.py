"""`/api/v1/export`: everything as a file."""

import csv
import io
import json
import sys

import pyarrow.parquet as pq
import pytest

from tests.web.asking import Client

EXPORT = "/api/v1/export"


def lines(client: Client, query: str = "") -> list[dict[str, object]]:
    answer = client.get(EXPORT + query)
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.text.splitlines()]


def test_everything_in_every_language(each_client: Client) -> None:
    answer = each_client.get(EXPORT)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["content-disposition"] == 'attachment; filename="ortoo.ndjson"'
    assert answer.headers["access-control-allow-origin"] == "*"
    told = lines(each_client)
    assert {line["language"] for line in told} == {"en", "mn", "kk", "und"}
    assert len(told) == 12
    assert [line["day"] for line in told] == sorted(str(line["day"]) for line in told)


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("?day=2026-01-15", 9),
        ("?from=2026-01-14", 11),
        ("?to=2026-01-14", 3),
        ("?lang=mn", 3),
        ("?lang=kk&lang=und", 2),
        ("?outlet=gogo.mn", 3),
        ("?outlet=gogo.mn&lang=en", 0),
    ],
)
def test_a_part_of_it(each_client: Client, query: str, n: int) -> None:
    assert len(lines(each_client, query)) == n


def test_as_a_table_and_as_parquet(client: Client) -> None:
    told = lines(client)
    table = client.get(f"{EXPORT}?format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == [line["title"] for line in told]
    answer = client.get(f"{EXPORT}?format=parquet&day=2026-01-15")
    assert answer.headers["content-disposition"] == 'attachment; filename="ortoo-2026-01-15.parquet"'
    assert pq.read_table(io.BytesIO(answer.content)).num_rows == 9


def test_validators_head_and_compression(client: Client) -> None:
    answer = client.get(EXPORT)
    again = client.get(EXPORT, {"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.body) == (304, b"")
    head = client.head(EXPORT)
    assert (head.status_code, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])
    small = client.get(EXPORT, {"accept-encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert small.content == answer.body
    assert "content-encoding" not in client.get(f"{EXPORT}?format=parquet", {"accept-encoding": "gzip"}).headers


@pytest.mark.parametrize(
    "query",
    ["?format=xls", "?format=csv&format=csv", "?from=2026-02-01&to=2026-01-01", "?day=x", "?limit=5", "?lang=E"],
)
def test_a_wrong_question_says_what_is_wrong(client: Client, query: str) -> None:
    answer = client.get(EXPORT + query)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["name"] in query


def test_parquet_that_is_not_installed_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = client.get(f"{EXPORT}?format=parquet")
    assert answer.status_code == 400
    assert "not installed on this server; expected one of ndjson, csv" in answer.json()["detail"]
