"""The worker end to end: CPU seconds of fifty feeds of 100 items over loopback, fetched, read and stored, of the same
feeds with nothing new in them, and of fifty 304s.

Run: `python benchmarks/worker.py`. The server is a process of its own; the CPU of the worker's reading process counts.
Where lemon24/reader is installed it is measured in the same run; else its usual 2,400 to 2,900 items are the yardstick.
"""

import importlib
import importlib.util
import multiprocessing
import os
import resource
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.ingest.fetch import Fetcher, FetchPolicy
from app.ingest.fetch.policy import Allowed
from app.ingest.reader import ChildReader
from app.model.source import Source
from app.settings import Settings
from app.store import Store
from app.worker.crew import Crew
from app.worker.land import Rules
from app.worker.run import Worker

FEEDS, ITEMS = 50, 100
WARM = 5  # further feeds before the measured ones: interpreters, lists and caches are there when a worker has begun
READERS = 2_400
"""Items per CPU second of lemon24/reader, its slower measurement."""

_WORDS = (
    "Нүүрсний экспорт|Түгжрэл|Төсвийн орлого|Хадгаламжийн хүү|Ам.долларын ханш|Малын тоо толгой|Ногооны үнэ",
    "Архангайд|Баянхонгорт|Булганд|Дархан-Уулд|Дорнодод|Дундговьд|Завханд|Орхонд|Өвөрхангайд|Өмнөговьд|Сэлэнгэд|Увст|Ховдод",
    "өссөн|буурсан|хоёр дахин нэмэгдсэн|хэвээр байгаа|хэлэлцэгдсэн|зогссон|шинэчлэгдэх|тогтворжсон",
    "гэж яам мэдээлэв|гэж сайд хэллээ|гэж судлаачид үзэж байна|гэв|гэж Монголбанк зарлав|гэж аймгийн Засаг дарга хэлэв",
)


def feed(number: int) -> bytes:
    """A feed of its own, with titles of some eight words out of a newspaper's few."""
    chance = Random(number)
    items = "".join(map(_item, [number] * ITEMS, range(ITEMS), [chance] * ITEMS))
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{number}</title>'
    return f"{head}{items}</channel></rss>".encode()


def _item(number: int, n: int, chance: Random) -> str:
    subject, place, event, told = (chance.choice(words.split("|")) for words in _WORDS)
    when = datetime(2026, 1, 15, tzinfo=UTC) - timedelta(minutes=7 * n)
    return (
        f"<item><title>{subject} {place} {chance.randint(2, 99)} хувиар {event} {told}</title>"
        f"<link>https://outlet{number}.mn/news/{n}</link><guid>https://outlet{number}.mn/?p={n}</guid>"
        f"<description>{'Тайлбар ' * 12}</description><pubDate>{when:%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
    )


def serve(ready: Connection) -> None:
    """Feeds under /0 to /49; 304 to whoever knows the tag; no robots.txt."""
    common = b'Content-Type: application/rss+xml\r\nETag: "a"\r\n'
    bodies = [feed(n) for n in range(FEEDS + WARM)]
    feeds = [b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s" % (len(b), common, b) for b in bodies]
    known = b"HTTP/1.1 304 Not Modified\r\n%s\r\n" % common
    none = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    listening = socket.create_server(("127.0.0.1", 0), backlog=200)
    ready.send(listening.getsockname()[1])

    def talk(sock: socket.socket) -> None:
        heard = b""
        while data := sock.recv(65536):
            heard += data
            while b"\r\n\r\n" in heard:
                head, heard = heard.split(b"\r\n\r\n", 1)
                path = head.split(b" ", 2)[1].strip(b"/")
                there = feeds[int(path)] if path.isdigit() else none
                sock.sendall(known if path.isdigit() and b"if-none-match" in head.lower() else there)

    while True:
        sock, _ = listening.accept()
        threading.Thread(target=talk, args=(sock,), daemon=True).start()


def _cpu() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def measured(run: Callable[[], object]) -> float:
    """CPU seconds of `run` in a process of its own, its children included."""
    here, there = multiprocessing.Pipe()

    def child() -> None:
        before = _cpu()
        run()
        there.send(_cpu() - before)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    spent: float = here.recv()
    process.join()
    return spent


def once(url: str, *rounds: range, forget: bool = False) -> None:
    """These sources once, due or not, by one worker; with `forget` as if nothing were known of the last bodies."""
    store = Store.open(url)
    here = Allowed.read("127.0.0.1/32")
    clock = lambda: datetime.now(UTC)  # noqa: E731
    with Fetcher(FetchPolicy(allow=(here,))) as fetcher, ChildReader() as reader:
        worker = Worker(
            store,
            fetcher,
            Rules.of(Settings(), reader),
            Crew.of(Settings()),
            owner="bench",
            clock=clock,
            chance=lambda: 0.0 if forget else 0.5,
            unhurried=here.names,
        )
        for numbers in rounds:
            worker.once(numbers)
    store.close()


def _prepared(url: str, port: int) -> str:
    store = Store.open(url)
    store.migrate()
    with store.writing() as writer:
        for n in range(FEEDS + WARM):
            writer.sources.add(Source(f"http://127.0.0.1:{port}/{n}", kind="rss"), datetime.now(UTC))
    store.close()
    return url


def lemon24(port: int) -> float:
    """CPU seconds in which lemon24/reader updates the same feeds, with its own choice of everything."""
    make_reader = importlib.import_module("reader").make_reader
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(os.path.join(folder, "db.sqlite"))
        for n in range(FEEDS):
            reader.add_feed(f"http://127.0.0.1:{port}/{n}")
        start = time.process_time()
        reader.update_feeds()
        spent = time.process_time() - start
        assert reader.get_entry_counts().total == FEEDS * ITEMS
        reader.close()
    return spent


def main() -> None:
    """Measure and print."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    warm, all_ = range(FEEDS + 1, FEEDS + WARM + 1), range(1, FEEDS + 1)
    with tempfile.TemporaryDirectory() as folder:
        url, other = (_prepared(f"sqlite:///{folder}/{name}.db", port) for name in ("bench", "warm"))
        start = measured(lambda: once(other, warm))
        first = measured(lambda: once(url, warm, all_)) - start
        quiet = measured(lambda: once(url, all_))
        again = measured(lambda: once(url, all_, forget=True))
    items = FEEDS * ITEMS
    theirs = lemon24(port) if importlib.util.find_spec("reader") else items / READERS
    whose = "lemon24/reader" if importlib.util.find_spec("reader") else f"lemon24/reader's {READERS:,}"
    print(f"fifty feeds stored:  {first:.3f} CPU s, {items / first:,.0f} items a CPU second")
    print(f"                     {theirs / first:.1f} times {whose}")
    print(f"the same bodies:     {again:.3f} CPU s (told by their hash)")
    print(f"fifty 304s:          {quiet:.3f} CPU s (wanted: 0.12)")
    print(f"to begin:            {start:.3f} CPU s with the first {WARM} feeds")
    server.kill()


if __name__ == "__main__":
    main()
