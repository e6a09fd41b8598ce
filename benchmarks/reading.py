"""The reading process: what it costs beside reading in the process itself, and what it does with hostile documents.

Run: `python benchmarks/reading.py`.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.errors import IngestError
from app.ingest import frames
from app.ingest.format import Item, Reading
from app.ingest.payload import Payload
from app.ingest.reader import ChildReader, Reader, read_here
from app.ingest.sniff import identify
from benchmarks.feeds import hundred_items
from benchmarks.hostile import DOCUMENTS

TIMES = 200
URL = "https://example.mn/rss"


def cost(reader: ChildReader) -> None:
    """A feed of 100 items: there and back, in milliseconds."""
    payload = Payload.of(hundred_items(), url=URL)
    items = _read(read_here, payload)
    assert _read(reader, payload) == items
    print("a feed of 100 items, ms:")
    print(f"  read here           wall {_ms(lambda: _read(read_here, payload), time.perf_counter):.2f}")
    print(f"  read in the child   wall {_ms(lambda: _read(reader, payload), time.perf_counter):.2f}")
    print(f"  of it in the parent CPU  {_ms(lambda: _read(reader, payload), time.process_time):.2f}")
    print(f"  items -> bytes -> items  {_ms(lambda: _there_and_back(items), time.process_time):.2f}  (wanted: 0.5)")


def _read(reader: Reader, payload: Payload) -> list[Item]:
    return list(reader(identify(payload), payload, Reading()))


def _there_and_back(items: list[Item]) -> None:
    _, head, body = frames.parsed(frames.items_frame(items))
    list(frames.items_of(head, body))


def _ms(run: Callable[[], object], clock: Callable[[], float]) -> float:
    run()
    start = clock()
    for _ in range(TIMES):
        run()
    return (clock() - start) * 1000 / TIMES


def hostile(reader: ChildReader) -> None:
    """Every hostile document under the usual limits: seconds, and how it ended."""
    for name, make in DOCUMENTS.items():
        payload, since = Payload.of(make(), url=URL, name=name), time.perf_counter()
        try:
            ended = f"{len(_read(reader, payload)):,} items and rejections"
        except IngestError as error:
            ended = error.message[:90]
        print(f"  {name:24} {time.perf_counter() - since:5.2f} s  {ended}")


if __name__ == "__main__":
    with ChildReader() as opened:
        cost(opened)
        hostile(opened)
