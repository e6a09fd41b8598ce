"""Feeds on loopback that grow while they are watched, and some of them that turn hostile for a while."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

WORDS = (
    "Нүүрсний экспорт|Түгжрэл|Төсвийн орлого|Хадгаламжийн хүү|Ам.долларын ханш|Малын тоо толгой|Ногооны үнэ",
    "Архангайд|Баянхонгорт|Булганд|Дархан-Уулд|Дорнодод|Дундговьд|Завханд|Орхонд|Өвөрхангайд|Өмнөговьд|Сэлэнгэд|Увст",
    "өсөв|буурав|хоёр дахин нэмэгдэв|хэвээр байна|хэлэлцэгдэв|зогслоо|шинэчлэгдэнэ|тогтворжлоо",
    "гэж яам мэдээлэв|гэж сайд хэллээ|гэж судлаачид үзэж байна|гэв|гэж Монголбанк зарлав|гэж аймгийн Засаг дарга хэлэв",
)
FIRST = 5
"""Items that a feed begins with."""
MOST = 150
"""Items of a feed: none ever drops out of it."""
ENDLESS_SECONDS = 20.0
"""No hostile answer lasts longer."""


def address_of(feed: int, n: int) -> str:
    """The link of a feed's item."""
    return f"https://feed{feed}.example/{n}"


def title_of(feed: int, n: int) -> str:
    """Its title, its own."""
    chance = Random(f"{feed} {n}")
    subject, place, event, told = (chance.choice(words.split("|")) for words in WORDS)
    return f"{subject} {place} {chance.randint(2, 99)} хувиар {event} {told}: {feed}-{n}"


class Feeds:
    """Feeds numbered from 0; each gets an item every `every` seconds until `freeze`. Those in `turning` are the hostile
    ones while `hostile` is set."""

    def __init__(self, count: int, every: float, turning: range) -> None:
        self.count, self.turning = count, turning
        self.hostile = threading.Event()
        self.port = 0
        self._every = every
        self._began = time.monotonic()
        self._start = datetime.now(UTC)
        self._frozen: float | None = None

    def freeze(self) -> None:
        """No further items."""
        self._frozen = time.monotonic()

    def items(self) -> int:
        """How many items each feed has now."""
        now = time.monotonic() if self._frozen is None else self._frozen
        return min(FIRST + int((now - self._began) / self._every), MOST)

    def url(self, feed: int) -> str:
        return f"http://127.0.0.1:{self.port}/{feed}"

    def body(self, feed: int, items: int) -> bytes:
        """The feed with its first `items` items, newest first."""
        told = "".join(
            f"<item><title>{title_of(feed, n)}</title><link>{address_of(feed, n)}</link>"
            f"<pubDate>{format_datetime(self._start)}</pubDate></item>"
            for n in reversed(range(items))
        )
        head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {feed}</title>'
        return f"{head}{told}</channel></rss>".encode()


Behaviour = Callable[["Handler", bytes], None]


def _hang(handler: "Handler", _body: bytes) -> None:
    time.sleep(ENDLESS_SECONDS)
    handler.close_connection = True


def _drip(handler: "Handler", body: bytes) -> None:
    handler.head(200, {"Content-Length": str(len(body))})
    end = time.monotonic() + ENDLESS_SECONDS
    for byte in body:
        if time.monotonic() > end:
            return
        handler.wfile.write(bytes([byte]))
        time.sleep(0.05)


def _broken(handler: "Handler", _body: bytes) -> None:
    handler.whole(b"Traceback (most recent call last): ...", 500, "text/plain")


def _endless(handler: "Handler", body: bytes) -> None:
    handler.head(200, {"Connection": "close"})
    handler.wfile.write(body.split(b"</channel>")[0])
    end = time.monotonic() + ENDLESS_SECONDS
    more = b"<item><title>more</title><link>https://flood.example/1</link></item>" * 200
    while time.monotonic() < end:
        handler.wfile.write(more)


def _bomb(handler: "Handler", body: bytes) -> None:
    large = body.split(b"</channel>")[0] + b"<item><title>" + b"A" * 60_000_000
    handler.whole(gzip.compress(large, 1), headers={"Content-Encoding": "gzip"})


def _cut(handler: "Handler", body: bytes) -> None:
    handler.head(200, {"Content-Length": str(len(body)), "Connection": "close"})
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def _page(handler: "Handler", _body: bytes) -> None:
    handler.whole(b"<!doctype html><title>Domain for sale</title><p>Buy it", media_type="text/html")


def _circle(handler: "Handler", _body: bytes) -> None:
    handler.head(302, {"Location": handler.path, "Content-Length": "0"})


def _inward(handler: "Handler", _body: bytes) -> None:
    handler.head(302, {"Location": "http://127.0.0.1:1/", "Content-Length": "0"})


def _nested(handler: "Handler", _body: bytes) -> None:
    handler.whole(b"<rss><channel>" + b"<item>" * 200_000)


def _entities(handler: "Handler", _body: bytes) -> None:
    many = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    handler.whole(f'<!DOCTYPE rss [<!ENTITY a0 "ha">{many}]><rss><channel><title>&a9;</title></channel></rss>'.encode())


HOSTILE: tuple[Behaviour, ...] = (
    _hang, _drip, _broken, _endless, _bomb, _cut, _page, _circle, _inward, _nested, _entities,
)  # fmt: skip
"""What a server does that has turned hostile; a feed takes the next one with every request."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    feeds: Feeds
    asked: dict[int, int]

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""

    def head(self, status: int, headers: dict[str, str], media_type: str = "application/rss+xml") -> None:
        """The beginning of an answer."""
        self.send_response(status)
        for name, value in {"Content-Type": media_type, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def whole(
        self,
        body: bytes,
        status: int = 200,
        media_type: str = "application/rss+xml",
        headers: dict[str, str] | None = None,
    ) -> None:
        """A proper answer."""
        self.head(status, {"Content-Length": str(len(body)), **(headers or {})}, media_type)
        self.wfile.write(body)

    def do_GET(self) -> None:
        """A feed; 304 for who has it."""
        number = self.path.strip("/")
        if not number.isdigit() or int(number) >= self.feeds.count:
            self.whole(b"no such feed", 404, "text/plain")
            return
        feed, items = int(number), self.feeds.items()
        try:
            self._answer(feed, items)
        except OSError:  # it hung up: whoever is flooded may
            self.close_connection = True

    def _answer(self, feed: int, items: int) -> None:
        tag = f'"{feed}-{items}"'
        if feed in self.feeds.turning and self.feeds.hostile.is_set():
            nth = self.asked[feed] = self.asked.get(feed, feed) + 1
            HOSTILE[nth % len(HOSTILE)](self, self.feeds.body(feed, items))
        elif self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
        else:
            self.whole(self.feeds.body(feed, items), headers={"ETag": tag})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Somebody hung up."""


@contextmanager
def serving(feeds: Feeds) -> Iterator[Feeds]:
    """The feeds, on a port of loopback that the system chooses."""
    handler = type("OneHandler", (Handler,), {"feeds": feeds, "asked": {}})
    server = _Server(("127.0.0.1", 0), handler)
    feeds.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield feeds
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
