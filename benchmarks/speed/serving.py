"""Servers in processes of their own, requests to them, and the CPU time that these cost them (Linux)."""

import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on this port; `pids` are the processes whose CPU time is its."""

    port: int
    pids: tuple[int, ...]

    def cpu(self) -> float:
        """CPU seconds so far, of these processes, of their children, and of children that have ended."""
        return sum(map(_cpu, family(self.pids)))

    def rss(self) -> float:
        """Resident memory in MiB."""
        return sum(map(_rss, family(self.pids)))


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests of one kind: how many, CPU µs of each, requests a second, bytes of an answer."""

    n: int
    cpu: float
    rate: float
    size: int


def family(pids: Sequence[int]) -> set[int]:
    """The processes and everything they started."""
    children: dict[int, list[int]] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        if told := _stat(int(entry)):
            children.setdefault(int(told[1]), []).append(int(entry))
    found, rest = set(), list(pids)
    while rest:
        pid = rest.pop()
        if pid not in found:
            found.add(pid)
            rest += children.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(pid: int) -> float:
    told = _stat(pid)
    return sum(map(int, told[11:15])) / TICK if told else 0.0


def _rss(pid: int) -> float:
    told = _stat(pid)
    return int(told[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if told else 0.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], port: int, environ: Headers | None = None, others: Sequence[int] = ()
) -> Iterator[Server]:
    """A server while it is needed; `others` are processes that work for it (a database's)."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environ or {})}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{command} has ended") from None
                time.sleep(0.05)
        yield Server(port, (process.pid, *others))
    finally:
        process.terminate()
        process.wait(30)


def ortoo(url: str, *, cache: int = 16, others: Sequence[int] = ()) -> AbstractContextManager[Server]:
    """`ortoo serve` on this database, with so many megabytes for answers."""
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--no-worker", "--port", str(port)]
    environ = {"ORTOO_DATABASE_URL": url, "ORTOO_CACHE_MEGABYTES": str(cache), "ORTOO_LOG_LEVEL": "warning"}
    return running(command, port, environ, others)


def floor() -> AbstractContextManager[Server]:
    """The bare application, in the same server."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.speed.floor:app", "--port", str(port)]
    return running([*command, "--no-access-log", "--log-level", "warning"], port)


def request(port: int, path: str, headers: Headers) -> bytes:
    """A request as it goes over the wire, and as wrk sends it: pages name the host that was asked."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode()


def answer(sock: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of one answer with a Content-Length, or without a body."""
    heard = b""
    while (end := heard.find(b"\r\n\r\n")) < 0:
        heard += _heard(sock)
    head, body = heard[:end], heard[end + 4 :]
    length = _LENGTH.search(head)
    while len(body) < (int(length[1]) if length and b" 304 " not in head[:20] else 0):
        body += _heard(sock)
    return head, body


def _heard(sock: socket.socket) -> bytes:
    data = sock.recv(1 << 18)
    if not data:
        raise ConnectionError("the server has hung up")
    return data


def once(server: Server, path: str, headers: Headers | None = None) -> tuple[bytes, bytes, float]:
    """One request on a connection of its own: head, body, milliseconds."""
    start = time.perf_counter()
    with socket.create_connection(("127.0.0.1", server.port)) as sock:
        sock.sendall(request(server.port, path, headers or {}))
        head, body = answer(sock)
    return head, body, (time.perf_counter() - start) * 1000


def load(server: Server, path: str, headers: Headers | None = None, seconds: float = 1.0) -> Measured:
    """Requests over eight connections for so long. By wrk where it is installed: what asks must not be slower than
    what answers; else by a loop here, and then `rate` says nothing."""
    head, body, _ = once(server, path, headers)
    assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")), head
    before = server.cpu()
    n, spent = (_by_wrk if shutil.which("wrk") else _by_loop)(server.port, path, headers or {}, seconds)
    return Measured(n, (server.cpu() - before) / max(n, 1) * 1e6, n / spent, len(body))


def _by_wrk(port: int, path: str, headers: Headers, seconds: float) -> tuple[int, float]:
    given = [piece for name, value in headers.items() for piece in ("-H", f"{name}: {value}")]
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{max(1, round(seconds))}s",
        *given,
        f"http://127.0.0.1:{port}{path}",
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    found = re.search(r"(\d+) requests in ([\d.]+)(m?s)", told)
    assert found, told
    return int(found[1]), float(found[2]) * (0.001 if found[3] == "ms" else 1)


def _by_loop(port: int, path: str, headers: Headers, seconds: float) -> tuple[int, float]:
    wanted = request(port, path, headers)
    chosen = selectors.DefaultSelector()
    for _ in range(CONNECTIONS):
        sock = socket.create_connection(("127.0.0.1", port))
        chosen.register(sock, selectors.EVENT_READ)
        sock.sendall(wanted)
    n, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for key, _ in chosen.select():
            sock = key.fileobj  # type: ignore[assignment]
            answer(sock)
            sock.sendall(wanted)
            n += 1
    for key in list(chosen.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return n, time.perf_counter() - start
