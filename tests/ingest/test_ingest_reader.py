"""Reading where it can be stopped: the same items as in the process itself, and an end to whatever hangs, eats memory
or dies."""

import io
import os
import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import count, islice
from pathlib import Path

import pytest

import app
from app.errors import MalformedPayload
from app.ingest import frames
from app.ingest import reader as module
from app.ingest.format import Format, Head, Item, Reading
from app.ingest.formats import rss
from app.ingest.limits import Limits
from app.ingest.listing import Listing
from app.ingest.payload import Payload
from app.ingest.reader import ChildReader, read_here
from app.ingest.sniff import identify
from app.model.headline import RawArticle, RawItem, Reason, Rejection
from app.pipeline import preview

SAMPLE = Path(app.__file__).parent / "data" / "samples" / "2026-01-15.txt"
ITEM = "<item><title>Мэдээ {0}</title><link>https://x.mn/{0}</link></item>"
FEED = "<rss><channel>" + "".join(ITEM.format(n) for n in range(250)) + "<item><title/></item></channel></rss>"

# A reading process whose only format does what a hostile document makes a parser do.
_ODD = """
import os, time
from app.ingest import child
from app.ingest.format import Format
from app.model.headline import RawItem

def parse(payload, reading):
    what = payload.head().decode()
    yield RawItem("before", raw=b"before")
    if what == "hang":
        while True:
            pass
    if what == "sleep":
        time.sleep(600)
    if what == "eat":
        held = []
        while True:
            held.append(bytes(10_000_000))
    if what == "die":
        os.kill(os.getpid(), 11)
    if what == "fault":
        raise ZeroDivisionError("a mistake in a parser")
    if what == "lie":
        os.write(1, b"?" * 100)
    if what == "environment":
        yield RawItem(" ".join(sorted(os.environ)))
    yield RawItem("after")

child.standard(lambda source, sink: child.main(source, sink, [Format("odd", (), lambda head: True, parse)]))
"""


def _nothing(payload: Payload, reading: Reading) -> Iterator[Item]:
    return iter(())


def _never(head: Head) -> bool:
    return False


ODD = Format("odd", (), _never, _nothing)


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildReader]:
    with ChildReader() as opened:
        yield opened


@pytest.fixture
def odd() -> Iterator[ChildReader]:
    with ChildReader(("-c", _ODD)) as opened:
        yield opened


def both(reader: ChildReader, payload: Payload, reading: Reading | None = None) -> list[Item]:
    """What both ways of reading find, which has to be the same."""
    chosen, reading = identify(payload), reading or Reading()
    here = list(read_here(chosen, payload, reading))
    assert list(reader(chosen, payload, reading)) == here
    return here


def titles(items: Iterator[Item]) -> list[str]:
    return [item.title for item in items if isinstance(item, RawItem)]


def test_feeds_digests_and_pages_are_read_alike(reader: ChildReader, tmp_path: Path) -> None:
    found = both(reader, Payload.of(FEED, url="https://x.mn/rss", name="feed"))
    assert len(found) == 251
    path = tmp_path / "файл \udcff.xml" if os.name == "posix" else tmp_path / "f.xml"
    path.write_text(FEED, "utf-8")
    assert both(reader, Payload.of(path)) == found
    assert any(isinstance(item, RawArticle) for item in both(reader, Payload.of(SAMPLE)))
    bad = Payload.of("1 BAD WWW.X.MN PUBLISHED:2026/02/30", received_at=datetime(2026, 1, 10, tzinfo=UTC))
    assert any(isinstance(item, Rejection) for item in both(reader, bad, Reading(day=date(2026, 1, 15))))
    page = Payload.of("<!doctype html><ul><li><a href='/1'>One</a></ul>", url="https://x.mn/")
    (listed,) = both(reader, page, Reading(listing=Listing.of("item=li")))
    assert isinstance(listed, RawItem)
    assert listed.link == "https://x.mn/1"


def test_a_stream_that_can_be_read_once_is_read_whole(reader: ChildReader) -> None:
    payload = Payload.of(io.BytesIO(FEED.encode()), name="-")
    assert len(list(reader(rss.FORMAT, payload, Reading()))) == 251


