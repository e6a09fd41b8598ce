"""A server on loopback that answers with exactly the bytes, and in exactly the manner, that a test wants."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Мэдээ</title>'
    "<item><title>Улаанбаатарт агаарын чанар сайжирчээ</title><link>https://montsame.mn/1</link>"
    "<pubDate>Thu, 15 Jan 2026 02:00:00 GMT</pubDate></item></channel></rss>"
).encode()


@dataclass(frozen=True)
class Request:
    """What was asked for: the path with its query, headers in lower case, and which connection asked (from 0)."""

    path: str
    headers: Mapping[str, str]
    connection: int


@dataclass(frozen=True)
class Talk:
    """What an answer that is a function may use: the socket, the request, and an event that ends waiting."""

    socket: socket.socket
    request: Request
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)


Behaviour = bytes | Callable[[Talk], None]


def answer(
    body: bytes = FEED, status: str = "200 OK", headers: str = "", media_type: str = "application/rss+xml"
) -> bytes:
    """A proper answer; `headers` are further lines, each with its end."""
    length = f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    if status.startswith(("304", "204")):
        length, body = "", b""
    return f"HTTP/1.1 {status}\r\n{length}{headers}\r\n".encode() + body


def silent_after(start: bytes = b"") -> Callable[[Talk], None]:
    """Says `start`, and then nothing more."""

    def behave(talk: Talk) -> None:
        talk.send(start)
        talk.stopped.wait(10)

    return behave


def redirect(to: str, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    return answer(b"", status, f"Location: {to}\r\n")


class FaultyServer:
    """`answers` maps paths to behaviours; a path that is not there is 404. `requests` is what was asked for, without
    robots.txt unless that is one of the paths."""

    def __init__(self, answers: Mapping[str, Behaviour], host: str = "127.0.0.1") -> None:
        self.answers = dict(answers)
        self.requests: list[Request] = []
        self.stopped = threading.Event()
        self._listening = socket.create_server((host, 0))
        self._listening.settimeout(0.05)
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.stopped.set()
        for sock in self._open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for sock in [*self._open, self._listening]:
            sock.close()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            with suppress(TimeoutError):
                sock, _ = self._listening.accept()
                sock.settimeout(10)
                self._open.append(sock)
                thread = threading.Thread(target=self._serve, args=(sock, len(self._open) - 1))
                self._threads.append(thread)
                thread.start()

    def _serve(self, sock: socket.socket, connection: int) -> None:
        with suppress(OSError):
            heard = b""
            while not self.stopped.is_set() and (data := sock.recv(65536)):
                heard += data
                while b"\r\n\r\n" in heard:
                    head, heard = heard.split(b"\r\n\r\n", 1)
                    if not self._answer(sock, _request(head, connection)):
                        sock.shutdown(socket.SHUT_WR)
                        return

    def _answer(self, sock: socket.socket, request: Request) -> bool:
        """Whether the connection stays open."""
        path = request.path.partition("?")[0]
        if path != "/robots.txt" or path in self.answers:
            self.requests.append(request)
        behaviour = self.answers.get(path, answer(b"nothing here", "404 Not Found", media_type="text/plain"))
        if isinstance(behaviour, bytes):
            sock.sendall(behaviour)
            return b"Connection: close" not in behaviour
        behaviour(Talk(sock, request, self.stopped))
        return False


def _request(head: bytes, connection: int) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}, connection)


@contextmanager
def serving(answers: Mapping[str, Behaviour], host: str = "127.0.0.1") -> Iterator[FaultyServer]:
    """A server for the length of a block."""
    server = FaultyServer(answers, host)
    try:
        yield server
    finally:
        server.close()
