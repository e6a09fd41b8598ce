"""What looks for losses, doubles and half pages in the run under load finds them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.i18n import translators
from app.model.batch import Batch
from app.search.expand import SPELLING
from app.settings import Settings, resource_dir
from app.store import Store
from app.store.export import Wanted
from app.web.app import create_app
from benchmarks.load.asking import Answer
from benchmarks.load.comparing import compare
from benchmarks.load.feeds import Feeds, address_of
from benchmarks.load.pages import Reader
from benchmarks.load.plan import FAULTS, faults_of
from benchmarks.load.record import GRACE, Kind, Sample, Window, figures, outside
from benchmarks.load.writing import Acknowledged
from benchmarks.speed.corpus import Row, headline
from tests.web.asking import Client

PAGES = ("/en/", "/mn/", "/mn/2026-01-15", "/en/archive/2026-01", "/mn/search?q=visa", "/en/nowhere", "/mn/nowhere")
FILES = ("/en.atom", "/mn.json", "/api/v1/headlines?limit=20", "/api/v1/nowhere")


@pytest.fixture
def reader() -> Reader:
    return Reader(1, 10, translators(resource_dir("locale")))


def got(client: Client, path: str) -> Answer:
    response = client.get(path)
    return Answer(response.status_code, {**response.headers, "content-length": str(len(response.body))}, response.body)


@pytest.fixture
def client(sqlite_store: Store) -> Iterator[Client]:
    with sqlite_store.writing() as writer:
        rows = [Row(datetime(2026, 1, 15, 2, tzinfo=UTC), "https://a.example/1", "Visa rules", "a.example", "en")]
        writer.put(Batch("a", "ndjson", datetime.now(UTC), tuple(map(headline, rows)), spelling=SPELLING))
    with Client(create_app(Settings(), sqlite_store)) as opened:
        yield opened


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_whole_answers_are_whole(client: Client, reader: Reader, path: str) -> None:
    assert reader.wrong(path, {}, got(client, path)) == ""


@pytest.mark.parametrize("path", PAGES)
def test_half_and_foreign_pages_are_found(client: Client, reader: Reader, path: str) -> None:
    answer = got(client, path)
    half = answer.body[: len(answer.body) // 2]
    assert reader.wrong(path, {}, replace(answer, body=half)) == "the length is another one"
    assert reader.unlike(path, "text/html", half) == "half a page"
    assert reader.unlike(path, "text/html", answer.body + answer.body) == "two pages in one"
    other = "/mn/" if path.startswith("/en/") else "/en/"
    assert reader.unlike(other, "text/html", answer.body) == "another language"
    mixed = answer.body.replace(f'<html lang="{path[1:3]}"'.encode(), f'<html lang="{other[1:3]}"'.encode())
    assert "words" in reader.unlike(other, "text/html", mixed)


def test_half_files_and_validators_of_other_bodies_are_found(client: Client, reader: Reader) -> None:
    for path in FILES:
        answer = got(client, path)
        assert reader.unlike(path, answer.headers["content-type"], answer.body[:-2]).startswith("cannot be read")
    page = got(client, "/en/")
    page = replace(page, headers={**page.headers, "etag": '"another"'})
    assert reader.wrong("/en/", {}, page) == "the validator is that of another body"
    known = Answer(304, {"etag": '"b"'})
    assert reader.wrong("/en/", {"If-None-Match": '"b"'}, known) == ""
    assert reader.wrong("/en/", {"If-None-Match": '"a"'}, known) == "304 to another tag"


def test_what_was_acknowledged_is_looked_for(store: Store) -> None:
    at = datetime(2026, 1, 15, 2, tzinfo=UTC)
    urls = ["https://wire.example/1/0", address_of(0, 0), "https://flood.example/1"]
    rows = [Row(at, url, f"Title {n}", url.split("/")[2], "en") for n, url in enumerate(urls)]
    with store.writing() as writer:
        writer.put(Batch("a", "ndjson", at, tuple(map(headline, rows)), spelling=SPELLING))
    ids = {str(record.url): record.id for record in store.export(Wanted())}
    sent = Acknowledged(headlines={urls[0]: ids[urls[0]]})
    feeds = Feeds(2, 1000.0, range(1, 2))
    found = compare(store, sent, feeds, {0: 1}, settled=False)
    assert (found.lost, found.twice, found.strange, found.told_too_much) == ((), (), (urls[2],), ())
    sent.headlines |= {urls[0]: ids[urls[0]] + 100, "https://wire.example/2/0": 7}
    sent.deeds = 1
    found = compare(store, sent, feeds, {0: 2, 1: 0}, settled=True)
    assert found.lost == tuple(sent.headlines)
    assert (found.told_too_much, found.unread, found.deeds_lost) == ((0,), (0,), 1)
    assert len(found.faults) == 6


def sample(at: float, kind: Kind, outcome: str = "503") -> Sample:
    return Sample(at, kind, outcome, 1.0)


def test_failures_are_explained_by_faults_only() -> None:
    window = Window("primary", 10.0, 10.0, ("read", "send"), recovered=5.0)
    inside = [sample(9.5, "read"), sample(15.0 + GRACE, "send"), sample(12.0, "read", "ok")]
    others = [sample(8.0, "read"), sample(16.0 + GRACE, "send"), sample(12.0, "desk"), sample(12.0, "read", "wrong")]
    assert outside([*inside, *others, sample(12.0, "read", "500")], [window]) == [*others, sample(12.0, "read", "500")]
    never = replace(window, recovered=None)
    assert outside([sample(1000.0, "send")], [never]) == []


def test_figures() -> None:
    found = figures([Sample(0, "read", "ok", n / 1000) for n in range(1, 101)] + [sample(0, "read")], "read")
    assert (found.n, found.wrong, found.p50, found.p99) == (101, {"503": 1}, 50.5, 100.0)
    assert figures([], "send").n == 0


def test_faults_are_spread_over_the_run_where_they_apply() -> None:
    for database, names in (("postgresql", FAULTS), ("sqlite", ("web", "worker", "disk", "clock", "feeds"))):
        found = faults_of(database, FAULTS)
        assert tuple(fault.name for fault in found) == names
        times = [fault.at for fault in found]
        assert times == sorted(times)
        assert times[0] > 0
        assert found[-1].at + found[-1].held < 1
    assert json.dumps([fault.name for fault in faults_of("sqlite", ("primary", "web"))]) == '["web"]'
