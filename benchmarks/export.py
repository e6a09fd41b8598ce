"""Exporting: time and memory for 100,000 and (with --million) 1,000,000 headlines, on SQLite: by the command, and from
/api/v1/export of a server.

Memory is the peak of a process of its own that does nothing but export: with the program itself (Linux: from /proc)."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.store import Store  # noqa: E402
from tests.builders import DAY, batch, headline  # noqa: E402

A_DAY, A_BATCH = 250, 5_000
FORMATS = ("ndjson", "csv", "parquet")

CHILD = """
import sys, time
from app.cli import main
started = time.process_time()
assert main(sys.argv[1:]) == 0
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM"))
print(time.process_time() - started, int(peak.split()[1]) / 1024)
"""


def fill(store: Store, n: int) -> None:
    """So many headlines, A_DAY a day, up to DAY."""
    for start in range(0, n, A_BATCH):
        made = [
            headline(
                f"Headline number {i} of a long archive", f"https://montsame.mn/{i}", day=DAY - timedelta(i // A_DAY)
            )
            for i in range(start, start + A_BATCH)
        ]
        with store.writing() as writer:
            writer.put(batch(made))


def measured(url: str, name: str, target: Path) -> tuple[float, float]:
    """CPU seconds and megabytes of one export."""
    run = subprocess.run(
        [sys.executable, "-c", CHILD, "export", "--format", name, "-o", str(target)],
        cwd=ROOT,
        env={"ORTOO_DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = map(float, run.stdout.split())
    return seconds, megabytes


def peak(process: int) -> float:
    """The most memory that a process ever had, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@contextmanager
def serving(url: str) -> Iterator[tuple[int, int]]:
    """A server on the archive: its process and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port), "--no-worker"],
        cwd=ROOT,
        env={"ORTOO_DATABASE_URL": url, "ORTOO_LOG_LEVEL": "error", "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def served(url: str, name: str) -> tuple[float, float, float, float]:
    """Seconds and megabytes of an export over HTTP; the server's peak before it and after it."""
    with serving(url) as (process, port):
        connection, size = HTTPConnection("127.0.0.1", port), 0
        connection.request("GET", "/api/v1/export?format=ndjson&day=2026-01-15")  # everything is imported now
        connection.getresponse().read()
        before, started = peak(process), time.perf_counter()
        connection.request("GET", f"/api/v1/export?format={name}")
        answer = connection.getresponse()
        while part := answer.read(1 << 20):
            size += len(part)
        return time.perf_counter() - started, size / 1e6, before, peak(process)


def main() -> None:
    """A line for each size and format."""
    for n in (100_000, 1_000_000) if "--million" in sys.argv else (100_000,):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/archive.db"
            store = Store.open(url)
            store.migrate()
            fill(store, n)
            store.close()
            for name in FORMATS:
                target = Path(folder, f"all.{name}")
                seconds, megabytes = measured(url, name, target)
                size = target.stat().st_size / 1e6
                told = f"{seconds:6.1f} s CPU {megabytes:5.0f} MB memory {size:6.1f} MB file"
                print(f"{n:>9,} {name:8} {told}", flush=True)
            for name in FORMATS:
                seconds, size, before, after = served(url, name)
                told = f"{seconds:6.1f} s wall {before:4.0f} MB before, {after:.0f} at most {size:6.1f} MB sent"
                print(f"{n:>9,} {name:8} {told}", flush=True)


if __name__ == "__main__":
    main()