def test_a_stream_without_an_end_is_refused(reader: ChildReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNPACKED_BYTES", 5_000)
    payload = Payload.of(io.BytesIO(FEED.encode()), name="-")
    with pytest.raises(MalformedPayload, match="stream of over 5,000 bytes"):
        list(reader(rss.FORMAT, payload, Reading(Limits(payload_bytes=100))))


def test_a_preview_can_be_read_in_the_child(reader: ChildReader) -> None:
    payload = Payload.of(FEED, url="https://x.mn/rss", received_at=datetime(2026, 1, 15, tzinfo=UTC))
    assert preview(payload, reader=reader) == preview(payload)


def test_a_refusal_comes_through_with_its_reason(reader: ChildReader) -> None:
    with pytest.raises(MalformedPayload, match="no feed") as caught:
        list(reader(rss.FORMAT, Payload.of("<html>"), Reading()))
    assert caught.value.facts["reason"] is Reason.MALFORMED
    assert len(list(reader(rss.FORMAT, Payload.of(FEED), Reading()))) == 251


@pytest.mark.parametrize("what", ["hang", "sleep"])
def test_what_hangs_is_stopped_and_the_next_is_read(odd: ChildReader, what: str) -> None:
    items = odd(ODD, Payload.of(what, name="feed.xml"), Reading(Limits(seconds=0.3)))
    with pytest.raises(MalformedPayload, match=r"feed\.xml takes longer than 0\.3 seconds \(ORTOO_PARSE_SEC") as caught:
        list(items)
    assert caught.value.facts["reason"] is Reason.TOO_SLOW
    assert titles(odd(ODD, Payload.of("good"), Reading())) == ["before", "after"]


def test_what_eats_memory_is_stopped_and_the_next_is_read(odd: ChildReader) -> None:
    with pytest.raises(MalformedPayload, match=r"more than 60 MB of memory \(ORTOO_PARSE_MEGABYTES\)") as caught:
        list(odd(ODD, Payload.of("eat"), Reading(Limits(megabytes=60))))
    assert caught.value.facts["reason"] is Reason.TOO_LARGE
    assert titles(odd(ODD, Payload.of("good"), Reading())) == ["before", "after"]


@pytest.mark.parametrize("what", ["die", "fault"])
def test_a_parser_that_breaks_costs_its_payload_only(odd: ChildReader, what: str) -> None:
    with pytest.raises(MalformedPayload) as caught:
        list(odd(ODD, Payload.of(what, name="feed.xml"), Reading()))
    assert "feed.xml" in caught.value.message
    assert caught.value.facts["reason"] is Reason.MALFORMED
    assert titles(odd(ODD, Payload.of("good"), Reading())) == ["before", "after"]


def test_items_before_a_fault_are_kept(odd: ChildReader) -> None:
    items = odd(ODD, Payload.of("fault"), Reading())
    assert titles(islice(items, 1)) == ["before"]


def test_what_a_parser_prints_is_no_answer(odd: ChildReader) -> None:
    assert titles(odd(ODD, Payload.of("lie"), Reading())) == ["before", "after"]


def test_the_child_knows_no_secrets(odd: ChildReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORTOO_DATABASE_URL", "postgresql://u:secret@host/x")
    (_, told, _) = titles(odd(ODD, Payload.of("environment"), Reading()))
    assert "ORTOO" not in told
    assert "PYTHONPATH" in told


def test_a_child_that_is_gone_is_replaced(reader: ChildReader) -> None:
    list(reader(rss.FORMAT, Payload.of(FEED), Reading()))
    for child in reader._idle:
        child._process.kill()
        child._process.wait()
    assert len(list(reader(rss.FORMAT, Payload.of(FEED), Reading()))) == 251


def test_a_reading_that_is_given_up_leaves_nothing_behind(reader: ChildReader) -> None:
    items = reader(rss.FORMAT, Payload.of(FEED), Reading())
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert len(list(reader(rss.FORMAT, Payload.of(FEED), Reading()))) == 251


def test_threads_share_a_reader(reader: ChildReader) -> None:
    bodies = [f"<rss><channel>{ITEM.format(n) * 300}</channel></rss>" for n in range(6)]
    found: dict[int, set[str]] = {}

    def read(n: int) -> None:
        for _ in range(5):
            found[n] = set(titles(reader(rss.FORMAT, Payload.of(bodies[n]), Reading())))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: {f"Мэдээ {n}"} for n in range(6)}


def test_no_child_can_be_started() -> None:
    with (
        ChildReader(("-c", "raise SystemExit")) as broken,
        pytest.raises(MalformedPayload, match="does not start"),
    ):
        list(broken(rss.FORMAT, Payload.of(FEED), Reading()))


def test_formats_without_an_end_are_read_here(odd: ChildReader) -> None:
    payload = Payload.of('{"title": "One"}\n{"title": "Two"}\n')
    chosen = identify(payload)
    assert chosen.endless
    assert titles(odd(chosen, payload, Reading())) == ["One", "Two"]


def test_here_the_time_between_two_items_is_limited() -> None:
    payload, ticks = Payload.of('{"title": "One"}\n{"title": "Two"}\n'), count()
    chosen = identify(payload)
    found = read_here(chosen, payload, Reading(Limits(seconds=1)), seconds=lambda: float(next(ticks)))
    assert titles(found) == ["One", "Two"]
    slow = iter([0.0, 0.5, 1.0, 9.0])
    items = read_here(chosen, payload, Reading(Limits(seconds=1)), seconds=lambda: next(slow))
    assert titles(islice(items, 1)) == ["One"]
    with pytest.raises(MalformedPayload, match="ORTOO_PARSE_SECONDS"):
        next(items)


def test_every_field_of_an_item_comes_through() -> None:
    full = RawItem("т\udcff", "l", "o", "p", "la", "m", 1, 2, "2026-01-15", b"\xff\0raw", "2026-01-14", "2027-01-01")
    assert len(fields(RawItem)) == 12
    article = RawArticle("т", None, "p", ("a", "b"), 3, None, b"x")
    rejection = Rejection(b"\xfe", Reason.BAD_LINK, "detail", "rss")
    items: list[Item] = [full, article, rejection, replace(full, raw=b"")]
    kind, head, body = frames.parsed(frames.items_frame(items))
    assert kind == frames.ITEMS

    assert list(frames.items_of(head, body)) == items
