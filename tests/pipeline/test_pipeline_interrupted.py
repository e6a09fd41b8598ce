"""Ingest that is interrupted at any point and repeated gives the same store as ingest at one go; any order gives the
same; anything twice adds nothing. Through the whole pipeline, with payloads of several formats that tell of the same
articles, and with a real process that is killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ingest.format import Format, Item, Reading
from app.ingest.payload import Payload
from app.ingest.reader import read_here
from app.pipeline import ingest, run
from app.pipeline.parts import parts
from app.store import Store, Writer
from tests.builders import NOW
from tests.store.test_store_properties import contents, empty

OUTLETS = ["montsame.mn", "gogo.mn", "reuters.com"]
TRACKED = "?utm_source=rss"
EXAMPLES = {"sqlite": 150, "postgresql": 20}


class Cut(BaseException):
    """The power goes off; nobody catches it."""


@dataclass(frozen=True)
class News:
    """An article; every copy of it has the same title and day."""

    n: int
    hours: int

    @property
    def outlet(self) -> str:
        return OUTLETS[self.n % len(OUTLETS)]

    @property
    def title(self) -> str:
        return f"Parliament passes law number {self.n} after debate"

    @property
    def url(self) -> str:
        return f"https://{self.outlet}/news/{self.n}"

    @property
    def at(self) -> datetime:
        return NOW - timedelta(hours=self.hours)

    @property
    def day(self) -> str:
        return (self.at + timedelta(hours=8)).date().isoformat()


def rss(told: list[News]) -> str:
    items = (
        f"<item><title>{a.title}</title><link>{a.url}{TRACKED}</link><pubDate>{format_datetime(a.at)}</pubDate></item>"
        for a in told
    )
    return f"<rss><channel>{''.join(items)}<item><link>https://x.mn/untitled</link></item></channel></rss>"


def ndjson(told: list[News]) -> str:
    rows = ({"title": a.title, "url": a.url, "published": a.day} for a in told)
    return "".join(json.dumps(row) + "\n" for row in rows) + '{"title": "cut'


def bare(told: list[News]) -> str:
    rows = ({"title": a.title.upper(), "outlet": f"www.{a.outlet}", "published": a.day} for a in told)
    return "".join(json.dumps(row) + "\n" for row in rows) or "{}\n"


def table(told: list[News]) -> str:
    return "гарчиг,холбоос\n" + "".join(f"{a.title},{a.url}\n" for a in told) + "Bad,javascript:x\n"


def digest(told: list[News]) -> str:
    entries = (
        f"{n} {a.title.upper()} WWW.{a.outlet.upper()} PUBLISHED:{a.day.replace('-', '/')}"
        for n, a in enumerate(told, 1)
    )
    return "\n".join(entries) or "No digest today."


@st.composite
def payloads(draw: st.DrawFn) -> list[Payload]:
    """Some payloads about the same articles. One digest at most: two of a day replace each other, as they should."""
    news = [News(n, draw(st.sampled_from([1, 3, 30]))) for n in range(draw(st.integers(1, 5)))]
    made = []
    kinds = draw(st.lists(st.sampled_from([rss, ndjson, bare, table]), min_size=1, max_size=5))
    for number, kind in enumerate([*kinds, *([digest] if draw(st.booleans()) else [])]):
        told = draw(st.lists(st.sampled_from(news), max_size=6, unique=kind is digest))
        made.append(Payload.of(kind(told), name=f"{number} {kind.__name__}"))
    return made


class Failing:
    """A store whose power goes off in the midst of the transaction after some."""

    def __init__(self, store: Store, transactions: int) -> None:
        self._store, self._left = store, transactions

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self._store.writing() as writer:
            yield writer
            self._left -= 1
            if self._left < 0:
                raise Cut


def stopping(after: int, chosen: Format, payload: Payload, reading: Reading) -> Iterator[Item]:
    """A reader whose power goes off after some items."""
    yield from islice(read_here(chosen, payload, reading), after)
    raise Cut


def interrupted(store: Store, payload: Payload, point: tuple[str, int]) -> None:
    """Take a payload in up to a point."""
    where, after = point
    with suppress(Cut):
        if where == "read":
            ingest(payload, store, now=NOW, reader=partial(stopping, after))
        else:
            ingest(payload, cast(Store, Failing(store, after)), now=NOW)


def everything(store: Store) -> dict[str, Any]:
    """What the promise is about, with the quarantine. Of two addresses of an article the first to come is shown."""
    with store.reading() as reader:
        kept = sorted((r.format, r.reason, r.raw) for r in reader.rejections(1000))
    found = contents(store)
    headlines = [told.replace(TRACKED, "") for told in found["headlines"]]
    digests = [(*place, told.replace(TRACKED, "")) for *place, told in found["digests"]]
    return {"headlines": sorted(headlines), "digests": digests, "counts": found["counts"], "quarantine": kept}


POINTS = st.tuples(st.sampled_from(["read", "store"]), st.integers(0, 4))


def the_promise(store: Store, data: st.DataObject) -> None:
    told = data.draw(payloads())
    empty(store)
    for payload in told:
        ingest(payload, store, now=NOW)
    expected = everything(store)
    empty(store)
    for payload in data.draw(st.permutations(told)):
        for point in data.draw(st.lists(POINTS, max_size=2)):
            interrupted(store, payload, point)
        ingest(payload, store, now=NOW)
    assert everything(store) == expected
    for payload in data.draw(st.permutations(told)):
        assert ingest(payload, store, now=NOW + timedelta(minutes=5)).added == 0
    assert everything(store) == expected


def test_interrupted_reordered_repeated(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "parts", partial(parts, size=2))  # so that few items make several transactions

    def check(data: st.DataObject) -> None:
        the_promise(store, data)

    settings(
        max_examples=EXAMPLES[store.dialect],
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )(given(data=st.data())(check))()


# A process that is killed ---------------------------------------------------------------------------------------------

LINES = 9_000
KILLS = 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Headlines for three transactions, every hundredth line broken."""
    rows = (
        json.dumps({"title": f"Story {n} of the year", "url": f"https://gogo.mn/{n}", "published": "2026-01-14"})
        if n % 100 != 50
        else f"no JSON {n}"
        for n in range(LINES)
    )
    path = tmp_path / "all.ndjson"
    path.write_text("\n".join(rows), "utf-8")
    return path


def start(database_url: str, file: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "ORTOO_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "app", "ingest", str(file)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_killed_ingest_is_made_good_by_the_next(
    store: Store, database_url: str, file: Path, sqlite_store: Store
) -> None:
    ingest(Payload.of(file), sqlite_store, now=NOW)
    expected = everything(sqlite_store)
    points = random.Random(20260115)
    for kill in range(KILLS):
        process = start(database_url, file)
        until = store.revision() + (kill % 2)  # before the first new transaction, or after it
        while store.revision() < until and process.poll() is None:
            time.sleep(0.005)
        time.sleep(points.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        contents(store)  # asserts that the kept counts are exact
    assert start(database_url, file).wait() == 1  # done, with broken lines
    found = everything(store)
    assert {**found, "quarantine": None} == {**expected, "quarantine": None}
    assert len(found["quarantine"]) == len(expected["quarantine"]) == LINES // 100
