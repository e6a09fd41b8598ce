"""Fetching: CPU seconds of fifty 304s and of fifty feeds of 100 items over loopback, beside a bare http.client.

Run: `python benchmarks/fetch.py`. The server is a process of its own, so that only the client's work is counted. Where
lemon24/reader is installed its cost for the same feeds is measured too.
"""

import http.client
import importlib
import importlib.util
import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.ingest.fetch import Fetcher, FetchPolicy, payload_of
from app.ingest.fetch.policy import Allowed
from app.ingest.format import Reading
from app.ingest.sniff import identify
from app.model.fetch import FetchState, Validators
from app.pipeline import preview
from benchmarks.feeds import hundred_items

TIMES = 50
ROUNDS = 5
TAG = '"a"'


def serve(ready: Connection) -> None:
    """Feeds under any path; 304 to whoever knows the tag; no robots.txt."""
    body = hundred_items()
    common = b'Content-Type: application/rss+xml\r\nETag: "a"\r\nCache-Control: max-age=60\r\n'
    feed = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n%s" % (len(body), common, body)
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
                missing = b"/robots.txt" in head or b"/.well-known" in head
                sock.sendall(none if missing else known if b"if-none-match" in head.lower() else feed)

    while True:
        sock, _ = listening.accept()
        threading.Thread(target=talk, args=(sock,), daemon=True).start()


def ours(port: int, known: Validators | None, read: Callable[[object], object] | None = None) -> None:
    """Fifty fetches by one fetcher, robots.txt and all; `read` gets each payload."""
    policy = FetchPolicy(allow=(Allowed.read("127.0.0.1/32"),))
    with Fetcher(policy) as fetcher:
        for n in range(TIMES):
            got = fetcher.fetch(f"http://127.0.0.1:{port}/{n}", validators=known)
            assert got.state is (FetchState.NOT_MODIFIED if known else FetchState.OK), got
            if read is not None:
                read(payload_of(got))


def bare(port: int, headers: dict[str, str]) -> None:
    """Fifty requests by http.client over one connection, nothing checked."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for n in range(TIMES):
        connection.request("GET", f"/{n}", headers={"User-Agent": "x", "Accept": "*/*", **headers})
        connection.getresponse().read()
    connection.close()


def lemon24(port: int) -> float:
    """CPU seconds in which lemon24/reader updates fifty feeds, with its own choice of everything."""
    make_reader = importlib.import_module("reader").make_reader

    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(os.path.join(folder, "db.sqlite"))
        for n in range(TIMES):
            reader.add_feed(f"http://127.0.0.1:{port}/{n}")
        start = time.process_time()
        reader.update_feeds()
        spent = time.process_time() - start
        assert reader.get_entry_counts().total == TIMES * 100
        reader.close()
    return spent


def cpu(run: Callable[[], object]) -> float:
    """The least CPU seconds of a few rounds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    """Measure and print."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    floor = cpu(lambda: bare(port, {"If-None-Match": TAG}))
    spent = cpu(lambda: ours(port, Validators(etag=TAG)))
    print(f"fifty 304s:  {spent:.4f} CPU s (wanted: 0.12), bare http.client {floor:.4f}, {spent / floor:.1f} times")
    floor = cpu(lambda: bare(port, {}))
    spent = cpu(lambda: ours(port, None))
    print(f"fifty feeds: {spent:.4f} CPU s fetched, bare http.client {floor:.4f}, {spent / floor:.1f} times")
    read = cpu(lambda: ours(port, None, lambda p: list(identify(p).parse(p, Reading()))))  # type: ignore[arg-type]
    whole = cpu(lambda: ours(port, None, lambda p: preview(p)))  # type: ignore[arg-type]
    items = TIMES * 100
    print(f"fifty feeds: {read:.4f} CPU s fetched and read, {items / read:,.0f} items per CPU second")
    print(
        f"fifty feeds: {whole:.4f} CPU s fetched, read, normalised and their language told, {items / whole:,.0f} items"
    )
    if importlib.util.find_spec("reader") is not None:
        theirs = lemon24(port)
        print(f"lemon24/reader: {theirs:.4f} CPU s, {items / theirs:,.0f} items; {theirs / whole:.1f} times ours")
    else:
        print("lemon24/reader is not installed: not compared")
    server.kill()


if __name__ == "__main__":
    main()
