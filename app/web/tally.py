"""What a web process counts while it serves, and the sum of what all processes of one server have counted.

Counting costs some dictionary look-ups. Where several processes serve, each writes its numbers into a folder that they
share, at most once a second and only when they have changed, and whoever is asked for them adds everybody's up. What a
process counted before it died stays: a counter never falls.
"""

import json
import os
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

FOLDER = "ORTOO_TALLIES"
"""In the environment of web processes that `ortoo serve` starts together: their folder. Nobody sets it by hand."""

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds: up to where each bucket of the histogram reaches."""

WRITE_SECONDS = 1.0


class Tally:
    """Counts of one process, by name and label."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, int], list[float]] = {}
        """By class of route and status: how many fell into each bucket, and into none, and the sum of their seconds."""
        self.events: Counter[tuple[str, str]] = Counter()
        """What else happens: (family, label)."""
        self._lock = Lock()

    def answered(self, route: str, status: int, seconds: float) -> None:
        """A request of a class of routes has been answered."""
        cell = self.answers.get((route, status))
        if cell is None:
            cell = self.answers[route, status] = [0] * (len(BOUNDS) + 1) + [0.0]
        cell[bisect_left(BOUNDS, seconds)] += 1
        cell[-1] += seconds

    def happened(self, family: str, label: str, n: int = 1) -> None:
        """Something has happened `n` times. From any thread."""
        with self._lock:
            self.events[family, label] += n

    def add(self, other: "Tally") -> None:
        """Count in what somebody else has counted."""
        self.events.update(other.events)
        for key, cell in list(other.answers.items()):
            mine = self.answers.setdefault(key, [0] * len(cell))
            self.answers[key] = [a + b for a, b in zip(mine, cell, strict=True)]

    def told(self) -> str:
        """As text, for another process."""
        found = {"answers": list(self.answers.items()), "events": list(self.events.items())}
        return json.dumps(found)

    @classmethod
    def read(cls, text: str) -> "Tally":
        """What `told` said. ValueError, KeyError or TypeError for anything else."""
        facts: dict[str, Any] = json.loads(text)
        made = cls()
        made.answers = {(route, status): cell for (route, status), cell in facts["answers"]}
        made.events.update({(family, label): n for (family, label), n in facts["events"]})
        return made


class Shared:
    """The folder in which the processes of one server leave their tallies; without one there is only our own. `collect`
    puts into the tally what is counted elsewhere."""

    def __init__(self, tally: Tally, folder: str | None, collect: Callable[[], None] = lambda: None) -> None:
        self.tally = tally
        self._collect = collect
        self._folder = Path(folder) if folder else None
        self._own = f"{os.getpid()}.json"
        self._written = ""
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to write down what is counted."""
        if self._folder is not None and self._thread is None:
            self._thread = Thread(target=self._keep_writing, name="tally", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Write it down once more, and stop."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self.write()

    def write(self) -> None:
        """Leave what is counted in the folder, if there is something new."""
        self._collect()
        told = self.tally.told()
        if self._folder is None or told == self._written:
            return
        with suppress(OSError):  # a full disk is no reason not to serve
            with tempfile.NamedTemporaryFile("w", dir=self._folder, delete=False) as file:
                file.write(told)
            Path(file.name).replace(self._folder / self._own)
            self._written = told

    def everybody(self) -> Tally:
        """Our own counts and those of the others."""
        self._collect()
        whole = Tally()
        whole.add(self.tally)
        for path in self._others():
            with suppress(OSError, ValueError, KeyError, TypeError):
                whole.add(Tally.read(path.read_text()))
        return whole

    def _others(self) -> Iterable[Path]:
        return (p for p in self._folder.glob("*.json") if p.name != self._own) if self._folder else ()

    def _keep_writing(self) -> None:
        while not self._stopped.wait(WRITE_SECONDS):
            self.write()
